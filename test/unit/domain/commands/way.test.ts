import { describe, expect, test } from 'vitest'
import { choiceOf, wishOf } from '../../../../functions/domain/access/legal-basis.ts'
import { waitsFor } from '../../../../functions/domain/reports/work-items.ts'
import type { CommandName } from '../../../../schemas/commands/commands.ts'
import {
  bodies,
  centre,
  happened,
  iom,
  istanbul,
  otherMission,
  police,
  taskFor,
} from '../../../parts/bodies.ts'
import {
  answerTo,
  closed,
  type DomainReturn,
  dueNow,
  everythingOpened,
  filed,
  give,
  stateOf,
  after as stepped,
  upTo,
} from '../../../parts/domain-return.ts'
import { given } from '../../../parts/given.ts'

const didNotCome = (reason: string) => ({ case: { happened: happened(), reason } })
const wish = (toReturn: string) => ({ case: { toReturn, on: '2026-12-06', reportedBy: 'the-person' } })
const choice = (said: string) => ({ case: { happened: happened(), choice: said } })
const helped = (made: DomainReturn, task: 'help-in-transit' | 'police-transport', to = otherMission) =>
  give(made, { name: 'give-task', by: istanbul, body: taskFor(to, task) })

describe('at the gate', () => {
  const cleared = upTo('clear-to-leave')

  test.each(['no-word', 'refused', 'ill', 'held', 'replaced', 'other'])(
    'she does not come (%s): the return stays, the confirmation does not, and clear says nothing of why',
    (reason) => {
      const made = give(cleared, { name: 'did-not-come', by: istanbul, body: didNotCome(reason) })
      expect(stateOf(made)).toMatchObject({ phase: 'planned', cleared: false, alerts: ['did-not-come'] })
      expect(JSON.stringify(made.events.at(-1))).not.toContain(`"${reason}"`)
      expect(answerTo(made, { name: 'clear-to-leave', by: iom })).toBe('wrong-phase')
      expect(closed(made, 'confirm-travel', iom)).toEqual(reason === 'refused' ? ['wants-to-return'] : [])
    },
  )

  test('who refused has to say yes before she is asked to travel again; then the same return goes on', () => {
    const no = give(cleared, { name: 'did-not-come', by: istanbul, body: didNotCome('refused') })
    expect(wishOf(everythingOpened(no))).toBe('no')
    const yes = give(no, { name: 'record-wish', by: istanbul, body: wish('yes') })
    expect(wishOf(everythingOpened(yes))).toBe('yes')
    const gone = stepped(yes, [
      [iom, 'change-travel'],
      [iom, 'confirm-travel'],
      [iom, 'clear-to-leave'],
      [istanbul, 'depart'],
    ])
    expect(stateOf(gone)).toMatchObject({ phase: 'travelling', alerts: [] })
  })

  test('a yes that came before the refusal is none', () => {
    const yes = give(cleared, { name: 'record-wish', by: istanbul, body: wish('yes') })
    const no = give(yes, { name: 'did-not-come', by: istanbul, body: didNotCome('refused') })
    expect(closed(no, 'confirm-travel', iom)).toEqual(['wants-to-return'])
  })

  test('somebody else was taken for her: put right, the confirmation stands as before', () => {
    const wrong = give(cleared, { name: 'did-not-come', by: istanbul, body: didNotCome('refused') })
    const right = give(wrong, { name: 'correct', by: istanbul, body: { corrects: wrong.events.length - 1 } })
    expect(stateOf(right)).toMatchObject({ phase: 'confirmed', cleared: true, alerts: [] })
    expect(wishOf(everythingOpened(right))).toBe('yes')
  })
})

