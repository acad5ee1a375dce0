import { bodies, centre, happened } from './bodies.ts'
import { type DomainReturn, give, stateOf, upTo } from './domain-return.ts'
import { notices } from './domain-watch.ts'

/** The first instant of a day in Chișinău, in winter. */
export const dawn = (day: string) => new Date(`${day}T00:00:00.000+02:00`).toISOString()
export const eve = (day: string) => new Date(Date.parse(dawn(day)) - 1).toISOString()

export const care = (services: readonly object[]) => ({ care: { services } })
export const service = (name: string, answer: string, dueOn?: string) => ({
  ...{ service: name, answer },
  ...(dueOn ? { dueOn } : {}),
})
/** Received, with a place, and with these services in the intake. */
export const received = (...services: object[]) =>
  give(upTo('hand-over'), {
    name: 'admit',
    by: centre,
    body: { ...bodies.admit, ...care(services.length > 0 ? services : [service('medical', 'accepted')]) },
  })
export const offered = (made: DomainReturn, ...services: object[]) =>
  give(made, { name: 'offer-services', by: centre, body: care(services) })
export const planned = (made: DomainReturn, until: string, longer?: string) =>
  give(made, { name: 'plan-stay', by: centre, body: plan(until, longer) })
export const plan = (until: string, longer?: string) => ({ case: { until, ...(longer ? { longer } : {}) } })
export const left = (made: DomainReturn, backOn?: string) =>
  give(made, {
    name: 'leave-centre',
    by: centre,
    body: { case: { happened: happened('2026-12-20'), to: 'relatives', ...(backOn ? { backOn } : {}) } },
  })
export const asked = (made: DomainReturn, nextOn?: string) =>
  give(made, {
    name: 'follow-up',
    by: centre,
    body: { care: { on: '2027-01-20', by: 'phone', wellbeing: 'good', ...(nextOn ? { nextOn } : {}) } },
  })

export const days = (made: DomainReturn) => stateOf(made).stayDays.map(({ item, day }) => `${item} ${day}`)
export const late = (made: DomainReturn, at: string) =>
  notices(made, at).flatMap(({ type, data, for: notified }) =>
    type === 'overdue' && ['stay', 'service', 'follow-up', 'coming-back'].includes(data.item)
      ? [`${data.item} since ${data.since} to ${notified}`]
      : [],
  )
