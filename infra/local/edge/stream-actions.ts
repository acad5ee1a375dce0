import * as z from 'zod/mini'
import type { Need } from '../aws/prepared-call.ts'
import type { TableAddress, Tables } from './dynamodb-actions.ts'

const byName = z.looseObject({ TableName: z.string() })
const byArn = z.looseObject({ StreamArn: z.string() })
const byIterator = z.looseObject({ ShardIterator: z.string() })
/** What dynoxide's iterators hold, in base 64. */
const iteratorShape = z.strictObject({ table_name: z.string(), shard_id: z.string(), position: z.number() })

const tableOf: Record<string, (body: unknown) => string> = {
  ListStreams: (body) => byName.parse(body).TableName,
  DescribeStream: (body) => inArn(byArn.parse(body).StreamArn),
  GetShardIterator: (body) => inArn(byArn.parse(body).StreamArn),
  GetRecords: (body) => inIterator(byIterator.parse(body).ShardIterator),
}

/** What a call to a table's stream needs. Throws where that cannot be told with certainty. */
export function streamNeeds(tables: Tables, operation: string, body: unknown): Need[] {
  const read = Object.hasOwn(tableOf, operation) ? tableOf[operation] : undefined
  if (!read) throw new Error(`The edge does not know the operation ${operation} of DynamoDB Streams.`)
  const table: TableAddress | undefined = tables.get(read(body))
  if (!table) throw new Error('The template has no such table.')
  return [{ action: `dynamodb:${operation}`, resource: table.streamArn, context: {} }]
}

/** dynoxide labels a stream by the time of its making, the template does not know it: the table decides. */
function inArn(arn: string): string {
  return /^arn:aws:dynamodb:[\w-]+:\d{12}:table\/([\w.-]+)\/stream\/[\w.:-]+$/.exec(arn)?.[1] ?? ''
}

function inIterator(iterator: string): string {
  const parsed = iteratorShape.parse(JSON.parse(Buffer.from(iterator, 'base64').toString('utf8')))
  // Bytes that read differently elsewhere would not come back the same.
  const same = Buffer.from(JSON.stringify(parsed)).toString('base64') === iterator
  return same ? parsed.table_name : ''
}
