import { afterAll, beforeAll, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { stateAfter } from '../../../functions/domain/evolve.ts'
import { appendEvent, nextEvent } from '../../../functions/trail/append-event.ts'
import { genesis } from '../../../functions/trail/chain.ts'
import { bodyMac } from '../../../functions/trail/claim.ts'
import { readTrail } from '../../../functions/trail/read.ts'
import { deleteWrap } from '../../../functions/vault/stored.ts'
import { openDoor } from '../../parts/door.ts'
import { startDynamodb, type TestDynamodb } from '../../parts/dynamodb.ts'
import { makeTrail } from '../../parts/trails.ts'

let dynamodb: TestDynamodb
beforeAll(async () => {
  dynamodb = await startDynamodb()
})
afterAll(() => dynamodb.stop())

const mac = bodyMac('a key', Buffer.from('{}'))
const transaction = z.object({ TransactStatements: z.array(z.object({ Statement: z.string() })) })

test('an event follows the one before, and its time is not earlier', async () => {
  const { ret, events } = await makeTrail(1)
  const [filed] = events
  if (!filed) throw new Error('The trail is empty.')
  const { by, to, idem, data, sections } = filed
  const next = nextEvent({ ret, events, lastHash: genesis }, '2020-01-01T00:00:00.000Z', {
    ...{ type: 'acknowledged', by, to, idem, sections: [], data: { due: [] } },
  })
  expect(next).toMatchObject({ ret, seq: 1, prev: genesis, at: filed.at })
  expect(() =>
    nextEvent({ ret, events, lastHash: genesis }, filed.at, {
      type: 'acknowledged',
      by,
      to,
      idem,
      data,
      sections,
    }),
  ).toThrow()
})

test('deletions that do not fit into the transaction go before it, and the event is in the last one', async () => {
  const { ret, log, events } = await makeTrail(1)
  const [event] = events
  if (!event) throw new Error('The trail is empty.')
  const sent: string[][] = []
  const door = await openDoor(dynamodb.url, ({ body }) => {
    sent.push(transaction.parse(JSON.parse(body)).TransactStatements.map(({ Statement }) => Statement))
    return undefined
  })
  const removals = Array.from({ length: 150 }, (_, place) =>
    deleteWrap(dynamodb.names.keys, { ret, wrap: `iom#case#${place}` }),
  )
  const appended = await appendEvent(dynamodb.client(door.url), dynamodb.names, event, stateAfter(events), {
    ...{ mac, logKey: log.key, rows: [], removals },
  })
  await door.stop()
  expect(appended).toEqual({ kind: 'appended' })
  expect(sent.map((statements) => statements.length)).toEqual([54, 100])
  expect(sent[0]?.every((statement) => statement.startsWith('DELETE'))).toBe(true)
  expect((await readTrail(dynamodb.client(), dynamodb.names.trail, ret)).version).toBe(1)
})