describe('on the way', () => {
  const underway = helped(upTo('depart'), 'help-in-transit')

  test('what came up is told to everyone and to the post on the way, and what it is stays sealed', () => {
    const made = give(underway, { name: 'report-way', by: iom })
    const { to, data, sections } = made.events.at(-1) ?? {}
    expect(to).toEqual([...(filed().events[0]?.to ?? []), otherMission])
    expect(data).toEqual({ unseen: [] })
    expect(sections?.map(({ cls }) => cls)).toEqual(['label', 'case', 'travel'])
    expect(stateOf(made)).toMatchObject({ phase: 'travelling', alerts: ['way-reported'] })
  })

  test.each(['delayed', 'missed-connection', 'rebooked', 'incident', 'held', 'let-on'])(
    'in clear %s is a word like any other',
    (what) => {
      const body = { ...bodies['report-way'], case: { happened: happened(), what } }
      const made = give(underway, { name: 'report-way', by: otherMission, body })
      const usual = give(underway, { name: 'report-way', by: otherMission })
      expect(made.events.at(-1)).toEqual(usual.events.at(-1))
    },
  )

  test.each([
    ['arrive', iom],
    ['did-not-come', istanbul],
    ['contact-lost', iom],
    ['end-otherwise', iom],
  ] as const)('the post on the way is told that of %s', (name, by) => {
    expect(give(underway, { name, by }).events.at(-1)?.to).toContain(otherMission)
  })

  test.each([
    ['fund', iom],
    ['hand-over', iom],
    ['record-choice', iom],
  ] as const)('and nothing of %s', (name, by) => {
    expect(give(underway, { name, by }).events.at(-1)?.to).not.toContain(otherMission)
  })

  test('the next leg, and the arrival, put an end to the alarm', () => {
    const after = give(underway, { name: 'report-way', by: iom })
    expect(stateOf(stepped(after, [[iom, 'depart']])).alerts).toEqual([])
    expect(stateOf(stepped(after, [[iom, 'arrive']])).alerts).toEqual([])
  })
})

describe('a return that ends otherwise', () => {
  const before: [CommandName, string][] = [
    ['accept', 'accepted'],
    ['clear-to-leave', 'confirmed'],
    ['depart', 'travelling'],
    ['arrive', 'arrived'],
  ]

  test.each(before)('after %s: nobody is asked to travel, nothing is due or alarms', (name) => {
    const alarmed = stepped(upTo(name), [[iom, 'contact-lost']])
    const made = stepped(alarmed, [[iom, 'end-otherwise']])
    expect(stateOf(made)).toMatchObject({
      phase: 'cancelled',
      outcome: 'ended-otherwise',
      alerts: [],
      calls: [],
    })
    for (const asked of ['plan-travel', 'change-travel', 'confirm-travel', 'clear-to-leave'] as const)
      expect([asked, answerTo(made, { name: asked, by: iom })]).toEqual([asked, 'wrong-phase'])
    expect(waitsFor(stateOf(made)).map(({ party }) => party)).toEqual([centre])
    expect(stateOf(stepped(made, [[iom, 'contact-lost']])).alerts).toEqual([])
  })

  test('a death and a change of ways are told apart by nothing in clear', () => {
    const [died, went] = ['died', 'went-own-way'].map((what) =>
      give(upTo('depart'), {
        name: 'end-otherwise',
        by: iom,
        body: { case: { happened: happened(), what } },
      }),
    )
    expect(died?.events).toEqual(went?.events)
  })

  test('it was another person: put right, the return goes on where it was', () => {
    const wrong = stepped(upTo('depart'), [[iom, 'end-otherwise']])
    const right = give(wrong, { name: 'correct', by: iom, body: { corrects: wrong.events.length - 1 } })
    expect(stateOf(right)).toMatchObject({ phase: 'travelling' })
    expect(stateOf(right).outcome).toBeUndefined()
    expect(dueNow(right)).toHaveProperty('arrive')
  })

  test('she comes all the same: the arrival is taken, and it has not ended', () => {
    const made = stepped(upTo('depart'), [
      [iom, 'end-otherwise'],
      [centre, 'arrive'],
    ])
    expect(stateOf(made).phase).toBe('arrived')
    expect(stateOf(made).outcome).toBeUndefined()
  })

  test('of somebody who was received long ago what came of the return stays', () => {
    expect(stateOf(stepped(upTo('admit'), [[centre, 'end-otherwise']])).outcome).toBe('admitted')
  })
})

