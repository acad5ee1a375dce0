import { describe, expect, test } from 'vitest'
import { addressed, readersOf } from '../../../../functions/domain/access/readers.ts'
import { flagsOf, openWork } from '../../../../functions/domain/reports/work-items.ts'
import { openCalls } from '../../../../functions/domain/schedule/call-lines.ts'
import { dueOf, nextDayOf } from '../../../../functions/domain/schedule/due.ts'
import { sections } from '../../../../schemas/sections/sections.ts'
import { sectionClassNames } from '../../../../schemas/values/classes.ts'
import type { PartyId } from '../../../../schemas/values/parties.ts'
import {
  bodies,
  centre,
  consent,
  everyone,
  filingWith,
  groundFor,
  happened,
  iom,
  istanbul,
  ministry,
  ngo,
  otherCentre,
  otherMission,
  partner,
  police,
  taskFor,
  withdrawalOf,
} from '../../../parts/bodies.ts'
import {
  type DomainReturn,
  filed,
  type Given,
  give,
  after as goOn,
  keptIn,
  stateOf,
  upTo,
} from '../../../parts/domain-return.ts'
import { given } from '../../../parts/given.ts'

/** A confirmed journey on which everything is held that a return can hold. */
function holding(): DomainReturn {
  const made = upTo('confirm-travel', filed(filingWith(everyone.map(([holder]) => [holder, consent]))))
  const steps: Given[] = [
    { name: 'give-task', by: istanbul, body: taskFor(ngo, 'accompany') },
    { name: 'give-task', by: istanbul, body: taskFor(partner, 'assess-family') },
    { name: 'give-task', by: istanbul, body: taskFor(police, 'investigate') },
    { name: 'hand-over-case', by: istanbul, body: { to: otherMission, ...groundFor(otherMission) } },
    { name: 'ask', by: iom, body: bodies.ask },
    { name: 'ask', by: iom, body: { ...bodies.ask, for: ngo } },
    { name: 'note', by: centre },
    { name: 'take', by: centre },
    { name: 'contact-lost', by: istanbul },
    { name: 'evacuate', by: istanbul },
  ]
  return steps.reduce((on, step) => give(on, step), made)
}

const ended = sections.case.ending.shape.what.options
const endings: [what: string, (made: DomainReturn) => DomainReturn][] = [
  ...ended.map((what): [string, (made: DomainReturn) => DomainReturn] => [
    `it ended otherwise: ${what}`,
    (made) =>
      give(made, {
        name: 'end-otherwise',
        by: istanbul,
        body: { case: { happened: happened('2026-12-05'), what } },
      }),
  ]),
  ['it was cancelled', (made) => goOn(made, [[iom, 'cancel']])],
  [
    'it was cancelled and closed',
    (made) =>
      goOn(made, [
        [istanbul, 'cancel'],
        [istanbul, 'close'],
      ]),
  ],
  [
    'she was admitted, and it was closed',
    (made) =>
      goOn(made, [
        [centre, 'admit'],
        [centre, 'close'],
      ]),
  ],
  [
    'she went home, and it was closed',
    (made) =>
      goOn(made, [
        [iom, 'refer-home'],
        [centre, 'close'],
      ]),
  ],
]

const helpers: PartyId[] = [ngo, partner, otherMission]
const reads = (made: DomainReturn, party: PartyId) =>
  sectionClassNames.filter((cls) => readersOf(stateOf(made), cls).includes(party))
const wrapsOf = ({ kept }: DomainReturn, party: PartyId) =>
  kept.filter(({ section: { cls }, readers }) => readers.includes(party) && cls !== 'talk' && cls !== 'note')

describe.each(endings)('given a return that holds everything, when %s', (_what, end) => {
  const over = end(holding())
  const state = stateOf(over)

  test('then no bed is held', () => {
    expect(stateOf(holding()).placeHeld).toBeDefined()
    expect(state.placeHeld).toBeUndefined()
  })

  test('then helpers for the journey are gone, with their wraps, and who looks into the offence goes on', () => {
    expect(state.tasks.map(({ task }) => task)).toEqual(['investigate'])
    for (const helper of helpers) {
      expect(addressed(state)).not.toContain(helper)
      expect([helper, reads(over, helper), wrapsOf(over, helper)]).toEqual([helper, [], []])
    }
    expect(reads(over, police).length).toBeGreaterThan(0)
  })

  test('then nobody is called, asked or reminded, and no step is due', () => {
    expect([openCalls(state), state.questions, [...state.nextSteps], dueOf(state)]).toEqual([[], [], [], []])
    for (const party of [istanbul, iom, centre, ministry]) expect(nextDayOf(state, party)).toBeUndefined()
    // Who looks into the offence may lack a section yet.
    expect(openWork(state).flatMap(({ what }) => (what === 'share' ? [] : [what]))).toEqual(
      state.phase === 'cancelled' ? ['task', 'close'] : ['task'],
    )
    expect(flagsOf(state)).toEqual([])
  })

  test('then nothing is given back when it is opened again, and a confirmed journey passes the gates anew', () => {
    const again = stateOf(goOn(over, [[iom, 'reopen']]))
    expect([again.placeHeld, again.questions, again.tasks.length]).toEqual([undefined, [], 1])
    expect(again.phase).not.toBe('confirmed')
    expect(again.cleared).toBe(false)
  })
})

