import { expect, test } from 'vitest'
import { messagesIn } from '../../../functions/desk/messages/messages.ts'
import { nextSteps } from '../../../functions/desk/parts/next-steps.ts'
import type { WorkItem } from '../../../schemas/api/work.ts'
import { partyId } from '../../../schemas/values/parties.ts'

const [iom, ministry, centre, rome] = ['iom', 'ministry', 'centre:0001', 'mission:19B6'].map((party) =>
  partyId.parse(party),
)
const today = new Date().toISOString().slice(0, 10)
const daysOn = (days: number) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10)
const textsOf = async (items: readonly Partial<WorkItem>[], language: 'en' | 'ro' | 'ru' = 'en') =>
  nextSteps(await messagesIn(language), { party: iom ?? partyId.parse('iom') }, items.map(Object), today).map(
    ({ text }) => text.replace(/\d+ \p{L}+(?: \d{4})?/u, 'DAY'),
  )

test('a step says who, what and by which day, and whether that is over', async () => {
  expect(await textsOf([{ what: 'accept', party: iom, day: daysOn(4) }])).toEqual([
    'You: accept the request, by DAY',
  ])
  expect(await textsOf([{ what: 'decide', party: ministry, day: daysOn(-1) }])).toEqual([
    'Ministry: decide, by DAY (overdue)',
  ])
  expect(await textsOf([{ what: 'decide', party: ministry, day: today }])).toEqual([
    'Ministry: decide, by DAY',
  ])
  expect(await textsOf([{ what: 'answer-question', party: rome }])).toEqual([
    'Diplomatic mission: answer the question',
  ])
})

test('all own steps come first, and a task says which', async () => {
  expect(
    await textsOf([
      { what: 'hold-place', party: centre, day: daysOn(1) },
      { what: 'plan-travel', party: iom, day: daysOn(9) },
      { what: 'task', task: 'accompany', party: iom, day: daysOn(3) },
    ]),
  ).toEqual([
    'You: plan the journey, by DAY',
    'You: accompany the person, by DAY',
    'Centre: hold a place, by DAY',
  ])
})

test('two parties of a kind that owe the same are named once', async () => {
  const other = partyId.parse('mission:1XGE')
  expect(
    await textsOf([
      { what: 'task', task: 'accompany', party: rome },
      { what: 'task', task: 'accompany', party: other },
    ]),
  ).toHaveLength(1)
})

test('each language has its own way', async () => {
  const item: Partial<WorkItem> = { what: 'accept', party: iom, day: daysOn(4) }
  expect(await textsOf([item], 'ro')).toEqual(['Dumneavoastră: acceptarea cererii, până la DAY'])
  expect(await textsOf([item], 'ru')).toEqual(['Вы: принять запрос, до DAY'])
})
