import { describe, expect, test } from 'vitest'
import { dueFor } from '../../../../functions/domain/schedule/due.ts'
import type { PartyId } from '../../../../schemas/values/parties.ts'
import { centre, iom, istanbul, withdrawalOf } from '../../../parts/bodies.ts'
import { type DomainReturn, give, keptIn, lastDues, stateOf } from '../../../parts/domain-return.ts'
import {
  asked,
  care,
  dawn,
  days,
  late,
  left,
  offered,
  planned,
  received,
  service,
} from '../../../parts/domain-stay.ts'

describe('what ended does not escalate', () => {
  test.each<[string, DomainReturn, string[]]>([
    ['a service that is done', offered(received(), service('legal', 'done', '2026-12-09')), []],
    ['a service that was refused', received(service('legal', 'refused', '2026-12-09')), []],
    [
      'a service that was done since',
      offered(
        received(service('medical', 'accepted', '2026-12-08')),
        service('medical', 'done', '2026-12-08'),
      ),
      [],
    ],
    [
      'of two services on one day one that is done',
      offered(received(), service('legal', 'done', '2026-12-09'), service('work', 'offered', '2026-12-09')),
      ['service 2026-12-09'],
    ],
    [
      'the end of a stay that was prolonged',
      planned(planned(received(), '2027-01-04'), '2027-02-03', 'proceedings'),
      ['stay 2027-02-03'],
    ],
    [
      'a stay and its services, once she left',
      left(offered(planned(received(), '2027-01-04'), service('legal', 'offered', '2026-12-28'))),
      [],
    ],
    [
      'a stay, once she went home',
      give(planned(received(), '2027-01-04'), { name: 'refer-home', by: iom }),
      [],
    ],
    ['coming back, once she came', give(left(received(), '2026-12-27'), { name: 'admit', by: centre }), []],
    ['asking again, once nobody asks any more', asked(asked(received(), '2027-02-20')), []],
  ])('%s', (_, made, expected) => {
    expect(days(made)).toEqual(expected)
  })

  const full = () =>
    asked(offered(planned(received(), '2027-01-04'), service('legal', 'offered', '2026-12-09')), '2027-02-20')

  test('a closed return escalates asking how she is and no other day, and all of them once it is reopened', () => {
    const closed = give(full(), { name: 'close', by: centre })
    expect(late(closed, dawn('2028-01-01'))).toHaveLength(1)
    expect(dueFor(stateOf(closed), centre).map(({ step }) => step)).toEqual(['follow-up'])
    const again = give(closed, { name: 'reopen', by: centre })
    expect(late(again, dawn('2028-01-01'))).toHaveLength(3)
  })

  test('a removed centre is reminded of nothing', () => {
    const made = give(full(), { name: 'withdraw', by: istanbul, body: withdrawalOf(centre) })
    expect(stateOf(made).basis.get(centre)).toBe('withdrawn')
    expect(late(made, dawn('2028-01-01'))).toEqual([])
    expect(dueFor(stateOf(made), istanbul).map(({ owner }) => owner)).not.toContain('centre')
  })

  test('a struck day is not due any more', () => {
    const made = full()
    for (const [slot, gone] of [
      ['stay-plan', 'stay 2027-01-04'],
      ['services', 'service 2026-12-09'],
      ['follow-up', 'follow-up 2027-02-20'],
    ] as const) {
      const [kept] = keptIn(made, slot)
      const struck = give(made, {
        name: 'strike',
        by: centre,
        body: { strikes: [kept?.section.sec] },
      })
      expect(days(struck)).toEqual(days(made).filter((day) => day !== gone))
    }
  })

  test('a corrected leaving has ended no day', () => {
    const made = left(full(), '2026-12-27')
    expect(days(made)).toEqual(['follow-up 2027-02-20', 'coming-back 2026-12-27'])
    const corrected = give(made, { name: 'correct', by: centre, body: { corrects: made.events.length - 1 } })
    expect(days(corrected)).toEqual(days(full()))
  })
})

describe('an amended intake', () => {
  const amended = (made: DomainReturn, by: PartyId, dueOn: string) =>
    give(made, {
      name: 'amend',
      by,
      body: { slot: 'intake', ...care([service('medical', 'accepted', dueOn)]) },
    })
  const first = received(service('medical', 'accepted', '2026-12-08'))

  test.each([centre, iom])("an intake amended by %s has its new days, which are the Centre's", (by) => {
    const made = amended(first, by, '2026-12-10')
    expect(stateOf(made).stayDays).toMatchObject([{ item: 'service', party: centre, day: '2026-12-10' }])
  })

  test('an amended intake changes no day of services that were offered since', () => {
    const made = amended(offered(first, service('medical', 'accepted', '2026-12-15')), centre, '2026-12-10')
    expect([days(made), lastDues(made)]).toEqual([['service 2026-12-15'], {}])
  })
})