describe('where she wants to go', () => {
  test('is her last word, at filing, on the way or on arrival, in the order in which it was told', () => {
    const made = upTo('depart')
    const home = give(made, { name: 'record-choice', by: istanbul, body: choice('home') })
    const body = { ...bodies.arrive, case: { ...(bodies.arrive.case as object), choice: 'elsewhere' } }
    const there = give(home, { name: 'arrive', by: iom, body })
    const again = give(there, { name: 'record-choice', by: centre, body: choice('centre') })
    const heard = [made, home, there, again].map((item) => choiceOf(everythingOpened(item)))
    expect(heard).toEqual(['centre', 'home', 'elsewhere', 'centre'])
  })

  test('decides whether a place is asked for, and whether one may be held', () => {
    const placeless = upTo('plan-travel')
    expect(closed(placeless, 'confirm-travel', iom)).toEqual(['place-held'])
    const home = give(placeless, { name: 'record-choice', by: istanbul, body: choice('home') })
    expect(closed(home, 'confirm-travel', iom)).toEqual([])
    expect(closed(home, 'hold-place', centre)).toEqual(['wants-the-centre'])
  })
})

describe('a hand-over', () => {
  const stated = upTo('hand-over')
  const handover = stated.events.length - 1
  const confirms = { name: 'confirm-handover', body: { ...bodies['confirm-handover'], handover } } as const

  test('is confirmed by the other side, once, and by nobody who told it', () => {
    expect(answerTo(stated, { ...confirms, by: iom })).toBe('unknown-target')
    const both = give(stated, { ...confirms, by: centre })
    expect(stateOf(both).handovers).toEqual([{ seq: handover, by: iom, confirmedBy: centre }])
    expect(answerTo(both, { ...confirms, by: istanbul })).toBe('nothing-to-do')
  })

  test('that was not told is not confirmed', () => {
    const body = { ...confirms.body, handover: 0 }
    expect(answerTo(stated, { ...confirms, by: centre, body })).toBe('unknown-target')
    const gone = give(stated, { name: 'correct', by: iom, body: { corrects: handover } })
    expect(answerTo(gone, { ...confirms, by: centre })).toBe('unknown-target')
  })

  test('keeps nothing waiting: she is received, and the return closed, without a confirmation', () => {
    expect(waitsFor(stateOf(stated)).map(({ party }) => party)).toEqual([centre])
    expect(stateOf(upTo('close')).phase).toBe('closed')
  })

  test('of somebody who was there for a task is confirmed to it', () => {
    const made = helped(upTo('depart'), 'police-transport', police)
    const handed = give(made, { name: 'hand-over', by: police })
    const body = { ...confirms.body, handover: handed.events.length - 1 }
    const { for: asked, to } =
      give(handed, { name: 'confirm-handover', by: centre, body }).events.at(-1) ?? {}
    expect([asked, to?.includes(police)]).toEqual([police, true])
  })
})

test('given a hand-over, when the other side confirms it, then the event names it, once', () => {
  const { length } = upTo('hand-over').events
  const confirm = {
    name: 'confirm-handover',
    by: centre,
    body: { ...bodies['confirm-handover'], handover: length - 1 },
  } as const
  given(upTo('hand-over'))
    .when(confirm)
    .thenEvent({
      type: 'handover-confirmed',
      data: { handover: length - 1 },
      for: iom,
      sections: { case: 'handover-confirmation' },
    })
  given(upTo('hand-over'), confirm).when(confirm).thenRefused('nothing-to-do')
  given(upTo('hand-over'))
    .when({ ...confirm, by: iom })
    .thenRefused('unknown-target', ['handover'])
})
