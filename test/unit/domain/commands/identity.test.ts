import { test } from 'vitest'
import { bodies, iom, istanbul, otherMission } from '../../../parts/bodies.ts'
import { filed, upTo } from '../../../parts/domain-return.ts'
import { given } from '../../../parts/given.ts'

const confirm = { name: 'confirm-identity', by: istanbul, body: bodies['confirm-identity'] } as const
const issue = { name: 'issue-document', by: istanbul, body: bodies['issue-document'] } as const

test('given a filing, when its mission confirms the identity, then the document is due', () => {
  given(filed())
    .when(confirm)
    .thenEvent({
      type: 'identity-confirmed',
      data: { due: [{ step: 'issue-document', day: '2026-11-25' }] },
      sections: { identity: 'check' },
    })
})

test('given a confirmed identity, when a document is issued, then a day to look at it again is noted', () => {
  given(filed(), confirm)
    .when(issue)
    .thenEvent({
      type: 'document-issued',
      data: { due: [{ step: 'check-document', day: '2026-12-11' }] },
      sections: { identity: 'document' },
    })
})

test('given an identity that nobody has confirmed, when a document is issued, then a gate is closed', () => {
  given(filed()).when(issue).thenRefused('gate-closed')
})

test('given a return of one mission, when another confirms the identity, then it finds no return', () => {
  given(filed())
    .when({ ...confirm, by: otherMission })
    .thenRefused('not-found')
  given(upTo('accept'))
    .when({ ...confirm, by: iom })
    .thenRefused('not-yours')
})
