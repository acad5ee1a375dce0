import { describe, expect, test } from 'vitest'
import type { PartyId } from '../../../../schemas/values/parties.ts'
import { consular, istanbul, otherMission, partnerOf } from '../../../parts/bodies.ts'
import { type DomainReturn, give, raised, after as stepped, timeOf } from '../../../parts/domain-return.ts'
import { notices, watched } from '../../../parts/domain-watch.ts'

const hotline = partnerOf.hotline
const alert = (urgency = 'none') => raised(hotline, istanbul, { urgency })
const minutes = (count: number) => new Date(Date.parse(timeOf(0)) + count * 60_000).toISOString()
const passTo = (to: PartyId) => ({ name: 'pass-alert', body: { to } }) as const

describe('an alert that nobody acknowledges', () => {
  test('the alert escalates to the post after an hour, and to the consular department after four', () => {
    const made = alert()
    expect(notices(made, minutes(59))).toEqual([])
    const escalated = watched(made, minutes(60))
    expect(escalated.events.at(-1)).toMatchObject({
      for: istanbul,
      data: { item: 'alert', party: istanbul, level: 0 },
    })
    expect(notices(escalated, minutes(239))).toEqual([])
    const later = watched(escalated, minutes(240))
    expect(later.events.at(-1)).toMatchObject({
      for: consular,
      data: { item: 'alert', party: istanbul, level: 1 },
    })
    expect(notices(later, minutes(9_000))).toEqual([])
  })

  test('an alert that is acknowledged in time escalates only once it has been open for a day', () => {
    const seen = stepped(alert(), [[istanbul, 'acknowledge-alert']])
    expect(notices(seen, minutes(300))).toEqual([])
    const [next] = notices(seen, minutes(24 * 60))
    expect(next).toMatchObject({ for: istanbul, data: { item: 'alert-open', party: istanbul, level: 0 } })
  })

  test('the new post has an hour of its own once an alert is passed on', () => {
    const at = minutes(50)
    const made = give(alert(), { by: istanbul, at, ...passTo(otherMission) })
    expect(notices(made, minutes(70))).toEqual([])
    expect(notices(made, minutes(110))).toMatchObject([
      { for: otherMission, data: { item: 'alert', level: 0 } },
    ])
  })

  test('danger today calls out the post and the department at once, until the post acknowledges the alert', () => {
    const made = alert('danger-today')
    const called = (trail: DomainReturn, at: string) =>
      notices(trail, at).flatMap((notice) => (notice.type === 'called' ? [notice.data.party] : []))
    expect(called(made, minutes(0))).toEqual([istanbul, consular])
    expect(called(alert('medical'), minutes(0))).toEqual([])
    expect(called(stepped(made, [[istanbul, 'acknowledge-alert']]), minutes(30))).toEqual([])
    expect(called(stepped(made, [[hotline, 'close-alert']]), minutes(30))).toEqual([])
    const passed = give(made, { by: istanbul, ...passTo(otherMission) })
    expect(called(passed, minutes(1))).toContain(otherMission)
    expect(called(passed, minutes(1))).not.toContain(istanbul)
  })
})
