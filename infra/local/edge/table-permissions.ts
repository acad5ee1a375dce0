import * as z from 'zod/mini'
import type { RequiredPermission } from '../aws/prepared-call.ts'
import type { Template } from '../template/template.ts'
import { readStatement } from './partiql.ts'

/** A table as IAM sees it: its ARN, and the attribute whose values are its leading keys. */
export interface TableAddress {
  name: string
  arn: string
  streamArn: string
  hash: string
  /** The hash attribute of each index. */
  indexes: ReadonlyMap<string, string>
}
export type TableAddresses = ReadonlyMap<string, TableAddress>

const keySchema = z.array(z.looseObject({ AttributeName: z.string(), KeyType: z.string() }))
const indexList = z.optional(z.array(z.looseObject({ IndexName: z.string(), KeySchema: keySchema })))
const tableShape = z.looseObject({
  KeySchema: keySchema,
  GlobalSecondaryIndexes: indexList,
  LocalSecondaryIndexes: indexList,
})

/** The template's tables by name. */
export function tablesOf(template: Template): TableAddresses {
  return new Map(
    template.ofType('AWS::DynamoDB::GlobalTable').map(({ logicalId, properties }) => {
      const shape = tableShape.parse(properties)
      const [name, arn] = [template.nameOf(logicalId), template.arnOf(logicalId)]
      const indexes = [...(shape.GlobalSecondaryIndexes ?? []), ...(shape.LocalSecondaryIndexes ?? [])]
      return [
        name,
        {
          name,
          arn,
          streamArn: template.attributeOf(logicalId, 'StreamArn'),
          hash: hashOf(shape.KeySchema),
          indexes: new Map(indexes.map((index) => [index.IndexName, hashOf(index.KeySchema)])),
        },
      ]
    }),
  )
}
function hashOf(schema: z.infer<typeof keySchema>): string {
  const hash = schema.find(({ KeyType }) => KeyType === 'HASH')
  if (!hash) throw new Error('A key schema lacks its hash key.')
  return hash.AttributeName
}

const item = z.record(z.string(), z.unknown())
const keyed = z.looseObject({ TableName: z.string(), Key: item })
const filled = z.looseObject({ TableName: z.string(), Item: item })
const named = z.looseObject({ TableName: z.string() })
const queryShape = z.looseObject({
  TableName: z.string(),
  IndexName: z.optional(z.string()),
  KeyConditionExpression: z.string(),
  KeyConditions: z.optional(z.never()),
  ExpressionAttributeNames: z.optional(z.record(z.string(), z.string())),
  ExpressionAttributeValues: z.record(z.string(), z.unknown()),
})
const scanShape = z.looseObject({ TableName: z.string(), IndexName: z.optional(z.string()) })
const batchGet = z.looseObject({
  RequestItems: z.record(z.string(), z.looseObject({ Keys: z.array(item) })),
})
const batchWrite = z.looseObject({
  RequestItems: z.record(
    z.string(),
    z.array(
      z.union([
        z.strictObject({ PutRequest: z.strictObject({ Item: item }) }),
        z.strictObject({ DeleteRequest: z.strictObject({ Key: item }) }),
      ]),
    ),
  ),
})
const transactWrite = z.looseObject({
  TransactItems: z.array(
    z.union([
      z.strictObject({ Put: filled }),
      z.strictObject({ Update: keyed }),
      z.strictObject({ Delete: keyed }),
      z.strictObject({ ConditionCheck: keyed }),
    ]),
  ),
})
const transactGet = z.looseObject({ TransactItems: z.array(z.strictObject({ Get: keyed })) })
const statement = z.object({ Statement: z.string(), Parameters: z.optional(z.array(z.unknown())) })
const transaction = z.looseObject({ TransactStatements: z.array(statement) })

/**
 * Reads the permissions that one operation requires from its body. Throws where the body cannot be read with
 * certainty.
 */
type Reader = (tables: TableAddresses, body: unknown) => RequiredPermission[]

const readers: Record<string, Reader> = {
  GetItem: (tables, body) => byKey(tables, 'GetItem', keyed.parse(body)),
  UpdateItem: (tables, body) => byKey(tables, 'UpdateItem', keyed.parse(body)),
  DeleteItem: (tables, body) => byKey(tables, 'DeleteItem', keyed.parse(body)),
  PutItem: (tables, body) => byItem(tables, 'PutItem', filled.parse(body)),
  Query: (tables, body) => query(tables, queryShape.parse(body)),
  Scan: (tables, body) => {
    const { TableName, IndexName } = scanShape.parse(body)
    return [permission('Scan', target(tables, TableName, IndexName).arn)]
  },
  BatchGetItem: (tables, body) =>
    Object.entries(batchGet.parse(body).RequestItems).map(([name, { Keys }]) => {
      const table = tableOf(tables, name)
      return permission(
        'BatchGetItem',
        table.arn,
        Keys.map((key) => leading(table.hash, key)),
      )
    }),
  BatchWriteItem: (tables, body) =>
    Object.entries(batchWrite.parse(body).RequestItems).map(([name, writes]) => {
      const table = tableOf(tables, name)
      const items = writes.map((write) =>
        'PutRequest' in write ? write.PutRequest.Item : write.DeleteRequest.Key,
      )
      return permission(
        'BatchWriteItem',
        table.arn,
        items.map((item) => leading(table.hash, item)),
      )
    }),
  TransactWriteItems: (tables, body) =>
    transactWrite.parse(body).TransactItems.flatMap((TransactItem) => {
      if ('Put' in TransactItem) return byItem(tables, 'PutItem', TransactItem.Put, 'TransactWriteItems')
      if ('Update' in TransactItem)
        return byKey(tables, 'UpdateItem', TransactItem.Update, 'TransactWriteItems')
      if ('Delete' in TransactItem)
        return byKey(tables, 'DeleteItem', TransactItem.Delete, 'TransactWriteItems')
      return byKey(tables, 'ConditionCheckItem', TransactItem.ConditionCheck, 'TransactWriteItems')
    }),
  TransactGetItems: (tables, body) =>
    transactGet
      .parse(body)
      .TransactItems.flatMap((TransactItem) =>
        byKey(tables, 'GetItem', TransactItem.Get, 'TransactGetItems'),
      ),
  ExecuteStatement: (tables, body) => [partiql(tables, statement.parse(body))],
  ExecuteTransaction: (tables, body) =>
    transaction
      .parse(body)
      .TransactStatements.map((TransactStatement) =>
        partiql(tables, TransactStatement, 'ExecuteTransaction'),
      ),
  ...Object.fromEntries(
    ['DeleteTable', 'DescribeTable', 'DescribeTimeToLive', 'UpdateTable', 'UpdateTimeToLive'].map(
      (operation): [string, Reader] => [
        operation,
        (tables, body) => [permission(operation, tableOf(tables, named.parse(body).TableName).arn)],
      ],
    ),
  ),
}

