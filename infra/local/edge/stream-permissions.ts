import * as z from 'zod/mini'
import type { RequiredPermission } from '../aws/prepared-call.ts'
import type { TableAddress, TableAddresses } from './table-permissions.ts'

const byName = z.looseObject({ TableName: z.string() })
const byArn = z.looseObject({ StreamArn: z.string() })
const byIterator = z.looseObject({ ShardIterator: z.string() })
/** The content of dynoxide's iterators, which are in base 64. */
const iteratorShape = z.strictObject({ table_name: z.string(), shard_id: z.string(), position: z.number() })

const tableOf: Record<string, (body: unknown) => string> = {
  ListStreams: (body) => byName.parse(body).TableName,
  DescribeStream: (body) => inArn(byArn.parse(body).StreamArn),
  GetShardIterator: (body) => inArn(byArn.parse(body).StreamArn),
  GetRecords: (body) => inIterator(byIterator.parse(body).ShardIterator),
}

/** The permissions that a call to a table's stream requires. Throws where they are not certain. */
export function streamPermissions(
  tables: TableAddresses,
  operation: string,
  body: unknown,
): RequiredPermission[] {
  const read = Object.hasOwn(tableOf, operation) ? tableOf[operation] : undefined
  if (!read) throw new Error(`The edge does not know the operation ${operation} of DynamoDB Streams.`)
  const table: TableAddress | undefined = tables.get(read(body))
  if (!table) throw new Error('The template has no such table.')
  return [{ action: `dynamodb:${operation}`, resource: table.streamArn, context: {} }]
}

/** The table decides: dynoxide labels a stream with the time of its creation, which the template does not know. */
function inArn(arn: string): string {
  return /^arn:aws:dynamodb:[\w-]+:\d{12}:table\/([\w.-]+)\/stream\/[\w.:-]+$/.exec(arn)?.[1] ?? ''
}

function inIterator(iterator: string): string {
  const parsed = iteratorShape.parse(JSON.parse(Buffer.from(iterator, 'base64').toString('utf8')))
  // Bytes that another reader would read differently do not encode to the same text again.
  const isCanonical = Buffer.from(JSON.stringify(parsed)).toString('base64') === iterator
  return isCanonical ? parsed.table_name : ''
}
