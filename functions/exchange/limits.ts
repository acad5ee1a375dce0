import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import { tables } from '../../schemas/deployment/tables.ts'
import { marshall } from '../dynamodb/attributes.ts'

const { hash, range, expires } = tables.limits

/** An operation that a user may call `limit.count` times in `limit.seconds`; `now` in epoch ms. */
export interface Limited {
  party: string
  user: string
  operation: string
  now: number
  limit: { count: number; seconds: number }
}

/** Counts one call. Where it is one too many, nothing is counted, and `wait` says in how many seconds it may be made. */
export async function countOperation(
  db: DynamoDBClient,
  table: string,
  { party, user, operation, now, limit }: Limited,
): Promise<{ wait?: number }> {
  const seconds = Math.floor(now / 1000)
  const ends = seconds - (seconds % limit.seconds) + limit.seconds
  try {
    await db.send(
      new UpdateItemCommand({
        TableName: table,
        Key: marshall({ [hash]: party, [range]: `${operation}#${user}#${ends}` }),
        UpdateExpression: 'ADD #count :one SET #expires = :ends',
        ConditionExpression: 'attribute_not_exists(#count) OR #count < :most',
        ExpressionAttributeNames: { '#count': 'count', '#expires': expires },
        ExpressionAttributeValues: marshall({ ':one': 1, ':ends': ends, ':most': limit.count }),
      }),
    )
    return {}
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return { wait: ends - seconds }
    throw error
  }
}
