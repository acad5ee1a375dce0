import { expect, test } from 'vitest'
import { openWork, waitsFor } from '../../../../functions/domain/reports/work-items.ts'
import type { PartyId } from '../../../../schemas/values/parties.ts'
import {
  centre,
  consular,
  everyone,
  filingWith,
  iom,
  istanbul,
  ministry,
  otherMission,
  oversight,
  refused,
} from '../../../parts/bodies.ts'
import { after, answerTo, decided, filed, give, keptIn, stateOf, upTo } from '../../../parts/domain-return.ts'
import { given } from '../../../parts/given.ts'
import { openItems } from '../../../parts/list-place.ts'

const talk = { text: 'Made up for a test.' }
const ask = (by: PartyId, asked: PartyId) => ({ name: 'ask', by, body: { for: asked, talk } }) as const
const answer = (by: PartyId, question: number) => ({ name: 'answer', by, body: { question, talk } }) as const

test.each([
  [iom, istanbul, 'accepted'],
  [istanbul, iom, 'accepted'],
  [centre, ministry, 'accepted'],
  [ministry, centre, 'accepted'],
  [iom, iom, 'unknown-target'],
  [iom, consular, 'unknown-target'],
  [iom, oversight, 'unknown-target'],
  [iom, otherMission, 'unknown-target'],
] as const)('a question of %s to %s is answered with %s', (by, asked, code) => {
  expect(answerTo(filed(), ask(by, asked))).toBe(code)
})

test('a Centre that the person refused cannot be asked', () => {
  const bases = everyone.map(([holder, basis]) => [holder, holder === centre ? refused : basis] as const)
  expect(answerTo(filed(filingWith(bases)), ask(iom, centre))).toBe('unknown-target')
})

test('only the two parties read a question and its answer, and everyone sees that they exist', () => {
  const asked = give(filed(), ask(centre, istanbul))
  const answered = give(asked, answer(istanbul, 1))
  for (const slot of ['question', 'answer'])
    expect([...(keptIn(answered, slot)[0]?.readers ?? [])].sort()).toEqual([centre, istanbul])
  expect(answered.events.map((event) => event.for)).toEqual([undefined, istanbul, centre])
  for (const event of answered.events) expect(event.to).toContain(iom)
  const at = asked.events[1]?.at
  expect(stateOf(asked).questions).toEqual([{ seq: 1, by: centre, for: istanbul, at }])
  expect(stateOf(answered).questions).toEqual([])
})

test('only the party that was asked answers a question, and only once', () => {
  const asked = give(filed(), ask(iom, istanbul))
  expect(answerTo(asked, answer(centre, 1))).toBe('unknown-target')
  expect(answerTo(asked, answer(iom, 1))).toBe('unknown-target')
  expect(answerTo(asked, answer(istanbul, 0))).toBe('unknown-target')
  expect(answerTo(asked, answer(istanbul, 2))).toBe('unknown-target')
  expect(answerTo(give(asked, answer(istanbul, 1)), answer(istanbul, 1))).toBe('unknown-target')
})

test('talk is never replaced', () => {
  const made = after(filed(), [
    [iom, 'ask'],
    [iom, 'ask'],
    [istanbul, 'answer'],
  ])
  expect(keptIn(made, 'question')).toHaveLength(2)
  expect(keptIn(made, 'answer')).toHaveLength(1)
})

test.each([
  ['send-back', filed()],
  ['acknowledge', filed()],
  ['accept', upTo('acknowledge')],
] as const)('the filing mission reads the reason of %s', (name, made) => {
  const decision = decided(made, { name, by: iom, body: { talk } })
  expect(decision.for).toBe(istanbul)
  expect(decision.seals).toEqual([{ cls: 'talk', slot: 'reason', readers: [istanbul, iom] }])
  if (name !== 'send-back') expect(decided(made, { name, by: iom, body: {} }).for).toBeUndefined()
})

test('a return waits for the party that was asked, and for the parties whose steps have begun', () => {
  const parties = (made: ReturnType<typeof filed>) => waitsFor(stateOf(made)).map(({ party }) => party)
  const asked = give(filed(), ask(iom, centre))
  expect(parties(filed())).toEqual([iom, istanbul])
  expect(parties(asked)).toEqual([centre, iom, istanbul])
  expect(parties(give(asked, ask(centre, iom)))).toEqual([centre, iom, istanbul])
  expect(parties(give(asked, answer(centre, 1)))).toEqual([iom, istanbul])
})

test('every question is an item of its own, since it was asked', () => {
  const filing = filed()
  const asked = [ask(iom, centre), ask(istanbul, ministry), ask(ministry, centre), ask(centre, iom)].reduce(
    (made, given) => give(made, given),
    filing,
  )
  const times = asked.events.map(({ at }) => at)
  const questions = (made: ReturnType<typeof filed>) =>
    openWork(stateOf(made)).filter(({ what }) => what === 'answer-question')
  const lines = [centre, ministry, centre, iom].map((party, place) => ({
    what: 'answer-question',
    party,
    since: times[place + 1],
    seq: place + 1,
  }))
  expect(questions(asked)).toEqual(lines)
  // Answered once, the Centre still owes what it was asked later.
  expect(questions(give(asked, answer(centre, 1)))).toEqual(lines.slice(1))
  // What was sent back is the mission's to answer; the questions stay.
  const sentBack = after(asked, [[iom, 'send-back']])
  expect(questions(sentBack)).toEqual(lines)
  expect(openItems(stateOf(sentBack))).toContainEqual(['answer-send-back', istanbul])
})

test('a closed return waits for nobody, and a question that was open ended with it', () => {
  const closed = after(give(upTo('admit'), ask(iom, istanbul)), [[centre, 'close']])
  expect(waitsFor(stateOf(closed))).toEqual([])
  const reopened = stateOf(after(closed, [[iom, 'reopen']]))
  expect(openItems(reopened)).toEqual([['close', centre]])
})

test('given a filing, when a party asks another, then the question is for that party', () => {
  given(filed())
    .when(ask(iom, istanbul))
    .thenEvent({ type: 'asked', data: {}, for: istanbul, sections: { talk: 'question' } })
})

test('given a question, when the asked party answers it, then the answer is for the party that asked', () => {
  given(filed(), ask(iom, istanbul))
    .when(answer(istanbul, 1))
    .thenEvent({ type: 'answered', data: { question: 1 }, for: iom, sections: { talk: 'answer' } })
})

test('given a question, when another party answers it, then there is no such question', () => {
  given(filed(), ask(iom, istanbul)).when(answer(centre, 1)).thenRefused('unknown-target', ['question'])
})
