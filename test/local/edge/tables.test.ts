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
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Clients, outcome, type Parts, startParts } from '../parts/running-edge.ts'

let parts: Parts
let mission: Clients
beforeAll(async () => {
  parts = await startParts()
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

describe('a mission appends to its own returns', () => {
  it('in one transaction of event and head, and reads them back', async () => {
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

  it('gets the reasons of the database when the transaction is cancelled', async () => {
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

describe('is refused, and nothing is written', () => {
  const own = { S: 'K7QXREFUSED' }
  const foreign = { S: 'ZZZZREFUSED' }
  const Item = { ret: own, seq: { N: '1' } }

  const statements: [string, ParameterizedStatement][] = [
    ['the return of another mission', { Statement: insert, Parameters: [foreign, seq(), event] }],
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
    ['what is no statement', { Statement: 'DROP TABLE everything', Parameters: [own] }],
  ]
  it.each(statements)('in a transaction: %s', async (_, statement) => {
    expect(await transact(statement)).toBe('AccessDeniedException')
  })

  it('a transaction of which one statement is foreign', async () => {
    const both = [own, foreign].map((ret) => ({ Statement: insert, Parameters: [ret, { N: '77' }, event] }))
    expect(await transact(...both)).toBe('AccessDeniedException')
  })

  it('the same INSERT outside of a transaction', async () => {
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
    ['GetItem, which nobody granted', (db) => db.send(new GetItemCommand({ TableName: trail, Key: Item }))],
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
    [
      'an index that is not there',
      (db) => db.send(query({ ...party('mission:K7QX'), IndexName: 'by-nothing' })),
    ],
    ['a batch with a foreign key in it', (db) => db.send(keysOf(own, foreign))],
  ]
  it.each(calls)('%s', async (_, call) => {
    expect(await outcome(call(mission.dynamodb))).toBe('AccessDeniedException')
  })

  it('by the policy of the table itself where the role would be allowed', async () => {
    const put = mission.dynamodb.send(new PutItemCommand({ TableName: trail, Item }))
    await expect(put).rejects.toThrow(/dynamodb:PutItem .* explicit deny in table:TrailTable#NobodyElse/)
    const scan = mission.dynamodb.send(new ScanCommand({ TableName: trail }))
    await expect(scan).rejects.toThrow(
      'User: arn:aws:sts::000000000000:assumed-role/MissionSessionRole/officer is not authorized to perform: ' +
        'dynamodb:Scan on resource: arn:aws:dynamodb:eu-central-1:000000000000:table/acasa-trail because no policy allows it',
    )
  })

  it('so that the database holds none of it', async () => {
    const { Count } = await parts.as('IomRole').dynamodb.send(query({}))
    expect(Count).toBe(0)
    expect(
      (await parts.as('IomRole').dynamodb.send(query({ ExpressionAttributeValues: { ':ret': foreign } })))
        .Count,
    ).toBe(0)
  })

  it('and allows the same reads for its own', async () => {
    expect(await outcome(mission.dynamodb.send(query({})))).toBe('done')
    expect(await outcome(mission.dynamodb.send(query(party('mission:K7QX'))))).toBe('done')
    expect(
      await outcome(mission.dynamodb.send(query({ ...party('mission:K7QX'), IndexName: 'by-rank' }))),
    ).toBe('done')
    expect(await outcome(mission.dynamodb.send(keysOf(own)))).toBe('done')
  })
})

it('the policy of a table speaks for its indexes too', async () => {
  const scan = new ScanCommand({ TableName: 'WorklistsTable', IndexName: 'by-rank' })
  await expect(parts.as('InboxRole').dynamodb.send(scan)).rejects.toThrow(/deny in table:WorklistsTable/)
})

describe('the inbox', () => {
  const Item = { party: { S: 'iom' }, ret: { S: 'K7QXROW' }, rank: { S: '1' } }
  const put = {
    Put: { TableName: 'WorklistsTable', Item, ConditionExpression: 'attribute_not_exists(party)' },
  }

  it('writes its rows in a transaction, and only in one', async () => {
    const { dynamodb } = parts.as('InboxRole')
    expect(await outcome(dynamodb.send(new PutItemCommand(put.Put)))).toBe('AccessDeniedException')
    expect(await outcome(dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [put] })))).toBe('done')
    expect(await outcome(dynamodb.send(new TransactWriteItemsCommand({ TransactItems: [put] })))).toBe(
      'TransactionCanceledException',
    )
  })
})

it('a case that was handed over is reached through the tag of who filed it', async () => {
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
