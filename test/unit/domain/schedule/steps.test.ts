import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Facts, noFacts } from '../../../../functions/domain/access/opened-sections.ts'
import { fold } from '../../../../functions/domain/evolve.ts'
import { dueOf } from '../../../../functions/domain/schedule/due.ts'
import { afterLeaving, mayBegin, ownerOn } from '../../../../functions/domain/schedule/steps.ts'
import type { State } from '../../../../functions/domain/state.ts'
import { type CommandName, shapeBehind } from '../../../../schemas/commands/commands.ts'
import type { StoredEvent } from '../../../../schemas/events/events.ts'
import { beforeLeaving, overPhases } from '../../../../schemas/procedure/phases.ts'
import {
  procedureOf,
  procedureOn,
  procedures,
  type StepName,
  stepNames,
  stepsDoneBy,
} from '../../../../schemas/procedure/procedure.ts'
import type { PartyId } from '../../../../schemas/values/parties.ts'
import {
  centre,
  everyone,
  filingWith,
  iom,
  istanbul,
  officialRequest,
  sample,
} from '../../../parts/bodies.ts'
import {
  answerTo,
  type DomainReturn,
  decided,
  dueNow,
  duesOf,
  filed,
  give,
  after as goOn,
  isDone,
  keptIn,
  lastDues,
  refusalOf,
  stateOf,
  straightPath,
  upTo,
} from '../../../parts/domain-return.ts'
import { filings, stepOf, walks } from '../../../parts/domain-walks.ts'

test('each step on the straight path begins when those before it are done', () => {
  // Everything happens on Saturday, 21 November 2026; 28 and 29 are a weekend.
  const begins: [CommandName, Record<string, string>][] = [
    ['acknowledge', { accept: '2026-11-25' }],
    ['accept', { 'assess-risk': '2026-11-27', 'plan-travel': '2026-12-01' }],
    ['assess-risk', { decide: '2026-11-27' }],
    ['approve', { fund: '2026-11-25' }],
    ['fund', {}],
    ['confirm-identity', { 'issue-document': '2026-11-25' }],
    ['issue-document', { 'check-document': '2026-12-11' }],
    ['plan-travel', { 'hold-place': '2026-11-24', 'confirm-travel': '2026-11-26' }],
    ['hold-place', { 'place-held': '2026-12-10' }],
    ['confirm-travel', {}],
    ['depart', { arrive: '2026-11-23' }],
    ['arrive', { receive: '2026-11-22' }],
    ['admit', { close: '2026-12-21' }],
    ['close', {}],
  ]
  expect(duesOf(filed().events[0])).toEqual({
    acknowledge: '2026-11-22',
    'confirm-identity': '2026-11-27',
  })
  for (const [name, due] of begins) expect([name, lastDues(upTo(name))]).toEqual([name, due])
  expect(dueNow(upTo('close'))).toEqual({})
  expect([...stateOf(upTo('close')).done].sort()).toEqual([...stepNames].sort())
})

test('a return keeps the version of the procedure that its first event names', () => {
  const [first] = filed().events
  const { version } = procedureOn('2026-11-21')
  expect(first?.data).toMatchObject({ procedure: version })
  for (const [, name] of straightPath) expect(stateOf(upTo(name)).procedure).toBe(version)
})

test.each(procedures)('a trail that began with version $version folds to its end', ({ version }) => {
  const { events } = upTo('close')
  const began = events.map((event) =>
    event.type === 'filed' ? { ...event, data: { ...event.data, procedure: version } } : event,
  )
  expect(fold(began)).toMatchObject({ procedure: version, phase: 'closed', outcome: 'admitted' })
})

test('the day in Chișinău decides which version of the procedure it is', () => {
  const [{ effectiveFrom, version } = { effectiveFrom: '', version: '' }] = [procedureOn('2026-11-21')]
  const eve = new Date(Date.parse(`${effectiveFrom}T00:00:00Z`) - 3_600_000).toISOString()
  expect(filed(sample, istanbul, { at: eve }).events[0]?.data).toMatchObject({ procedure: version })
})

