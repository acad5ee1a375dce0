import { setTimeout as pause } from 'node:timers/promises'
import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb'
import { variable } from '../../../schemas/deployment/settings.ts'

/** Where the tables of a running stack are, and how they are called there. */
export interface StackTables {
  dynamodbUrl: string
  functions: { specs: readonly { environment: Readonly<Record<string, string>> }[] }
}

const lookMs = 500
/** A machine that is slower than this shows what has arrived so far. */
const longestMs = 15 * 60_000

/** Waits until every event has reached every party that it is for. Gives false where that takes too long. */
export async function allDelivered({ dynamodbUrl, functions }: StackTables): Promise<boolean> {
  const name = variable.table('pending')
  const table = functions.specs.map(({ environment }) => environment[name]).find((found) => found)
  // The emulator takes any credentials.
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }
  const db = new DynamoDBClient({ endpoint: dynamodbUrl, region: 'eu-central-1', credentials })
  try {
    for (const end = Date.now() + longestMs; Date.now() < end; await pause(lookMs)) {
      const { Count: pending } = await db.send(
        new ScanCommand({ TableName: table, Limit: 1, ConsistentRead: true }),
      )
      if (pending === 0) return true
    }
    return false
  } finally {
    db.destroy()
  }
}
