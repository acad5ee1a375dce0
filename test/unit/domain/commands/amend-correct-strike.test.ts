import { expect, test } from 'vitest'
import { partyId } from '../../../../schemas/values/parties.ts'
import {
  bodies,
  centre,
  consent,
  everyone,
  filingWith,
  happened,
  iom,
  istanbul,
  ministry,
  otherCentre,
  sample,
  titlu,
} from '../../../parts/bodies.ts'
import {
  after,
  answerTo,
  closed,
  decided,
  filed,
  give,
  keptIn,
  refusalOf,
  stateOf,
  upTo,
} from '../../../parts/domain-return.ts'
import { given } from '../../../parts/given.ts'

const correct = (corrects: number, by = istanbul) => ({ name: 'correct', by, body: { corrects } }) as const
const strike = (strikes: (string | undefined)[], by = istanbul) =>
  ({ name: 'strike', by, body: { strikes } }) as const

test('a corrected fact is left out of the state, as if nobody had stated it', () => {
  const before = upTo('confirm-travel')
  const stated = after(before, [[istanbul, 'did-not-come']])
  const corrected = give(stated, correct(stated.events.length - 1))
  const { written: wrote, version: _, ...state } = stateOf(corrected)
  const { written: __, version: ___, ...expected } = stateOf(before)
  expect(state).toEqual(expected)
  expect(wrote.map(({ slot }) => slot)).toContain('did-not-come')
})

test('a corrected departure brings the phase back, and later facts stand', () => {
  const departed = upTo('depart')
  const seq = departed.events.length - 1
  expect(stateOf(give(departed, correct(seq))).phase).toBe('confirmed')
  const arrived = after(departed, [[centre, 'arrive']])
  const corrected = stateOf(give(arrived, correct(seq)))
  expect([corrected.phase, corrected.alerts]).toEqual(['arrived', ['came-unannounced']])
})

test('the sections of a corrected fact go, and those of other facts stay', () => {
  const first = upTo('depart')
  const second = give(first, {
    name: 'depart',
    by: istanbul,
    body: { case: { happened: happened('2026-12-06') }, travel: { leg: 1, seenOff: false } },
  })
  expect(keptIn(second, 'departure')).toHaveLength(4)
  const corrected = give(second, correct(second.events.length - 1))
  expect(keptIn(corrected, 'departure').map(({ section }) => section.seq)).toEqual([
    first.events.length - 1,
    first.events.length - 1,
  ])
})

test.each([
  ['what another party told', 'depart', iom],
  ['what another party told', 'arrive', centre],
] as const)('nobody corrects %s (%s)', (_what, fact, by) => {
  const made = upTo(fact)
  const refusal = refusalOf(made, correct(made.events.length - 1, by))
  expect([refusal?.code, refusal?.detail.fields]).toEqual(['unknown-target', ['corrects']])
})

test('only a fact that was stated can be corrected, and only once', () => {
  const made = upTo('depart')
  const fact = made.events.length - 1
  for (const { seq, by } of made.events) {
    const code = by.party === ministry ? 'not-yours' : seq === fact ? 'accepted' : 'unknown-target'
    expect([seq, answerTo(made, correct(seq, partyId.parse(by.party)))]).toEqual([seq, code])
  }
  expect(answerTo(made, correct(99))).toBe('unknown-target')
  const corrected = give(made, correct(fact))
  expect(answerTo(corrected, correct(fact))).toBe('unknown-target')
  expect(answerTo(corrected, correct(fact + 1))).toBe('unknown-target')
})

test('a struck section is destroyed with its event, and is no current section any more', () => {
  const made = filed()
  const [section] = keptIn(made, 'family')
  if (!section) expect.unreachable()
  const { sec } = section.section
  expect(decided(made, strike([sec])).destroys).toEqual({ sections: [sec] })
  const struck = give(made, strike([sec]))
  expect(keptIn(struck, 'family')).toEqual([])
  expect(stateOf(struck).written.map((section) => section.sec)).not.toContain(sec)
  expect(answerTo(struck, strike([sec]))).toBe('unknown-target')
})

test('only the author of a section strikes it', () => {
  const made = upTo('assess-risk')
  for (const { section } of made.kept)
    for (const by of [istanbul, iom, centre]) {
      const code = by === section.by ? 'accepted' : 'unknown-target'
      expect([section.slot, by, answerTo(made, strike([section.sec], by))]).toEqual([section.slot, by, code])
    }
})

test('a list with one section of another author is refused as a whole', () => {
  const made = upTo('assess-risk')
  const [own] = keptIn(made, 'family')
  const [foreign] = keptIn(made, 'risk')
  expect(answerTo(made, strike([own?.section.sec, foreign?.section.sec]))).toBe('unknown-target')
  expect(answerTo(made, strike([own?.section.sec, 'ZZZZZZZZZZZZZZZZ']))).toBe('unknown-target')
})