test('the category changes neither days nor owners, because the days in clear would reveal it', () => {
  const child = filed(filingWith(everyone, { category: 'unaccompanied-child', ageBand: 'not-known' }))
  for (const command of ['acknowledge', 'accept', 'assess-risk'] as const)
    expect(lastDues(upTo(command, child))).toEqual(lastDues(upTo(command)))
  const owned = (made: DomainReturn) => dueOf(stateOf(made)).map(({ owner, step }) => `${step} ${owner}`)
  expect(owned(upTo('accept', child))).toEqual(owned(upTo('accept')))
})

test("the steps of the post are due by the post's week, and the rest by that of Moldova", () => {
  const posts = { '1XGE': { week: [7, 1, 2, 3, 4], closed: ['2026-11-25'] } }
  const friday = '2026-11-20T09:00:00.000Z'
  const made = filed(sample, istanbul, { at: friday, posts })
  expect(lastDues(made)).toEqual({ acknowledge: '2026-11-21', 'confirm-identity': '2026-11-29' })
  // Whoever does it, the calendar is that of the post that filed.
  const known = give(made, { name: 'acknowledge', by: iom, at: friday, posts })
  expect(lastDues(known)).toEqual({ accept: '2026-11-25' })
  const identified = give(known, { name: 'confirm-identity', by: istanbul, at: friday, posts })
  expect(lastDues(identified)).toEqual({ 'issue-document': '2026-11-24' })
  const other = { Y6SB: posts['1XGE'] }
  expect(lastDues(filed(sample, istanbul, { at: friday, posts: other }))).toMatchObject({
    'confirm-identity': '2026-11-27',
  })
})

test('due steps are listed with their owners, the earliest first, and a return that has ended has none', () => {
  const made = upTo('accept')
  expect(dueOf(stateOf(made))).toEqual([
    { step: 'confirm-identity', owner: 'mission', day: '2026-11-27' },
    { step: 'assess-risk', owner: 'iom', day: '2026-11-27' },
    { step: 'plan-travel', owner: 'iom', day: '2026-12-01' },
  ])
  const cancelled = goOn(made, [[istanbul, 'cancel']])
  expect(dueOf(stateOf(cancelled))).toEqual([])
  expect(dueOf(stateOf(goOn(cancelled, [[istanbul, 'close']])))).toEqual([])
  expect(dueOf(stateOf(goOn(cancelled, [[istanbul, 'reopen']])))).toEqual(dueOf(stateOf(made)))
})

describe('a fact whose case could not be opened', () => {
  const blind: Facts = { opened: [], unseen: ['case', 'travel', 'safety'] }
  const facts: [PartyId, CommandName][] = [
    [istanbul, 'depart'],
    [centre, 'arrive'],
    [centre, 'admit'],
  ]

  test.each(facts)(
    'the fact (%s, %s) is accepted, loses no day, and names the case as unseen',
    (by, name) => {
      const { data } = decided(upTo('confirm-travel'), { name, by }, blind)
      const { due } = decided(upTo('confirm-travel'), { name, by }).data
      expect(data).toMatchObject({ due })
      expect(data.unseen).toContain('case')
      expect(answerTo(upTo('confirm-travel'), { name, by }, noFacts)).toBe('accepted')
    },
  )

  test('a step that begins with the fact begins all the same, because its day is that of every category', () => {
    const left = give(upTo('confirm-travel'), { name: 'depart', by: istanbul }, blind)
    expect([isDone(left, 'depart'), dueNow(left)]).toEqual([true, { arrive: '2026-11-23' }])
    expect(lastDues(give(left, { name: 'depart', by: iom }))).toEqual({ arrive: '2026-11-23' })
  })

  test('a permission that needs the case is refused where the case exists and cannot be opened', () => {
    const made = upTo('acknowledge')
    expect(answerTo(made, { name: 'accept', by: iom }, { opened: [], unseen: ['case'] })).toBe('not-readable')
  })

  test('a permission that needs the case for the next steps alone is accepted, and says them', () => {
    const blindly = give(filed(), { name: 'acknowledge', by: iom }, { opened: [], unseen: ['case'] })
    expect([isDone(blindly, 'acknowledge'), lastDues(blindly)]).toEqual([true, { accept: '2026-11-25' }])
  })
})

