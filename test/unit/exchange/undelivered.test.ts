import { expect, test } from 'vitest'
import { deduplicationId, undelivered } from '../../../functions/exchange/undelivered.ts'
import type { SectionClass } from '../../../schemas/values/classes.ts'
import type { PartyId } from '../../../schemas/values/parties.ts'
import {
  addEvent,
  centre,
  consular,
  fileReturn,
  filer,
  iom,
  type MadeReturn,
  ministry,
} from '../../parts/events.ts'

const seen = (party: PartyId, last: number) => ({ party, seen: last, received: [] })

/** What goes to whom, as `seq → party → classes`. */
function sendings(made: MadeReturn, deliveries = [] as ReturnType<typeof seen>[]) {
  return undelivered(made.rows, deliveries).map(({ row, to }) => [
    row.event.seq,
    Object.fromEntries(to.map(({ party, sections }) => [party, sections.map(({ cls }) => cls)])),
  ])
}

const everything: SectionClass[] = [
  'label',
  'case',
  'identity',
  'contacts',
  'safety',
  'travel',
  'protection',
  'care',
  'decision',
]

test('each party gets the sections that it may read, and no other', async () => {
  const grounds = { [iom]: 'consent', [centre]: 'other-basis', [ministry]: 'consent' } as const
  const made = await fileReturn(grounds, { seals: everything })
  const classesOfParticipants: SectionClass[] = ['label', 'case', 'identity', 'contacts', 'safety', 'travel']
  expect(sendings(made)).toEqual([
    [
      0,
      {
        [filer]: [...classesOfParticipants, 'decision'],
        [consular]: [],
        [iom]: everything,
        [centre]: [...classesOfParticipants, 'protection', 'care'],
        [ministry]: ['case', 'decision'],
      },
    ],
  ])
})

test('a party without a basis gets no message', async () => {
  const made = await fileReturn(
    { [iom]: 'consent', [centre]: 'none', figures: 'consent' },
    { seals: ['case'] },
  )
  expect(sendings(made)).toEqual([[0, { [filer]: ['case'], [consular]: [], [iom]: ['case'] }]])
})

test('a talk section goes to its author and its addressee', async () => {
  const made = await fileReturn()
  await addEvent(made, { type: 'asked', data: {} }, { by: iom, for: filer, seals: ['talk'] })
  const talk = { [filer]: ['talk'], [consular]: [], [iom]: ['talk'], [centre]: [] }
  expect(sendings(made)[1]).toEqual([1, talk])
})

test.each([iom, filer, centre])('a note of %s goes to it alone', async (by) => {
  const made = await fileReturn()
  await addEvent(made, { type: 'noted', data: { due: [] } }, { by, seals: ['note'] })
  const parties = [filer, consular, iom, centre]
  const sent = Object.fromEntries(parties.map((party) => [party, party === by ? ['note'] : []]))
  expect(sendings(made)[1]).toEqual([1, sent])
})

test('only a party that lacks events gets a message, and only with those events', async () => {
  const made = await fileReturn()
  await addEvent(made, { type: 'acknowledged', data: { due: [] } }, { by: iom })
  await addEvent(made, { type: 'accepted', data: { due: [] } }, { by: iom })
  expect(sendings(made, [seen(filer, 2), seen(consular, 1), seen(iom, 2), seen(centre, 0)])).toEqual([
    [1, { [centre]: [] }],
    [2, { [consular]: [], [centre]: [] }],
  ])
  expect(
    sendings(
      made,
      made.rows[0]?.event.to.map((party) => seen(party, 2)),
    ),
  ).toEqual([])
})

test('a removed recipient gets its last event without sections, and nothing after it', async () => {
  const made = await fileReturn()
  await addEvent(
    made,
    { type: 'withdrawn', data: { recipient: centre, accessRemoved: true, stillReads: [] } },
    { seals: ['case'] },
  )
  await addEvent(made, { type: 'acknowledged', data: { due: [] } }, { by: iom })
  const behind = [seen(filer, 2), seen(consular, 2), seen(iom, 0)]
  expect(sendings(made, [...behind, seen(centre, 0)])).toEqual([
    [1, { [iom]: ['case'], [centre]: [] }],
    [2, { [iom]: [] }],
  ])
})

test('an event from before a withdrawal, sent late, carries no section to the removed recipient', async () => {
  const made = await fileReturn()
  expect(sendings(made)[0]).toMatchObject([0, { [centre]: ['label', 'case', 'identity', 'care'] }])
  await addEvent(
    made,
    { type: 'withdrawn', data: { recipient: centre, accessRemoved: true, stillReads: [] } },
    { seals: ['case'] },
  )
  expect(sendings(made)[0]).toMatchObject([0, { [centre]: [], [iom]: ['label', 'case', 'identity', 'care'] }])
})

test('a trail without its first event is refused', async () => {
  const made = await fileReturn()
  await addEvent(made, { type: 'acknowledged', data: { due: [] } }, { by: iom })
  expect(() => undelivered(made.rows.slice(1), [])).toThrow('trail-broken')
  expect(undelivered([], [])).toEqual([])
})

test('an id is different for each event, party and round, and fits the limit of SQS', async () => {
  const made = await fileReturn()
  const event = await addEvent(made, { type: 'acknowledged', data: { due: [] } }, { by: iom })
  const filed = made.rows[0]?.event ?? event
  const ids = [
    deduplicationId(filed, filer),
    deduplicationId(event, filer),
    deduplicationId(event, iom),
    deduplicationId(event, iom, 1),
    deduplicationId(event, iom, 2),
  ]
  expect(new Set(ids).size).toBe(ids.length)
  for (const id of ids) expect(id).toMatch(/^[A-Za-z0-9:/]{1,128}$/)
})
