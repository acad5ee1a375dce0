import { expect, test } from 'vitest'
import { newReturnId } from '../../../functions/trail/ids.ts'
import { pendingKey, pendingShard } from '../../../functions/trail/pending.ts'
import { pendingShards } from '../../../schemas/deployment/tables.ts'

const at = '2026-11-21T09:00:00.000Z'

test('a row can be found again from its event alone', () => {
  const ret = newReturnId('K7QX')
  expect(pendingKey(ret, at, 12)).toEqual(pendingKey(ret, at, 12))
  expect(pendingKey(ret, at, 12).since).toBe(`${at}#${ret}#00000012`)
})

test('returns are spread over all the shards, and over no others', () => {
  const shards = Array.from({ length: pendingShards }, (_, shard) => pendingShard(shard))
  expect(shards[0]).toBe('deliver#00')
  expect(shards.at(-1)).toBe('deliver#15')
  const used = new Set(Array.from({ length: 1000 }, () => pendingKey(newReturnId('K7QX'), at, 0).shard))
  expect([...used].sort()).toEqual(shards)
})

test('the oldest sorts first', () => {
  const ret = newReturnId('K7QX')
  const keys = [
    pendingKey(ret, '2026-11-21T09:00:00.000Z', 9),
    pendingKey(ret, '2026-11-21T09:00:00.000Z', 10),
    pendingKey(ret, '2026-11-21T09:00:00.001Z', 0),
    pendingKey(ret, '2026-12-01T00:00:00.000Z', 0),
  ].map(({ since }) => since)
  expect([...keys].sort()).toEqual(keys)
})
