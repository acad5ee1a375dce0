import {
  ConditionalCheckFailedException,
  type DynamoDBClient,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb'
import { tables } from '../../schemas/deployment/tables.ts'

const { hash, range, expires } = tables.limits

/** What may be done so often in a while: by whom, which act, and when (epoch ms). */
export interface Limited {
  party: string
  user: string
  operation: string
  now: number
  limit: { count: number; seconds: number }
}

/** Counts one more act; where it is one too many nothing is counted, and it answers in how many seconds it may be done. */
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
        Key: { [hash]: { S: party }, [range]: { S: `${operation}#${user}#${ends}` } },
        UpdateExpression: 'ADD #count :one SET #expires = :ends',
        ConditionExpression: 'attribute_not_exists(#count) OR #count < :most',
        ExpressionAttributeNames: { '#count': 'count', '#expires': expires },
        ExpressionAttributeValues: {
          ':one': { N: '1' },
          ':ends': { N: String(ends) },
          ':most': { N: String(limit.count) },
        },
      }),
    )
    return {}
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return { wait: ends - seconds }
    throw error
  }
}