test('a struck request stops no command, and no day', () => {
  const made = upTo('accept')
  const strikes = keptIn(made, 'request').map(({ section }) => section.sec)
  const struck = give(made, { name: 'strike', by: istanbul, body: { strikes } })
  const blind = goOn(struck, [[istanbul, 'confirm-identity']])
  expect(lastDues(blind)).toEqual({ 'issue-document': '2026-11-25' })
  const amended = give(blind, { name: 'amend', by: istanbul, body: { slot: 'request', case: sample.case } })
  expect(lastDues(goOn(amended, [[iom, 'assess-risk']]))).toEqual({ decide: '2026-11-27' })
})

/** Each event of a walk, with the state before and after it. */
function along(made: DomainReturn): { event: StoredEvent; before: State; now: State }[] {
  return made.events.slice(1).map((event, index) => ({
    event,
    before: stateOf({ events: made.events.slice(0, index + 1) }),
    now: stateOf({ events: made.events.slice(0, index + 2) }),
  }))
}

const walked = walks.map(({ start, steps }) =>
  steps.reduce((made, step) => {
    const given = stepOf(made, step)
    return given && !refusalOf(made, given) ? give(made, given) : made
  }, start),
)

test('a step is due only when all before it are done, and once, unless it is undone or a fact is stated again', () => {
  fc.assert(
    fc.property(walked, (made) => {
      const { steps } = procedureOf(stateOf(made).procedure)
      const ready = (step: StepName, done: ReadonlySet<StepName>) =>
        steps.victim[step].after.every((before) => done.has(before))
      for (const { event, before, now } of along(made)) {
        for (const step of Object.keys(duesOf(event)).filter((name): name is StepName =>
          (stepNames as readonly string[]).includes(name),
        )) {
          // What follows from a fact is said again, also where it is done: a fact may be taken back.
          if (shapeBehind(event.type)?.states === 'fact') continue
          expect([step, now.done.has(step), before.due.has(step)]).toEqual([step, false, false])
          expect([step, ready(step, now.done)]).toEqual([step, true])
        }
        for (const step of now.due.keys()) {
          expect([step, now.done.has(step)]).toEqual([step, false])
          expect([step, ready(step, now.done)]).toEqual([step, true])
        }
      }
    }),
  )
})

test('every step that can be done has a day after an event that finishes a step, unless the ministry said no', () => {
  fc.assert(
    fc.property(walked, (made) => {
      const { steps } = procedureOf(stateOf(made).procedure)
      for (const { event, now } of along(made)) {
        const finishes = stepsDoneBy(procedureOf(now.procedure), event.type).length > 0
        const seesCase = now.sections.some(({ slot }) => slot === 'request')
        if (!finishes || !seesCase || now.ruling === 'refused') continue
        const open = stepNames.filter(
          (step) =>
            steps.victim[step].deadline &&
            // A step whose owner is not on the return has no day.
            ownerOn(procedureOf(now.procedure), step, now) &&
            // Once she has left, no step before that is due; nobody holds a place for who chose another way.
            (beforeLeaving.includes(now.phase) || afterLeaving.includes(step)) &&
            !overPhases.includes(now.phase) &&
            mayBegin(step, now) &&
            step !== 'hold-place' &&
            !now.done.has(step) &&
            steps.victim[step].after.every((before) => now.done.has(before)),
        )
        expect([...now.due.keys()]).toEqual(expect.arrayContaining(open))
      }
    }),
  )
})

test("the first steps are due at once, whatever is filed, and without IOM its steps are the post's", () => {
  fc.assert(
    fc.property(filings, (made) => {
      const first = made.events[0]
      expect(Object.keys(duesOf(first))).toEqual(['acknowledge', 'confirm-identity'])
      const owner = first?.to.includes(iom) ? 'iom' : 'mission'
      expect(dueOf(stateOf({ events: made.events.slice(0, 1) }))[0]).toMatchObject({ owner })
    }),
  )
})

test('the official request of a person in difficulty changes no day', () => {
  const difficult = filed(filingWith(everyone, { category: 'person-in-difficulty' }))
  const body = { slot: 'official-request', case: officialRequest }
  const asked = give(difficult, { name: 'amend', by: istanbul, body })
  expect(dueNow(asked)).toEqual(dueNow(difficult))
  expect(lastDues(upTo('assess-risk', asked))).toEqual({ decide: '2026-11-27' })
})
