import { beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { indexesOf, type TableShape, tableNames, tables } from '../../schemas/deployment/tables.ts'
import { ofType, type Resource, type Resources, resourcesOf, statementsIn } from './synthesized.ts'

let resources: Resources
beforeAll(async () => {
  resources = await resourcesOf()
})

const replica = z.looseObject({
  DeletionProtectionEnabled: z.boolean(),
  PointInTimeRecoverySpecification: z.optional(z.unknown()),
  ResourcePolicy: z.optional(z.object({ PolicyDocument: z.unknown() })),
  SSESpecification: z.unknown(),
})
const idOf = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}Table`
const tableOf = (name: string): Resource => resources[idOf(name)] ?? { Type: 'none', Properties: {} }
const replicaOf = (name: string) => z.tuple([replica]).parse(tableOf(name).Properties.Replicas)[0]

describe('each table of schemas/deployment/tables.ts', () => {
  test.each(tableNames)('%s has its keys, stream, expiry and recovery', (name) => {
    const shape: TableShape = tables[name]
    const { Properties } = tableOf(name)
    expect(Properties.KeySchema).toEqual([
      { AttributeName: shape.hash, KeyType: 'HASH' },
      ...(shape.range ? [{ AttributeName: shape.range, KeyType: 'RANGE' }] : []),
    ])
    const keysOf = (hash: string, range: string) => [
      { AttributeName: hash, KeyType: 'HASH' },
      { AttributeName: range, KeyType: 'RANGE' },
    ]
    const named = (index: string, hash: string, range: string) => ({
      IndexName: index,
      KeySchema: keysOf(hash, range),
      Projection: { ProjectionType: 'ALL' },
    })
    const local = indexesOf(shape).map((index) => named(index.name, shape.hash, index.range))
    const global = shape.globalIndexes?.map((index) => named(index.name, index.hash, index.range))
    expect(Properties.LocalSecondaryIndexes).toEqual(local.length > 0 ? local : undefined)
    expect(Properties.GlobalSecondaryIndexes).toEqual(global)
    expect(Properties.BillingMode).toBe('PAY_PER_REQUEST')
    expect(Properties.StreamSpecification).toEqual(shape.stream ? { StreamViewType: 'KEYS_ONLY' } : undefined)
    expect(Properties.TimeToLiveSpecification).toEqual(
      shape.expires ? { AttributeName: shape.expires, Enabled: true } : undefined,
    )
    expect(replicaOf(name).PointInTimeRecoverySpecification).toEqual(
      shape.recoveryDays
        ? { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: shape.recoveryDays }
        : undefined,
    )
    expect(replicaOf(name).SSESpecification).toEqual({ KMSMasterKeyId: '<StorageKey.Arn>' })
  })

  test('there are no others', () => {
    expect(ofType(resources, 'AWS::DynamoDB::GlobalTable').map(([id]) => id)).toEqual(tableNames.map(idOf))
  })
})

const attribute = (name: string, type: string) => ({ AttributeName: name, AttributeType: type })

/** What CloudFormation would replace a table for, as it was when the first return was filed. */
const kept = {
  trail: [attribute('ret', 'S'), attribute('seq', 'N')],
  heads: [attribute('ret', 'S')],
  sealed: [attribute('ret', 'S'), attribute('section', 'S')],
  keys: [attribute('ret', 'S'), attribute('wrap', 'S')],
  access: [
    ...[attribute('subject', 'S'), attribute('n', 'N')],
    // Of its indexes: those can be added and taken away.
    ...['kind', 'moment', 'party', 'user', 'reference', 'about'].map((name) => attribute(name, 'S')),
  ],
  posts: [attribute('post', 'S'), attribute('version', 'N')],
  rooms: [attribute('centre', 'S'), attribute('version', 'N')],
  roster: [attribute('party', 'S'), attribute('version', 'N')],
  tags: [attribute('tag', 'S'), attribute('of', 'S')],
  matches: [attribute('match', 'S'), attribute('n', 'N')],
}

describe('what must never be lost', () => {
  test.each(Object.entries(kept))('%s: no deployment replaces or removes it', (name, attributes) => {
    const { Properties, DeletionPolicy, UpdateReplacePolicy } = tableOf(name)
    expect(Properties.TableName).toBe(`acasa-trial-${name}`)
    expect(Properties.AttributeDefinitions).toEqual(attributes)
    expect(replicaOf(name).DeletionProtectionEnabled).toBe(true)
    expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['Retain', 'Retain'])
  })

  const always = ['BatchWriteItem', 'DeleteItem', 'DeleteTable', 'PutItem', 'UpdateItem', 'UpdateTimeToLive']
  const forever = [...always, 'PartiQLDelete', 'PartiQLUpdate']
  const sealedOnce = [...always, 'PartiQLUpdate']
  const copies = ['CreateBackup', 'EnableKinesisStreamingDestination', 'ExportTableToPointInTime']
  test.each([
    ['trail', forever],
    ['access', forever],
    ['posts', forever],
    ['rooms', forever],
    ['roster', forever],
    ['heads', [...always, 'PartiQLDelete']],
    ['sealed', sealedOnce],
    ['matches', forever],
    ['keys', [...sealedOnce, ...copies]],
    ['tags', [...sealedOnce, ...copies]],
  ])('%s: its policy denies these to all but break-glass', (name, actions) => {
    expect(statementsIn(replicaOf(name).ResourcePolicy?.PolicyDocument)).toEqual([
      {
        Sid: 'NobodyElse',
        Effect: 'Deny',
        Principal: { AWS: ['*'] },
        Action: actions.map((action) => `dynamodb:${action}`).sort(),
        Resource: [`arn:aws:dynamodb:eu-central-1:<AWS::AccountId>:table/acasa-trial-${name}`],
        Condition: { ArnNotEquals: { 'aws:PrincipalArn': '<BreakGlassRole.Arn>' } },
      },
    ])
  })

  test.each(['keys', 'tags'])('%s leave no copy: no stream, and one day of recovery', (name) => {
    expect(tableOf(name).Properties.StreamSpecification).toBeUndefined()
    expect(replicaOf(name).PointInTimeRecoverySpecification).toMatchObject({ RecoveryPeriodInDays: 1 })
  })

  test('names can be deleted, and a week later nothing brings one back', () => {
    expect(replicaOf('people').PointInTimeRecoverySpecification).toMatchObject({ RecoveryPeriodInDays: 7 })
  })

  test('no other table outlives the stack, and none of them is protected', () => {
    for (const name of tableNames.filter((table) => !Object.hasOwn(kept, table))) {
      expect(tableOf(name).DeletionPolicy).toBe('Delete')
      expect(replicaOf(name).ResourcePolicy).toBeUndefined()
    }
  })
})