test('a struck person takes its label along, and the event names each section once', () => {
  const made = upTo('issue-document')
  const [person, label] = ['person', 'label'].map((slot) => keptIn(made, slot)[0]?.section.sec)
  for (const strikes of [[person], [person, label]]) {
    const decision = decided(made, strike(strikes))
    expect(decision.destroys).toEqual({ sections: [person, label] })
    expect(decision.data).toMatchObject({ strikes: [person, label] })
    const struck = give(made, strike(strikes))
    for (const slot of ['person', 'label']) expect(keptIn(struck, slot)).toEqual([])
    for (const { sec } of stateOf(struck).written) expect([person, label]).not.toContain(sec)
    expect(answerTo(struck, strike([label]))).toBe('unknown-target')
  }
  expect(decided(made, strike([label])).data).toEqual({ strikes: [label] })
})

test('a struck superseded person takes the old label along, and the new one stays', () => {
  const made = filed()
  const [person, label] = ['person', 'label'].map((slot) => keptIn(made, slot)[0]?.section.sec)
  const name = { family: 'Modelescu', given: 'Proba' }
  const body = { slot: 'person', identity: { ...sample.identity, name }, supersedes: person }
  const amended = give(made, { name: 'amend', by: istanbul, body })
  expect(decided(amended, strike([person])).data).toEqual({ strikes: [person, label] })
  const struck = give(amended, strike([person]))
  for (const slot of ['person', 'label']) expect(keptIn(struck, slot)).toEqual(keptIn(amended, slot))
})

test('a struck person is not confirmed any more, and no confirmation takes its place', () => {
  const made = upTo('hold-place')
  const struck = give(made, strike([keptIn(made, 'person')[0]?.section.sec]))
  expect(stateOf(struck).identityConfirmed).toBe(false)
  expect(closed(struck, 'confirm-travel', iom)).toEqual(['identity-confirmed'])
  expect(closed(struck, 'confirm-identity', istanbul)).toEqual(['person-named'])
})

test('a section that was superseded, or belongs to a corrected fact, can still be struck', () => {
  const made = filed()
  const old = keptIn(made, 'family')[0]?.section.sec
  const body = { slot: 'family', contacts: sample.contacts, supersedes: old }
  expect(answerTo(give(made, { name: 'amend', by: istanbul, body }), strike([old]))).toBe('accepted')

  const stated = upTo('depart')
  const departure = keptIn(stated, 'departure')[0]?.section.sec
  expect(answerTo(give(stated, correct(stated.events.length - 1)), strike([departure]))).toBe('accepted')
})

test('only the Centre that holds a place releases it, and only once', () => {
  const bases = [...everyone, [otherCentre, consent]] as const
  const held = upTo('hold-place', filed(filingWith(bases)))
  const release = (by = centre) => ({ name: 'release-place', by }) as const
  expect(answerTo(upTo('plan-travel'), release())).toBe('nothing-to-do')
  expect(answerTo(held, release(otherCentre))).toBe('nothing-to-do')
  expect(stateOf(held).placeHeld).toMatchObject({ by: centre, until: bodies['hold-place'].until })
  const released = give(held, release())
  expect(stateOf(released)).not.toHaveProperty('placeHeld')
  expect(answerTo(released, release())).toBe('nothing-to-do')
})

test('given a departure, when its author corrects it, then the event names it; nobody else corrects it', () => {
  const { length } = upTo('depart').events
  const correct = { name: 'correct', by: istanbul, body: { corrects: length - 1 } } as const
  given(upTo('depart'))
    .when(correct)
    .thenEvent({ type: 'corrected', data: { corrects: length - 1 } })
  given(upTo('depart'))
    .when({ ...correct, by: iom })
    .thenRefused('unknown-target', ['corrects'])
})

test('given a filing, when its mission strikes a section, then the event names it', () => {
  const [section] = filed().events[0]?.sections ?? []
  const strikes = [section?.sec ?? '']
  given(filed())
    .when({ name: 'strike', by: istanbul, body: { strikes } })
    .thenEvent({ type: 'struck', data: { strikes } })
  given(filed())
    .when({ name: 'strike', by: iom, body: { strikes } })
    .thenRefused('unknown-target', ['strikes'])
})

test('given a filing, when its mission puts right who the person is, then a label is made anew', () => {
  given(filed())
    .when({ name: 'amend', by: istanbul, body: { slot: 'person', identity: sample.identity } })
    .thenEvent({
      type: 'amended',
      data: { slot: 'person' },
      sections: { label: 'label', identity: 'person' },
    })
})

test('given a filing, when another party puts right who the person is, then it is refused', () => {
  given(filed())
    .when({ name: 'amend', by: iom, body: { slot: 'person', identity: sample.identity } })
    .thenRefused('not-yours')
})

test('given a document, when it is put right, then a day to look at it again is noted', () => {
  given(upTo('issue-document'))
    .when({ name: 'amend', by: istanbul, body: { slot: 'document', identity: titlu('2026-11-25') } })
    .thenEvent({
      type: 'amended',
      data: { slot: 'document', due: [{ step: 'check-document', day: '2026-12-11' }] },
      sections: { identity: 'document' },
    })
})
