import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import type { RecordedCall } from '../../infra/local/edge/call-log.ts'
import { deskOf } from '../parts/desk.ts'
import { takingTurns } from './containers.ts'
import { every } from './every.ts'
import { estimateUsd } from './price.ts'

test('an item that fails is named at the end, and all the others are done', async () => {
  const done: number[] = []
  const work = every([1, 2, 3, 4], { nameOf: (item) => `item ${item}` }, async (item) => {
    if (item === 2) throw new Error('no browser')
    if (item === 3) throw { status: 409, code: 'conflict' }
    done.push(item)
  })
  await expect(work).rejects.toThrow('item 2: no browser; item 3: {"status":409,"code":"conflict"}')
  expect(done).toEqual([1, 4])
})

test('no more items are worked on at a time than there are lanes, and each of them once', async () => {
  let working = 0
  const seen: { item: number; working: number }[] = []
  await every([1, 2, 3, 4, 5], { nameOf: String, lanes: 2 }, async (item) => {
    working++
    await pause(1)
    seen.push({ item, working })
    working--
  })
  expect(seen.map(({ item }) => item).toSorted()).toEqual([1, 2, 3, 4, 5])
  expect(Math.max(...seen.map((entry) => entry.working))).toBe(2)
})

const deskOfParty = (party: string) => deskOf('http://127.0.0.1', 'token', { name: 'any', party })

test('nobody else uses a function meanwhile, and one that fails does not keep the next waiting', async () => {
  const alone = takingTurns()
  const heard: string[] = []
  const turn = (party: string, name: string) =>
    alone(deskOfParty(party), async () => {
      heard.push(`${name} begins`)
      await pause(5)
      heard.push(`${name} ends`)
      if (name === 'first') throw new Error('refused')
    })
  const turns = [turn('mission:1XGE', 'first'), turn('mission:2ABC', 'second'), turn('iom', 'other')]
  expect((await Promise.allSettled(turns)).map(({ status }) => status)).toEqual([
    'rejected',
    'fulfilled',
    'fulfilled',
  ])
  // The two missions have one function; IOM has another.
  expect(heard.filter((line) => !line.startsWith('other'))).toEqual([
    ...['first begins', 'first ends'],
    ...['second begins', 'second ends'],
  ])
  expect(heard.indexOf('other begins')).toBeLessThan(heard.indexOf('first ends'))
})

const counted = { requests: 0, writeUnits: 0, functions: new Map() }
const callOf = (operation: string): RecordedCall => ({
  ...{ service: 'dynamodb', operation, role: 'r', function: 'F', start: 0, end: 1, status: 200 },
})

test('an operation whose price is not known is named, not taken for free', () => {
  expect(estimateUsd([callOf('Query')], counted)).toBeGreaterThan(0)
  expect(() => estimateUsd([callOf('Query'), callOf('ImportTable')], counted)).toThrow('ImportTable')
})

test('a write costs by its units alone', () => {
  for (const operation of ['ExecuteTransaction', 'TransactWriteItems', 'PutItem', 'UpdateItem', 'DeleteItem'])
    expect(estimateUsd([callOf(operation)], counted)).toBe(0)
  expect(estimateUsd([], { ...counted, writeUnits: 2 })).toBeGreaterThan(0)
})
