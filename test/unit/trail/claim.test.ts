import { createHash, createHmac } from 'node:crypto'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { bodyMac, claimHash, sameBody } from '../../../functions/trail/claim.ts'

test('a claim hash covers each part with its length before it', () => {
  const expected = createHash('sha256')
    .update(Buffer.from('00000003', 'hex'))
    .update('aș')
    .update(Buffer.from('00000000', 'hex'))
  expect(claimHash(['aș', ''])).toBe(expected.digest('hex'))
})

test('no two lists of parts have one hash', () => {
  const parts = fc.array(fc.string({ maxLength: 3 }), { maxLength: 4 })
  fc.assert(
    fc.property(parts, parts, (left, right) => {
      fc.pre(JSON.stringify(left) !== JSON.stringify(right))
      expect(claimHash(left)).not.toBe(claimHash(right))
    }),
  )
  expect(claimHash(['ab', 'c'])).not.toBe(claimHash(['a', 'bc']))
  expect(claimHash(['a', ''])).not.toBe(claimHash(['a']))
})

test('a body is recognised by its MAC under the key, and by no other MAC', () => {
  const body = Buffer.from('{"a":1}')
  const claim = { party: 'iom', claim: 'c', mac: bodyMac('key', body), ret: 'r', seq: 0 }
  expect(claim.mac).toBe(createHmac('sha256', 'key').update(body).digest('hex'))
  expect(sameBody(claim, bodyMac('key', body))).toBe(true)
  expect(sameBody(claim, bodyMac('key', Buffer.from('{"a":2}')))).toBe(false)
  expect(sameBody(claim, bodyMac('other', body))).toBe(false)
  expect(sameBody({ ...claim, mac: '' }, bodyMac('key', body))).toBe(false)
})
