import {
  BatchGetItemCommand,
  BatchWriteItemCommand,
  type DynamoDBClient,
  ExecuteStatementCommand,
  ExecuteTransactionCommand,
  GetItemCommand,
  type ParameterizedStatement,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
  TransactWriteItemsCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type AwsClients, outcome, type RunningEdge, startRunningEdge } from '../parts/running-edge.ts'

let parts: RunningEdge
let mission: AwsClients
beforeAll(async () => {
  parts = await startRunningEdge()
  mission = await parts.mission('K7QX')
})
afterAll(() => parts.stop())

const trail = 'acasa-trail'
const insert = `INSERT INTO "${trail}" VALUE {'ret': ?, 'seq': ?, 'event': ?}`
let last = 0
const seq = () => ({ N: String(++last) })
const event = { B: Buffer.from('{}') }
const transact = (...TransactStatements: ParameterizedStatement[]) =>
  outcome(mission.dynamodb.send(new ExecuteTransactionCommand({ TransactStatements })))
const head = (phase: string, version: number) => ({
  M: { version: { N: String(version) }, phase: { S: phase } },
})

describe('a transaction of a mission', () => {
  test('a mission appends an event and its head in one transaction, and reads them', async () => {
    const ret = { S: 'K7QXAPPEND' }
    const claimed = {
      Statement: `INSERT INTO "HeadsTable" VALUE {'ret': ?, 'head': ?}`,
      Parameters: [ret, head('filed', 0)],
    }
    expect(await transact({ Statement: insert, Parameters: [ret, seq(), event] }, claimed)).toBe('done')
    const moved = {
      Statement: `UPDATE "HeadsTable" SET "head"=? WHERE "ret"=? AND "head"."version"=?`,
      Parameters: [head('accepted', 1), ret, { N: '0' }],
    }
    expect(await transact({ Statement: insert, Parameters: [ret, seq(), event] }, moved)).toBe('done')
    const { Items } = await mission.dynamodb.send(
      new QueryCommand({
        TableName: trail,
        KeyConditionExpression: 'ret = :ret AND #seq >= :seq',
        ExpressionAttributeNames: { '#seq': 'seq' },
        ExpressionAttributeValues: { ':ret': ret, ':seq': { N: '0' } },
        ConsistentRead: true,
      }),
    )
    expect(Items).toHaveLength(2)
  })

  test('a mission gets the cancellation reasons of the database', async () => {
    const ret = { S: 'K7QXTWICE' }
    const statement = { Statement: insert, Parameters: [ret, seq(), event] }
    expect(await transact(statement)).toBe('done')
    const second = mission.dynamodb.send(new ExecuteTransactionCommand({ TransactStatements: [statement] }))
    await expect(second).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [{ Code: 'DuplicateItem' }],
    })
  })
})

