import { type DynamoDBClient, GetItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb'
import { DecryptCommand } from '@aws-sdk/client-kms'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type TableName, type TableShape, tables } from '../../schemas/deployment/tables.ts'
import { istanbul } from '../parts/bodies.ts'
import { type Desk, refusalOf } from '../parts/desk.ts'
import { type FunctionClients, outcomeOf, sessionOf } from '../parts/function-clients.ts'
import { keptBesideRefusals } from '../parts/refused.ts'
import { fileOne, type OwnStack, startRunning } from '../parts/running-stack.ts'
import { bodies } from '../parts/todays-bodies.ts'

let running: OwnStack
let rome: Desk
let ret = ''
beforeAll(async () => {
  running = await startRunning({
    replace: { 'functions/api/returns/membership.ts': 'test/parts/replacements/everyone-is-invited.ts' },
  })
  rome = await running.desk('rome')
  ret = await fileOne(await running.desk('istanbul'))
  await running.settled()
})
afterAll(() => running.stop())

test('were our check to give the tag of a filer to everyone, the trail itself still says who is on the return', async () => {
  const before = keptBesideRefusals(running)
  const operationDescriptions = [
    () => rome.see(ret),
    () => rome.open(ret, ['identity']),
    () => rome.events(ret),
    () => rome.export(ret),
    () => rome.command(ret, 'depart', bodies.depart),
    () => rome.command(ret, 'cancel', bodies.cancel),
  ]
  for (const operation of operationDescriptions)
    expect(await refusalOf(operation())).toMatchObject({ status: 404, code: 'not-found' })
  expect(keptBesideRefusals(running)).toEqual(before)
})

describe('a session of Rome with the tag of Istanbul as filer', () => {
  let session: FunctionClients
  beforeAll(async () => {
    session = await sessionOf(running.stack, 'mission', '19B6', { code: '19B6', filer: '1XGE' })
  })
  const nameOf = (table: TableName) =>
    running.stack.template.nameOf(`${table[0]?.toUpperCase()}${table.slice(1)}Table`)
  const hashOf = (table: TableName, index?: string) => {
    const { hash, globalIndexes = [] }: TableShape = tables[table]
    return globalIndexes.find(({ name }) => name === index)?.hash ?? hash
  }
  const query = (db: DynamoDBClient, table: TableName, hash: string, index?: string) =>
    outcomeOf(
      db.send(
        new QueryCommand({
          TableName: nameOf(table),
          ...(index ? { IndexName: index } : {}),
          KeyConditionExpression: '#hash = :hash',
          ExpressionAttributeNames: { '#hash': hashOf(table, index) },
          ExpressionAttributeValues: { ':hash': { S: hash } },
        }),
      ),
    )
  const get = (table: 'worklists' | 'claims', party: string) =>
    outcomeOf(
      session.db.send(
        new GetItemCommand({
          TableName: nameOf(table),
          Key: { party: { S: party }, [tables[table].range]: { S: ret } },
        }),
      ),
    )

  test('reaches the rows of Istanbul’s returns, of which each names ids and codes: this our check alone keeps', async () => {
    for (const table of ['trail', 'sealed', 'keys', 'deliveries', 'access'] as const)
      expect([table, await query(session.db, table, ret)]).toEqual([table, 'allowed'])
  })

  test('opens no wrap of Istanbul, whatever it calls itself', async () => {
    const rows = await running.stored.rows('keys', ret)
    const own = rows.filter(({ wrap }) => wrap?.S?.startsWith(`${istanbul}#`))
    expect(own.length).toBeGreaterThan(5)
    for (const { wrap, blob } of own)
      for (const party of [istanbul, rome.party]) {
        const [, cls = '', sec = ''] = wrap?.S?.split('#') ?? []
        const call = new DecryptCommand({
          CiphertextBlob: blob?.B,
          EncryptionContext: { ret, sec, cls, party },
        })
        expect(await outcomeOf(session.kms.send(call))).toMatch(/AccessDenied|InvalidCiphertext/)
      }
  })

  test.each<[string, () => Promise<string>]>([
    [
      'the requests on the worklist of Istanbul',
      () => query(session.db, 'worklists', istanbul, 'by-request'),
    ],
    ['the lists of Istanbul', () => query(session.db, 'work', istanbul)],
    ['a row of it', () => get('worklists', istanbul)],
    ['what people of Istanbul were refused', () => query(session.db, 'access', `refused#${istanbul}#x`)],
    ['the access records of all returns', () => query(session.db, 'access', istanbul, 'by-party')],
    ['a claim of Istanbul', () => get('claims', istanbul)],
    ['a return of a third mission', () => query(session.db, 'trail', `6HKJ${ret.slice(4)}`)],
    ['one of its own, while it has this tag', () => query(session.db, 'trail', `19B6${ret.slice(4)}`)],
  ])('does not reach %s', async (_, operation) => {
    expect(await operation()).toBe('AccessDeniedException')
  })

  test('reaches its own worklist and claims', async () => {
    expect(await get('worklists', rome.party)).toBe('allowed')
    expect(await get('claims', rome.party)).toBe('allowed')
    expect(await query(session.db, 'access', `refused#${rome.party}#x`)).toBe('allowed')
  })
})
