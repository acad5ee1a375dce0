import { test } from 'vitest'
import { bodies, centre, happened } from '../../../parts/bodies.ts'
import { upTo } from '../../../parts/domain-return.ts'
import { given } from '../../../parts/given.ts'

const planTo = (until: string) => ({ name: 'plan-stay', by: centre, body: { case: { until } } }) as const

test('given a person at the Centre, when services are offered, then each day of one that is to be done is noted', () => {
  given(upTo('admit'))
    .when({ name: 'offer-services', by: centre, body: bodies['offer-services'] })
    .thenEvent({
      type: 'services-offered',
      data: { due: [{ step: 'service', day: '2026-12-09' }] },
      sections: { care: 'services' },
    })
})

test('given a planned stay, when it is planned longer without a reason, then it is refused', () => {
  given(upTo('admit'), planTo('2027-01-04'))
    .when(planTo('2027-02-04'))
    .thenRefused('bad-input', ['case.longer'])
})

test('given a planned stay, when it is planned shorter, then the new day stands', () => {
  given(upTo('admit'), planTo('2027-01-04'))
    .when(planTo('2026-12-20'))
    .thenEvent({
      type: 'stay-planned',
      data: { due: [{ step: 'stay', day: '2026-12-20' }] },
      sections: { case: 'stay-plan' },
    })
})

test('given a person at the Centre, when she leaves for some days, then the day of her return is noted', () => {
  given(upTo('admit'))
    .when({
      name: 'leave-centre',
      by: centre,
      body: { case: { happened: happened('2026-12-20'), to: 'relatives', backOn: '2026-12-27' } },
    })
    .thenEvent({
      type: 'left-centre',
      data: { unseen: [], due: [{ step: 'coming-back', day: '2026-12-27' }] },
      sections: { case: 'leaving' },
    })
})

test('given a person who left, when the Centre asks how she is, then nothing more is due', () => {
  given(upTo('admit'))
    .when({ name: 'follow-up', by: centre, body: bodies['follow-up'] })
    .thenEvent({ type: 'followed-up', data: {}, sections: { care: 'follow-up' } })
})