test.each(ended)(
  'given an ending (%s) that was reported wrongly, when it is corrected, then no bed comes back',
  (what) => {
    const over = give(holding(), {
      name: 'end-otherwise',
      by: istanbul,
      body: { case: { happened: happened('2026-12-05'), what } },
    })
    const corrected = give(over, {
      name: 'correct',
      by: istanbul,
      body: { corrects: over.events.length - 1 },
    })
    const state = stateOf(corrected)
    expect([state.placeHeld, state.tasks.map(({ task }) => task)]).toEqual([undefined, ['investigate']])
    for (const helper of helpers) expect(wrapsOf(corrected, helper)).toEqual([])
  },
)

describe('a party that leaves', () => {
  const leavings: [what: string, PartyId, (made: DomainReturn) => DomainReturn][] = [
    [
      'the Centre is left out',
      centre,
      (made) => give(made, { name: 'withdraw', by: istanbul, body: withdrawalOf(centre) }),
    ],
    [
      'a helper ends its last task',
      ngo,
      (made) =>
        give(made, { name: 'end-task', by: istanbul, body: { task: stateOf(made).tasks[0]?.seq ?? 0 } }),
    ],
    ['another post accepts the case', istanbul, (made) => goOn(made, [[otherMission, 'accept-case']])],
  ]

  test.each(leavings)(
    'when %s, then it holds no bed, no question and no next step',
    (_what, leaver, leave) => {
      const state = stateOf(leave(holding()))
      expect(addressed(state)).not.toContain(leaver)
      expect(state.placeHeld?.by).not.toBe(leaver)
      expect(state.questions.filter(({ by, for: asked }) => [by, asked].includes(leaver))).toEqual([])
      expect([state.nextSteps.has(leaver), state.assignees.has(leaver)]).toEqual([false, false])
    },
  )

  test('a centre that hands its case to another gives its bed back', () => {
    const home = filed(
      { ...filingWith([[iom, consent]]), case: { ...filingWith([[iom, consent]]).case, wayIn: 'referral' } },
      centre,
    )
    const held = give(home, { name: 'hold-place', by: centre })
    const handed = give(held, {
      name: 'hand-over-case',
      by: centre,
      body: { to: otherCentre, ...groundFor(otherCentre) },
    })
    expect(stateOf(handed).placeHeld?.by).toBe(centre)
    expect(stateOf(goOn(handed, [[otherCentre, 'accept-case']])).placeHeld).toBeUndefined()
  })
})

test('given a bed at one centre, when another centre admits her, then the first gets its bed back', () => {
  const both = filed(filingWith([...everyone, [otherCentre, consent]]))
  const made = given(upTo('arrive', both))
    .when({ name: 'admit', by: otherCentre, body: bodies.admit })
    .thenEvent({
      type: 'admitted',
      data: { unseen: [], due: [{ step: 'close', day: '2026-12-21' }] },
      sections: { case: 'stay', care: 'intake' },
    })
  expect(stateOf(made).placeHeld).toBeUndefined()
  expect(stateOf(goOn(upTo('arrive', both), [[centre, 'admit']])).placeHeld?.by).toBe(centre)
})

test('given a cancelled return, when the Centre holds a place, then the phase is wrong', () => {
  given(goOn(filed(), [[istanbul, 'cancel']]))
    .when({ name: 'hold-place', by: centre, body: bodies['hold-place'] })
    .thenRefused('wrong-phase')
})

test('a section of which a helper was the last reader is locked with the ending', () => {
  expect(keptIn(holding(), 'person')).toHaveLength(1)
  const over = goOn(holding(), [[iom, 'cancel']])
  for (const sec of stateOf(over).locked.keys())
    expect(over.kept.find(({ section }) => section.sec === sec)?.readers).toEqual(['custodian'])
})