describe('a call without permission', () => {
  const own = { S: 'K7QXREFUSED' }
  const foreign = { S: 'ZZZZREFUSED' }
  const Item = { ret: own, seq: { N: '1' } }

  const statements: [string, ParameterizedStatement][] = [
    ['a return of another mission', { Statement: insert, Parameters: [foreign, seq(), event] }],
    [
      'an UPDATE of the trail',
      {
        Statement: `UPDATE "${trail}" SET "event"=? WHERE "ret"=? AND "seq"=?`,
        Parameters: [event, own, { N: '1' }],
      },
    ],
    [
      'a DELETE from the trail',
      { Statement: `DELETE FROM "${trail}" WHERE "ret"=? AND "seq"=?`, Parameters: [own, { N: '1' }] },
    ],
    [
      'a WHERE without the hash key',
      {
        Statement: `UPDATE "HeadsTable" SET "head"=? WHERE "head"."version"=?`,
        Parameters: [head('x', 1), { N: '0' }],
      },
    ],
    [
      'an IN list',
      {
        Statement: `DELETE FROM "KeysTable" WHERE "ret" IN [?, ?] AND "wrap"=?`,
        Parameters: [own, foreign, { S: 'w' }],
      },
    ],
    ['an OR', { Statement: `DELETE FROM "KeysTable" WHERE "ret"=? OR "ret"=?`, Parameters: [own, foreign] }],
    [
      'a key given twice',
      {
        Statement: `INSERT INTO "${trail}" VALUE {'ret': ?, 'seq': ?, 'ret': ?}`,
        Parameters: [own, seq(), foreign],
      },
    ],
    [
      'a literal key',
      { Statement: `INSERT INTO "${trail}" VALUE {'ret': 'K7QXREFUSED', 'seq': ?}`, Parameters: [seq()] },
    ],
    ['a comment', { Statement: `${insert} -- K7QX`, Parameters: [own, seq(), event] }],
    [
      'two statements',
      {
        Statement: `${insert}; DELETE FROM "KeysTable" WHERE "ret"=?`,
        Parameters: [own, seq(), event, foreign],
      },
    ],
    [
      'a table that is not ours',
      { Statement: `INSERT INTO "other-table" VALUE {'ret': ?}`, Parameters: [own] },
    ],
    ['too few parameters', { Statement: insert, Parameters: [own] }],
    ['too many parameters', { Statement: insert, Parameters: [own, seq(), event, foreign] }],
    ['a key that is not a text', { Statement: insert, Parameters: [{ BOOL: true }, seq(), event] }],
    ['a text that is not a statement', { Statement: 'DROP TABLE everything', Parameters: [own] }],
  ]
  test.each(statements)('the edge refuses, in a transaction, %s', async (_, statement) => {
    expect(await transact(statement)).toBe('AccessDeniedException')
  })

  test('the edge refuses a transaction with one statement for another mission', async () => {
    const both = [own, foreign].map((ret) => ({ Statement: insert, Parameters: [ret, { N: '77' }, event] }))
    expect(await transact(...both)).toBe('AccessDeniedException')
  })

  test('the edge refuses an INSERT outside of a transaction', async () => {
    const alone = new ExecuteStatementCommand({ Statement: insert, Parameters: [own, seq(), event] })
    expect(await outcome(mission.dynamodb.send(alone))).toBe('AccessDeniedException')
  })

  const expression = 'ret = :ret'
  const values = { ':ret': own }
  const query = (input: object) =>
    new QueryCommand({
      TableName: trail,
      KeyConditionExpression: expression,
      ExpressionAttributeValues: values,
      ...input,
    })
  const party = (id: string) => ({
    TableName: 'WorklistsTable',
    KeyConditionExpression: 'party = :party',
    ExpressionAttributeValues: { ':party': { S: id } },
  })
  const keysOf = (...rets: { S: string }[]) =>
    new BatchGetItemCommand({
      RequestItems: { KeysTable: { Keys: rets.map((ret) => ({ ret, wrap: { S: 'w' } })) } },
    })

  const calls: [string, (db: DynamoDBClient) => Promise<unknown>][] = [
    ['PutItem on the trail', (db) => db.send(new PutItemCommand({ TableName: trail, Item }))],
    [
      'UpdateTimeToLive on the trail',
      (db) =>
        db.send(
          new UpdateTimeToLiveCommand({
            TableName: trail,
            TimeToLiveSpecification: { Enabled: true, AttributeName: 'seq' },
          }),
        ),
    ],
    [
      'BatchWriteItem',
      (db) => db.send(new BatchWriteItemCommand({ RequestItems: { [trail]: [{ PutRequest: { Item } }] } })),
    ],
    [
      'TransactWriteItems',
      (db) =>
        db.send(new TransactWriteItemsCommand({ TransactItems: [{ Put: { TableName: trail, Item } }] })),
    ],
    ['GetItem without a grant', (db) => db.send(new GetItemCommand({ TableName: trail, Key: Item }))],
    ['Scan', (db) => db.send(new ScanCommand({ TableName: trail }))],
    [
      'a Query of another mission',
      (db) => db.send(query({ ExpressionAttributeValues: { ':ret': foreign } })),
    ],
    [
      'a Query by a prefix of the key',
      (db) => db.send(query({ KeyConditionExpression: 'begins_with(ret, :ret)' })),
    ],
    ['a Query by another attribute', (db) => db.send(query({ KeyConditionExpression: 'seq = :ret' }))],
    ['a Query by two keys', (db) => db.send(query({ KeyConditionExpression: 'ret = :ret AND ret = :ret' }))],
    [
      'a Query with the conditions of 2012',
      (db) =>
        db.send(
          query({ KeyConditions: { ret: { ComparisonOperator: 'EQ', AttributeValueList: [foreign] } } }),
        ),
    ],
    ['the worklist of another mission', (db) => db.send(query(party('mission:ZZZZ')))],
    [
      'the worklist of another mission by its index',
      (db) => db.send(query({ ...party('mission:ZZZZ'), IndexName: 'by-rank' })),
    ],
    ['an unknown index', (db) => db.send(query({ ...party('mission:K7QX'), IndexName: 'by-nothing' }))],
    ['a batch with a foreign key in it', (db) => db.send(keysOf(own, foreign))],
  ]
  test.each(calls)('the edge refuses %s', async (_, call) => {
    expect(await outcome(call(mission.dynamodb))).toBe('AccessDeniedException')
  })

  test('the policy of the table denies what the role allows', async () => {
    const put = mission.dynamodb.send(new PutItemCommand({ TableName: trail, Item }))
    await expect(put).rejects.toThrow(/dynamodb:PutItem .* explicit deny in table:TrailTable#NobodyElse/)
    const scan = mission.dynamodb.send(new ScanCommand({ TableName: trail }))
    await expect(scan).rejects.toThrow(
      'User: arn:aws:sts::000000000000:assumed-role/MissionSessionRole/officer is not authorized to perform: ' +
        'dynamodb:Scan on resource: arn:aws:dynamodb:eu-central-1:000000000000:table/acasa-trail because no policy allows it',
    )
  })

  test('the database contains nothing of a refused call', async () => {
    const { Count } = await parts.as('IomRole').dynamodb.send(query({}))
    expect(Count).toBe(0)
    expect(
      (await parts.as('IomRole').dynamodb.send(query({ ExpressionAttributeValues: { ':ret': foreign } })))
        .Count,
    ).toBe(0)
  })

  test('the edge allows the same reads of its own returns', async () => {
    expect(await outcome(mission.dynamodb.send(query({})))).toBe('done')
    expect(await outcome(mission.dynamodb.send(query(party('mission:K7QX'))))).toBe('done')
    expect(
      await outcome(mission.dynamodb.send(query({ ...party('mission:K7QX'), IndexName: 'by-rank' }))),
    ).toBe('done')
    expect(await outcome(mission.dynamodb.send(keysOf(own)))).toBe('done')
  })
})

test('the policy of a table applies to its indexes', async () => {
  const scan = new ScanCommand({ TableName: 'WorklistsTable', IndexName: 'by-rank' })
  await expect(parts.as('InboxRole').dynamodb.send(scan)).rejects.toThrow(/deny in table:WorklistsTable/)
})

describe('the inbox', () => {
  const Item = { party: { S: 'iom' }, ret: { S: 'K7QXROW' }, rank: { S: '1' } }
  const put = {
    Put: { TableName: 'WorklistsTable', Item, ConditionExpression: 'attribute_not_exists(party)' },
  }

  test('the inbox writes its rows only in a transaction', async () => {
    const { dynamodb } = parts.as('InboxRole')
    expect(await outcome(dynamodb.send(new PutItemCommand(put.Put)))).toBe('AccessDeniedException')
    expect(await outcome(dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [put] })))).toBe('done')
    expect(await outcome(dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [put] })))).toBe(
      'TransactionCanceledException',
    )
  })
})

test('a mission reaches a return that it took over through the tag of the filing mission', async () => {
  const { dynamodb } = await parts.mission('K7QX', 'ZZZZ')
  const byRet = (ret: string) =>
    new QueryCommand({
      TableName: trail,
      KeyConditionExpression: 'ret = :ret',
      ExpressionAttributeValues: { ':ret': { S: ret } },
    })
  expect(await outcome(dynamodb.send(byRet('ZZZZANY')))).toBe('done')
  expect(await outcome(dynamodb.send(byRet('K7QXANY')))).toBe('AccessDeniedException')
})
