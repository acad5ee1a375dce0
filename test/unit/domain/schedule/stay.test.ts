import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { worklistRowOf } from '../../../../functions/domain/reports/worklist-row.ts'
import { dueFor } from '../../../../functions/domain/schedule/due.ts'
import { nextLook, overdueFor } from '../../../../functions/domain/schedule/escalation.ts'
import type { PartyId } from '../../../../schemas/values/parties.ts'
import {
  bodies,
  centre,
  consent,
  consular,
  groundFor,
  iom,
  istanbul,
  legalDuty,
  otherCentre,
  partner,
  taskFor,
  withdrawalOf,
} from '../../../parts/bodies.ts'
import { type DomainReturn, give, refusalOf, stateOf, upTo } from '../../../parts/domain-return.ts'
import {
  asked,
  care,
  dawn,
  days,
  eve,
  late,
  left,
  offered,
  plan,
  planned,
  received,
  service,
} from '../../../parts/domain-stay.ts'
import { allSeen, watched } from '../../../parts/domain-watch.ts'
import { listPlace } from '../../../parts/list-place.ts'
import { rota } from '../../../parts/rota.ts'

describe('a day of a stay', () => {
  const made: [string, DomainReturn, string, string][] = [
    ['its end', planned(received(), '2027-01-04'), 'stay', '2027-01-04'],
    ['a service', offered(received(), service('legal', 'offered', '2026-12-09')), 'service', '2026-12-09'],
    ['a service of the intake', received(service('work', 'later', '2026-12-11')), 'service', '2026-12-11'],
    ['asking again', asked(received(), '2027-02-20'), 'follow-up', '2027-02-20'],
    ['coming back', left(received(), '2026-12-27'), 'coming-back', '2026-12-27'],
  ]

  test.each(made)(
    '%s is due of the Centre alone, beside its step of the procedure, and everyone sees it',
    (_, trail, item, day) => {
      const next = (party: PartyId) =>
        worklistRowOf(stateOf(trail), party, {
          version: 1,
          hash: '',
          at: '',
          reference: '',
          delivered: allSeen(trail),
        }).next
      const [nearest = ''] = [day, '2026-12-21'].sort()
      expect([centre, iom, istanbul, consular].map(next)).toEqual([nearest, undefined, undefined, undefined])
      expect(listPlace(stateOf(trail), centre)).toEqual(['waits', nearest])
      for (const party of [centre, iom, istanbul])
        expect(dueFor(stateOf(trail), party)).toContainEqual({ step: item, owner: 'centre', day })
    },
  )

  test.each(made)(
    '%s is overdue once it has passed, and escalates by the levels of the rota',
    (_, trail, item, day) => {
      const past = (count: number) =>
        dawn(new Date(Date.parse(day) + count * 86_400_000).toISOString().slice(0, 10))
      const about = `${item} since ${day} to`
      expect(late(trail, eve(past(1).slice(0, 10)))).not.toContain(`${about} ${centre}`)
      expect(late(trail, past(1))).toContain(`${about} ${centre}`)
      const escalated = watched(trail, past(1))
      expect(overdueFor(stateOf(escalated), centre, allSeen(escalated))).toContainEqual({
        ...{ item, party: centre, since: day, level: 0 },
      })
      expect(late(escalated, past(1))).not.toContain(`${about} ${centre}`)
      const further = watched(escalated, past(3))
      expect(further.events.some((event) => event.for === consular && event.type === 'overdue')).toBe(true)
      expect(late(further, past(8))).toContain(`${about} ${istanbul}`)
    },
  )

  test.each(made)('%s wakes watch when it has passed', (_, trail, __, day) => {
    const next = nextLook(stateOf(trail), Date.parse('2026-11-21T12:00:00Z'), rota)
    expect(next).toBeLessThanOrEqual(Date.parse(dawn(day)) + 86_400_000)
  })

  test.each(made)('%s says nothing more in clear than that day', (_, trail, item, day) => {
    const data = trail.events.at(-1)?.data ?? {}
    expect('due' in data && data.due).toContainEqual({ step: item, day })
    expect(Object.keys(data).filter((key) => key !== 'unseen')).toEqual(['due'])
    expect(JSON.stringify(trail.events.at(-1)?.data)).not.toMatch(/medical|legal|work|relatives|phone/)
  })
})

