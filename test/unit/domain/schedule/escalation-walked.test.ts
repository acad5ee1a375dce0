import fc from 'fast-check'
import { expect, test } from 'vitest'
import { callsAgain } from '../../../../functions/domain/schedule/call-lines.ts'
import { nextLook } from '../../../../functions/domain/schedule/escalation.ts'
import { give, refusalOf, stateOf } from '../../../parts/domain-return.ts'
import { stepOf, walks } from '../../../parts/domain-walks.ts'
import { notices, watched } from '../../../parts/domain-watch.ts'
import { rota } from '../../../parts/rota.ts'

const instants = fc.integer({ min: 0, max: 90 * 24 * 60 }).map((minutes) => {
  return new Date(Date.parse('2026-11-21T09:00:00Z') + minutes * 60_000).toISOString()
})
const walked = walks.map(({ start, steps }) =>
  steps.reduce((made, step) => {
    const given = stepOf(made, step)
    return given && !refusalOf(made, given) ? give(made, given) : made
  }, start),
)

test('a second evaluation writes nothing new, and the next one is later', () => {
  fc.assert(
    fc.property(walked, instants, (made, at) => {
      const evaluated = watched(made, at)
      expect(notices(evaluated, at)).toEqual([])
      const next = nextLook(stateOf(evaluated), Date.parse(at), rota)
      if (next !== undefined) expect(next).toBeGreaterThan(Date.parse(at))
    }),
  )
})

test('an evaluation finds something to write exactly when the time that was asked for has come', () => {
  fc.assert(
    fc.property(walked, instants, (made, at) => {
      const next = nextLook(stateOf(made), Date.parse(at), rota)
      const toWrite = notices(made, at)
      if (toWrite.length > 0) expect(next).toBeLessThanOrEqual(Date.parse(at))
      if (next !== undefined && next > Date.parse(at)) {
        expect(toWrite).toEqual([])
        const then = watched(made, new Date(next).toISOString())
        const again = callsAgain(stateOf(made), Date.parse(at), next, rota)
        expect(then.events.length - made.events.length + again.length).toBeGreaterThan(0)
      }
    }),
  )
})

test('nothing is overdue before its day has passed, whatever has happened', () => {
  fc.assert(
    fc.property(walked, instants, (made, at) => {
      const today = new Date(Date.parse(at) + 2 * 3_600_000).toISOString().slice(0, 10)
      for (const { data } of notices(made, at)) if ('since' in data) expect(data.since < today).toBe(true)
    }),
  )
})

/** The escalations of every phase: missing answers, and what ends by itself. */
const goesOn = ({ type, data }: ReturnType<typeof notices>[number]) =>
  type === 'erased' || type === 'access-ended' || (type === 'overdue' && data.item === 'answer')

test('a closed or cancelled return escalates nothing but what has to end, for ever', () => {
  fc.assert(
    fc.property(walked, instants, (made, at) => {
      const open = stateOf(made).phase !== 'closed' && stateOf(made).phase !== 'cancelled'
      const ended = open ? give(made, { name: 'cancel', by: stateOf(made).responsible }) : made
      expect(notices(ended, at).filter((notice) => !goesOn(notice))).toEqual([])
      const { arrivedAt, withdrawals, locked } = stateOf(ended)
      if (arrivedAt === undefined && withdrawals.size === 0 && locked.size === 0)
        expect(nextLook(stateOf(ended), Date.parse(at), rota)).toBeUndefined()
    }),
  )
})
