import { test } from 'vitest'
import { bodies, centre, iom, istanbul } from '../../../parts/bodies.ts'
import { filed, upTo } from '../../../parts/domain-return.ts'
import { given } from '../../../parts/given.ts'

const talk = { text: 'Made up for a test.' }

test('given a filing, when IOM acknowledges it, then the acceptance is due', () => {
  given(filed())
    .when({ name: 'acknowledge', by: iom, body: {} })
    .thenEvent({ type: 'acknowledged', data: { due: [{ step: 'accept', day: '2026-11-25' }] } })
})

test('given a filing, when IOM sends it back, then the reason is for the mission that filed', () => {
  given(filed())
    .when({ name: 'send-back', by: iom, body: { talk } })
    .thenEvent({ type: 'sent-back', data: {}, for: istanbul, sections: { talk: 'reason' } })
})

test('given a filing that nobody acknowledged, when IOM accepts it, then the phase is wrong', () => {
  given(filed()).when({ name: 'accept', by: iom, body: {} }).thenRefused('wrong-phase')
})

test('given a filing that IOM arranges, when its mission acknowledges it, then it is refused', () => {
  given(filed()).when({ name: 'acknowledge', by: istanbul, body: {} }).thenRefused('not-yours')
  given(filed()).when({ name: 'acknowledge', by: centre, body: {} }).thenRefused('not-yours')
})

test('given an accepted return, when IOM sends it back, then it is the mission’s again', () => {
  given(upTo('accept'))
    .when({ name: 'send-back', by: iom, body: bodies['send-back'] })
    .thenEvent({ type: 'sent-back', data: {}, for: istanbul, sections: { talk: 'reason' } })
})