/**
 * The permissions that a DynamoDB call requires: action, table or index, `dynamodb:LeadingKeys` and
 * `dynamodb:EnclosingOperation`, for each table, item or statement. Throws where they are not certain: the edge refuses
 * such a call.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazondynamodb.html
 */
export function tablePermissions(
  tables: TableAddresses,
  operation: string,
  body: unknown,
): RequiredPermission[] {
  const read = Object.hasOwn(readers, operation) ? readers[operation] : undefined
  if (!read) throw new Error(`The edge does not know the operation ${operation} of DynamoDB.`)
  const permissions = read(tables, body)
  if (permissions.length === 0) throw new Error('The call names no item.')
  return permissions
}

function permission(
  action: string,
  resource: string,
  keys: readonly string[] = [],
  enclosing?: string,
): RequiredPermission {
  return {
    action: `dynamodb:${action}`,
    resource,
    context: {
      'dynamodb:LeadingKeys': keys,
      ...(enclosing !== undefined && { 'dynamodb:EnclosingOperation': enclosing }),
    },
  }
}

function tableOf(tables: TableAddresses, name: string): TableAddress {
  const table = tables.get(name)
  if (!table) throw new Error('The template has no such table.')
  return table
}
function target(
  tables: TableAddresses,
  name: string,
  index: string | undefined,
): { arn: string; hash: string } {
  const table = tableOf(tables, name)
  if (index === undefined) return table
  const hash = table.indexes.get(index)
  if (hash === undefined) throw new Error('The table has no such index.')
  return { arn: `${table.arn}/index/${index}`, hash }
}

const keyValue = z.union([z.strictObject({ S: z.string() }), z.strictObject({ N: z.string() })])

function leadingValue(value: unknown): string {
  const parsed = keyValue.safeParse(value)
  if (!parsed.success) throw new Error('The leading key is not a text or a number.')
  return 'S' in parsed.data ? parsed.data.S : parsed.data.N
}
function leading(hash: string, attributes: Readonly<Record<string, unknown>>): string {
  return leadingValue(attributes[hash])
}

function byKey(
  tables: TableAddresses,
  action: string,
  call: z.infer<typeof keyed>,
  enclosing?: string,
): RequiredPermission[] {
  const table = tableOf(tables, call.TableName)
  return [permission(action, table.arn, [leading(table.hash, call.Key)], enclosing)]
}
function byItem(
  tables: TableAddresses,
  action: string,
  call: z.infer<typeof filled>,
  enclosing?: string,
): RequiredPermission[] {
  return byKey(tables, action, { TableName: call.TableName, Key: call.Item }, enclosing)
}

function partiql(
  tables: TableAddresses,
  { Statement, Parameters = [] }: z.infer<typeof statement>,
  enclosing?: string,
) {
  const { action, table: name, equals, parameters } = readStatement(Statement)
  if (parameters !== Parameters.length)
    throw new Error('The statement has another number of parameters than it takes.')
  const table = tableOf(tables, name)
  const position = equals.get(table.hash)
  if (position === undefined) throw new Error('The statement does not give the leading key.')
  return permission(action, table.arn, [leadingValue(Parameters[position])], enclosing)
}

const keyCondition =
  /(?:(#?\w+) *(=|<=|<|>=|>) *(:\w+)|(#?\w+) BETWEEN :\w+ AND :\w+|begins_with ?\( ?(#?\w+) ?, ?:\w+ ?\))(?: AND |$)/y

function query(tables: TableAddresses, call: z.infer<typeof queryShape>): RequiredPermission[] {
  const { arn, hash } = target(tables, call.TableName, call.IndexName)
  const expression = call.KeyConditionExpression
  const keys: string[] = []
  for (let at = 0; at < expression.length; at = keyCondition.lastIndex) {
    keyCondition.lastIndex = at
    const [whole, name = '', operator, value = ''] = keyCondition.exec(expression) ?? []
    if (whole === undefined) throw new Error('The key condition is not of a shape that the edge reads.')
    const attribute = name.startsWith('#') ? call.ExpressionAttributeNames?.[name] : name
    if (attribute === hash && operator === '=') keys.push(leadingValue(call.ExpressionAttributeValues[value]))
  }
  if (keys.length !== 1) throw new Error('The key condition does not give one leading key.')
  return [permission('Query', arn, keys)]
}
