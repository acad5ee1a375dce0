import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addressed, membershipOf } from '../../../../functions/domain/access/readers.ts'
import { openWork, workItemsFor } from '../../../../functions/domain/reports/work-items.ts'
import { commandsFor } from '../../../../functions/domain/reports/worklist-row.ts'
import { openCalls } from '../../../../functions/domain/schedule/call-lines.ts'
import { dueOf, nextDayOf } from '../../../../functions/domain/schedule/due.ts'
import { overdueFor } from '../../../../functions/domain/schedule/escalation.ts'
import { stayDaysOf } from '../../../../functions/domain/schedule/stay.ts'
import type { State } from '../../../../functions/domain/state.ts'
import { isOpen } from '../../../../schemas/procedure/phases.ts'
import { commandsDoing } from '../../../../schemas/procedure/work-items.ts'
import { kindOf } from '../../../../schemas/values/parties.ts'
import { type DomainReturn, stateOf } from '../../../parts/domain-return.ts'
import { walk, walks } from '../../../parts/domain-walks.ts'

/** Who is on a return, and who was left out and has not answered. */
const known = (state: State) => [
  ...addressed(state),
  ...[...state.withdrawals].flatMap(([party, { answer }]) => (answer ? [] : [party])),
]

/** Looks at every state that a walk comes to. */
function everyState(look: (state: State, made: DomainReturn) => void): void {
  fc.assert(
    fc.property(walks, ({ start, steps }) => {
      const end = walk(start, steps, (made) => look(stateOf(made), made))
      look(stateOf(end), end)
    }),
    { numRuns: 60 },
  )
}

/** What has to be an item, by what the state says is open. */
function expected(state: State): object[] {
  const on = addressed(state)
  const questions = state.questions.filter(({ for: party }) => isOpen(state.phase) && on.includes(party))
  const answers = [...state.withdrawals].filter(
    ([party, { answer }]) => !answer && membershipOf(state, party) !== 'on',
  )
  return [
    ...dueOf(state).map(({ step, day }) => ({ what: step, day })),
    ...questions.map(({ seq, for: party }) => ({ what: 'answer-question', party, seq })),
    ...state.tasks.map(({ seq, to }) => ({ what: 'task', party: to, seq })),
    ...openCalls(state).map(({ seq, party }) => ({ what: 'answer-call', party, seq })),
    ...stayDaysOf(state).map(({ item, party, day }) => ({ what: item, party, day })),
    ...answers.map(([party]) => ({ what: 'answer-withdrawal', party })),
  ]
}

test('every step, question, task, call and day of a stay that is open is an item of its party', () => {
  everyState((state) => {
    const open = openWork(state)
    for (const item of expected(state)) expect(open).toContainEqual(expect.objectContaining(item))
    for (const { step, owner } of dueOf(state))
      for (const { party } of open.filter(({ what }) => what === step))
        expect([step, kindOf(party)]).toEqual([step, owner])
  })
})

test('where a day is due for a party, one of its items has that day or an earlier one', () => {
  everyState((state) => {
    for (const party of addressed(state)) {
      const day = nextDayOf(state, party)
      if (!day || state.phase === 'cancelled' || state.phase === 'closed') continue
      const own = workItemsFor(state, party).filter((item) => item.party === party)
      expect(own.some((item) => item.day !== undefined && item.day <= day)).toBe(true)
    }
  })
})

test('what is overdue is an item of every party that is notified of it', () => {
  everyState((state) => {
    for (const party of addressed(state)) {
      const late = overdueFor(state, party, []).filter(({ item }) => item !== 'delivery')
      if (late.length === 0) continue
      const own = workItemsFor(state, party).filter((item) => item.party === party)
      expect([party, late, own.length > 0]).toEqual([party, late, true])
    }
  })
})

test('an open return waits for somebody, and a closed one for tasks and answers alone', () => {
  everyState((state) => {
    const open = openWork(state)
    expect(known(state)).toEqual(expect.arrayContaining(open.map(({ party }) => party)))
    if (isOpen(state.phase)) expect(open).not.toEqual([])
    else
      expect(open.filter(({ what }) => !['task', 'answer-withdrawal', 'follow-up'].includes(what))).toEqual(
        [],
      )
  })
})

test('every item has a command that its party may give', () => {
  everyState((state) => {
    for (const { what, party } of openWork(state)) {
      const may = commandsFor(state, party).filter((name) => commandsDoing(what).includes(name))
      expect([what, party, state.phase, may.length > 0]).toEqual([what, party, state.phase, true])
    }
  })
})

test('a party that was removed, or helps, sees its own items alone', () => {
  everyState((state) => {
    for (const party of known(state).filter((each) => membershipOf(state, each) !== 'on'))
      expect(workItemsFor(state, party).filter((item) => item.party !== party)).toEqual([])
  })
})
