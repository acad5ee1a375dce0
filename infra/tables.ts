import { RemovalPolicy, Stack } from 'aws-cdk-lib'
import { AttributeType, Billing, StreamViewType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb'
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Key } from 'aws-cdk-lib/aws-kms'
import { Construct } from 'constructs'
import {
  indexesOf,
  type TableName,
  type TableShape,
  tableNames,
  tables,
} from '../schemas/deployment/tables.ts'
import { pinned, titled } from './logical-id.ts'
import type { Roles } from './roles.ts'

export type Tables = Record<TableName, TableV2>

/** Every action that can change an item. `PutItem` can overwrite: IAM does not see a condition that forbids it. */
const writes = [
  'PutItem',
  'UpdateItem',
  'DeleteItem',
  'BatchWriteItem',
  'PartiQLInsert',
  'PartiQLUpdate',
  'PartiQLDelete',
] as const

/** The writes that a retained table allows. Its policy denies every other write to everybody. */
const allowedWrites: Partial<Record<TableName, readonly (typeof writes)[number][]>> = {
  trail: ['PartiQLInsert'],
  heads: ['PartiQLInsert', 'PartiQLUpdate'],
  sealed: ['PartiQLInsert', 'PartiQLDelete'],
  keys: ['PartiQLInsert', 'PartiQLDelete'],
  access: ['PartiQLInsert'],
  posts: ['PartiQLInsert'],
  rooms: ['PartiQLInsert'],
  roster: ['PartiQLInsert'],
  tags: ['PartiQLInsert', 'PartiQLDelete'],
  matches: ['PartiQLInsert'],
}

/** A copy of a wrap or a tag would survive its erasure: these tables have no copy besides their recovery window. */
const copies = ['CreateBackup', 'ExportTableToPointInTime', 'EnableKinesisStreamingDestination']

/** The actions that the policy of a retained table denies to everybody except break-glass. */
export function denied(table: TableName): string[] {
  const otherWrites = writes.filter((action) => !(allowedWrites[table] ?? []).includes(action))
  const removals = [
    'DeleteTable',
    'UpdateTimeToLive',
    ...(table === 'keys' || table === 'tags' ? copies : []),
  ]
  return [...otherWrites, ...removals].map((action) => `dynamodb:${action}`)
}

/** The tables of `schemas/deployment/tables.ts`, on demand, under the storage key. */
export function createTables(parent: Construct, storage: Key, roles: Roles, stage: string): Tables {
  const scope = new Construct(parent, 'Tables')
  const created = tableNames.map((name) => [name, createTable(scope, name, storage, roles, stage)])
  return Object.fromEntries(created) as Tables
}

function createTable(scope: Construct, name: TableName, storage: Key, roles: Roles, stage: string): TableV2 {
  const shape: TableShape = tables[name]
  const physical = `acasa-${stage}-${name}`
  const table = new TableV2(scope, name, {
    // CloudFormation refuses to replace a resource with a fixed name. A table that can be rebuilt has none and may be
    // replaced.
    tableName: shape.keep ? physical : undefined,
    partitionKey: { name: shape.hash, type: AttributeType.STRING },
    sortKey: shape.range
      ? {
          name: shape.range,
          type: shape.rangeType === 'N' ? AttributeType.NUMBER : AttributeType.STRING,
        }
      : undefined,
    localSecondaryIndexes: indexesOf(shape).map(({ name: indexName, range }) => ({
      indexName,
      sortKey: { name: range, type: AttributeType.STRING },
    })),
    globalSecondaryIndexes: shape.globalIndexes?.map(({ name: indexName, hash, range }) => ({
      indexName,
      partitionKey: { name: hash, type: AttributeType.STRING },
      sortKey: { name: range, type: AttributeType.STRING },
    })),
    billing: Billing.onDemand(),
    encryption: TableEncryptionV2.customerManagedKey(storage),
    dynamoStream: shape.stream ? StreamViewType.KEYS_ONLY : undefined,
    timeToLiveAttribute: shape.expires,
    pointInTimeRecoverySpecification: shape.recoveryDays
      ? { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: shape.recoveryDays }
      : undefined,
    deletionProtection: shape.keep ?? false,
    removalPolicy: shape.keep ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    resourcePolicy: shape.keep
      ? denialPolicy(
          denied(name),
          Stack.of(scope).formatArn({ service: 'dynamodb', resource: 'table', resourceName: physical }),
          roles,
        )
      : undefined,
  })
  return pinned(table, `${titled(name)}Table`)
}

function denialPolicy(actions: string[], arn: string, roles: Roles): PolicyDocument {
  return new PolicyDocument({
    statements: [
      new PolicyStatement({
        sid: 'NobodyElse',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions,
        resources: [arn],
        conditions: { ArnNotEquals: { 'aws:PrincipalArn': roles.breakGlass.roleArn } },
      }),
    ],
  })
}
