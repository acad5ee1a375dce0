import { createHash, createHmac } from 'node:crypto'
import { calculateJwkThumbprint } from 'jose'
import { expect, test } from 'vitest'
import { accessHash, eventHash, genesis, logKeyId, logTag } from '../../../functions/trail/chain.ts'

const bytes = new TextEncoder().encode('{"a":1}')
const key = new Uint8Array(32).fill(7)

test('an event hash is over the prefix and the bytes', () => {
  const expected = createHash('sha256').update('acasa/event/v1\n{"a":1}').digest('hex')
  expect(eventHash(bytes)).toBe(expected)
  expect(genesis).toMatch(/^0{64}$/)
})

test('the same bytes hash otherwise as an access record', () => {
  expect(accessHash(bytes)).not.toBe(eventHash(bytes))
})

test.each([
  [0, '0000000000000000'],
  [258, '0000000000000102'],
  [99_999_999, '0000000005f5e0ff'],
])('the tag of event %i is over its place as eight bytes, cut to sixteen', (seq, place) => {
  const message = Buffer.concat([Buffer.from('acasa/tag/v1'), Buffer.from(place, 'hex')])
  const expected = createHmac('sha256', key).update(message).digest().subarray(0, 16)
  expect(Buffer.from(logTag(key, seq))).toEqual(expected)
})

test("a log key's id is the thumbprint that jose makes", async () => {
  const jwk = { kty: 'oct', k: Buffer.from(key).toString('base64url') }
  expect(logKeyId(key)).toBe(await calculateJwkThumbprint(jwk))
})