describe('a stay that is prolonged', () => {
  const made = planned(received(), '2027-01-04')
  const answer = (until: string, longer?: string) =>
    refusalOf(made, { name: 'plan-stay', by: centre, body: plan(until, longer) })

  test('a stay that is planned longer than before is refused without a reason', () => {
    expect(answer('2027-01-05')).toMatchObject({ code: 'bad-input', detail: { fields: ['case.longer'] } })
    expect(answer('2027-01-05', 'no-safe-home')).toBeUndefined()
  })

  test('a stay that is not longer, or planned anew after a return to the Centre, needs no reason', () => {
    expect([answer('2027-01-04'), answer('2026-12-24')]).toEqual([undefined, undefined])
    const back = give(left(made), { name: 'admit', by: centre })
    expect(refusalOf(back, { name: 'plan-stay', by: centre, body: plan('2027-03-01') })).toBeUndefined()
  })
})

test('the report on a monitored child is due by a day, also where nobody named one', () => {
  const given = (until?: string) =>
    give(received(), {
      name: 'give-task',
      by: centre,
      body: { ...taskFor(partner, 'monitor-child', legalDuty), ...(until ? { until } : {}) },
    })
  const made = given()
  const [task] = stateOf(made).tasks
  expect([task?.task, task?.until]).toEqual(['monitor-child', '2027-02-19'])
  expect(stateOf(given('2027-01-10')).tasks[0]?.until).toBe('2027-01-10')
  const seenBy = (party: PartyId) =>
    worklistRowOf(stateOf(made), party, {
      version: 1,
      hash: '',
      at: '',
      reference: '',
      delivered: allSeen(made),
    }).next
  expect([seenBy(partner), seenBy(centre)]).toEqual(['2027-02-19', '2026-12-21'])
  expect(dueFor(stateOf(made), partner)).toContainEqual({ step: 'task', owner: 'partner', day: '2027-02-19' })
  const overdue = watched(made, dawn('2027-02-20'))
  expect(overdueFor(stateOf(overdue), partner, allSeen(overdue))).toMatchObject([
    { item: 'task', party: partner, since: '2027-02-19', level: 0 },
  ])
  const reported = give(overdue, {
    name: 'report-task',
    by: partner,
    body: { task: task?.seq, care: { outcome: 'done', on: '2027-02-21', findings: 'It is well.' } },
  })
  expect(overdueFor(stateOf(reported), consular, allSeen(reported)).map(({ item }) => item)).not.toContain(
    'task',
  )
})

test('a helper sees the day of its own task, and none of the stay', () => {
  const made = give(planned(received(), '2027-01-04'), {
    name: 'give-task',
    by: centre,
    body: { ...taskFor(partner, 'monitor-child', legalDuty), until: '2027-01-10' },
  })
  const ofPartner = dueFor(stateOf(made), partner).map(({ step }) => step)
  expect([ofPartner.includes('task'), ofPartner.includes('stay')]).toEqual([true, false])
})

test("the days of a stay that IOM states are the Centre's, and nobody's without a centre", () => {
  const admit = (made: DomainReturn) =>
    give(made, {
      name: 'admit',
      by: iom,
      body: { ...bodies.admit, ...care([service('medical', 'accepted', '2026-12-08')]) },
    })
  const arrived = upTo('hand-over')
  expect(stateOf(admit(arrived)).stayDays).toMatchObject([{ party: centre }])
  const without = give(arrived, { name: 'withdraw', by: istanbul, body: withdrawalOf(centre) })
  expect(days(admit(without))).toEqual([])
  const withCentre = give(without, { name: 'agree', by: istanbul, body: groundFor(otherCentre, consent) })
  expect(stateOf(admit(withCentre)).stayDays).toMatchObject([{ party: otherCentre }])
})

test('each day of an open service is there once, and no other, whatever services are stated', () => {
  const answers = ['offered', 'accepted', 'refused', 'later', 'done'] as const
  const names = ['medical', 'legal', 'social', 'work', 'education'] as const
  const service = fc.record(
    {
      service: fc.constantFrom(...names),
      answer: fc.constantFrom(...answers),
      dueOn: fc.constantFrom('2026-12-08', '2026-12-09', '2026-12-10'),
    },
    { requiredKeys: ['service', 'answer'] },
  )
  const all = fc.uniqueArray(service, { minLength: 1, maxLength: 5, selector: ({ service: name }) => name })
  fc.assert(
    fc.property(fc.array(all, { minLength: 1, maxLength: 4 }), (lists) => {
      const made = lists.reduce((trail, services) => offered(trail, ...services), received())
      const toDo = (lists.at(-1) ?? []).filter(({ answer }) => answer !== 'done' && answer !== 'refused')
      const expected = [...new Set(toDo.flatMap(({ dueOn }) => dueOn ?? []))].sort()
      expect(days(made)).toEqual(expected.map((day) => `service ${day}`))
    }),
    { numRuns: 60 },
  )
})
