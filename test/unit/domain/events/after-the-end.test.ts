import { describe, expect, test } from 'vitest'
import { readersOf } from '../../../../functions/domain/access/readers.ts'
import { nextDayOf } from '../../../../functions/domain/schedule/due.ts'
import { outlastsReturn, taskNames, taskShape } from '../../../../schemas/procedure/tasks.ts'
import { sectionClassNames } from '../../../../schemas/values/classes.ts'
import type { PartyId } from '../../../../schemas/values/parties.ts'
import { centre, ngo, partner, taskFor } from '../../../parts/bodies.ts'
import {
  type DomainReturn,
  type Given,
  give,
  after as goOn,
  stateOf,
  upTo,
} from '../../../parts/domain-return.ts'
import { given } from '../../../parts/given.ts'

const reads = (made: DomainReturn, party: PartyId) =>
  sectionClassNames.filter((cls) => readersOf(stateOf(made), cls).includes(party))

describe('what goes on once a return is over', () => {
  test.each(taskNames)('%s, as the table of tasks says', (task) => {
    const { outlasts } = taskShape(task)
    expect([outlastsReturn(task, true), outlastsReturn(task, false)]).toEqual([
      outlasts !== undefined,
      outlasts === 'always',
    ])
  })

  const monitored = () =>
    give(upTo('admit'), { name: 'give-task', by: centre, body: taskFor(partner, 'monitor-child') })
  const report = (
    made: DomainReturn,
    outcome: 'done' | 'partly' | 'not-possible',
  ): Given & { name: 'report-task' } => ({
    name: 'report-task',
    by: partner,
    at: '2027-01-20T09:00:00.000Z',
    body: {
      task: stateOf(made).tasks[0]?.seq ?? 0,
      care: { outcome, on: '2027-01-20', findings: 'Visited at home.' },
    },
  })

  test.each(['partly', 'not-possible'] as const)(
    'given a child that is monitored, when the report says "%s", then it goes on',
    (outcome) => {
      const made = monitored()
      const { seq } = stateOf(made).tasks[0] ?? { seq: 0 }
      const on = given(made)
        .when(report(made, outcome) as never)
        .thenEvent({
          type: 'task-reported',
          data: { task: seq, goesOn: true, until: '2027-04-20' },
          sections: { care: 'report' },
        } as never)
      expect(stateOf(on).tasks.map(({ task, until }) => [task, until])).toEqual([
        ['monitor-child', '2027-04-20'],
      ])
      expect(reads(on, partner)).toEqual(reads(made, partner))
    },
  )

  test('given a report that is complete, then it ends, and can begin again, also once the return is closed', () => {
    const made = monitored()
    const done = give(made, report(made, 'done'))
    expect(stateOf(done).tasks).toEqual([])
    const closed = goOn(done, [[centre, 'close']])
    const again = give(closed, { name: 'give-task', by: centre, body: taskFor(partner, 'monitor-child') })
    expect(stateOf(again).tasks.map(({ task, until }) => [task, until])).toEqual([
      ['monitor-child', expect.stringMatching(/^20/)],
    ])
    given(closed)
      .when({ name: 'give-task', by: centre, body: taskFor(ngo, 'accompany') })
      .thenRefused('unknown-target', ['task'])
  })

  test('given a closed return, when a child is monitored, then its day is still due', () => {
    const closed = goOn(monitored(), [[centre, 'close']])
    expect(nextDayOf(stateOf(closed), partner)).toBe('2027-02-19')
    expect(stateOf(give(closed, report(closed, 'partly'))).tasks).toHaveLength(1)
  })

  test('given a closed return, when the Centre asks how she is, then it is written, and the next day is due', () => {
    const made = given(upTo('close'))
      .when({
        name: 'follow-up',
        by: centre,
        body: { care: { on: '2027-01-20', by: 'phone', wellbeing: 'good', nextOn: '2027-03-20' } },
      })
      .thenEvent({
        type: 'followed-up',
        data: { due: [{ step: 'follow-up', day: '2027-03-20' }] },
        sections: { care: 'follow-up' },
      })
    expect(nextDayOf(stateOf(made), centre)).toBe('2027-03-20')
  })
})
