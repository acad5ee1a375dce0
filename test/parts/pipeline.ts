import { QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb'
import type { DynamoDBBatchResponse, SQSBatchResponse, SQSEvent } from 'aws-lambda'
import { type Delivery, readDeliveries } from '../../functions/exchange/delivery.ts'
import { parseMessage } from '../../functions/exchange/message.ts'
import { parseRow, type StoredLine } from '../../functions/exchange/worklist.ts'
import type { Message } from '../../schemas/messages.ts'
import { type AddressedKind, addressedKinds, type PartyId } from '../../schemas/parties.ts'
import { variable } from '../../schemas/settings.ts'
import { tableNames, tables } from '../../schemas/tables.ts'
import { type Door, type Fault, openDoor, type Passed } from './door.ts'
import { startDynamodb, type TestDynamodb } from './dynamodb.ts'
import { startQueues, type TestQueues } from './queues.ts'

export interface TestPipeline {
  dynamodb: TestDynamodb
  queues: TestQueues
  /** Every call of the functions to DynamoDB goes through here; a test may break it. */
  door: Door
  breakCalls(fault: (call: Passed) => Fault | undefined): void
  /** The relay, rung for events of the trail. */
  ring(...events: readonly { ret: string; seq: number }[]): Promise<DynamoDBBatchResponse>
  inbox(event: SQSEvent): Promise<SQSBatchResponse>
  watch(): Promise<void>
  /** Pumps every queue until nothing comes out of any. */
  drain(): Promise<void>
  /** The messages of a return that wait in any queue. */
  waiting(ret: string): Promise<(Message & { kind: AddressedKind })[]>
  deliveries(ret: string): Promise<Delivery[]>
  /** Lines of a party's worklist, by rank. */
  worklist(party: PartyId): Promise<StoredLine[]>
  /** Seqs of a return that `pending` still has. */
  pending(ret: string): Promise<number[]>
  stop(): Promise<void>
}

/** The three functions as they are deployed, in this process, on real tables and queues. */
export async function startPipeline(): Promise<TestPipeline> {
  const [dynamodb, queues] = await Promise.all([startDynamodb(), startQueues()])
  let fault: (call: Passed) => Fault | undefined = () => undefined
  const door = await openDoor(dynamodb.url, (call) => fault(call))
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_DYNAMODB: door.url,
    AWS_ENDPOINT_URL_SQS: queues.url,
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    ...Object.fromEntries(tableNames.map((name) => [variable.table(name), dynamodb.names[name]])),
    ...Object.fromEntries(addressedKinds.map((kind) => [variable.queue(kind), queues.urlOf(kind)])),
  })
  const relay = await import('../../functions/pipeline/relay.ts')
  const inbox = await import('../../functions/pipeline/inbox.ts')
  const watch = await import('../../functions/pipeline/watch.ts')
  const db = dynamodb.client()
  const { names } = dynamodb
  return {
    dynamodb,
    queues,
    door,
    breakCalls(next) {
      fault = next
    },
    ring: (...events) =>
      relay.handler({
        Records: events.map(({ ret, seq }, index) => ({
          eventName: 'INSERT',
          eventSource: 'aws:dynamodb',
          dynamodb: {
            Keys: { [tables.trail.hash]: { S: ret }, [tables.trail.range]: { N: String(seq) } },
            SequenceNumber: String(1000 + index),
            StreamViewType: 'KEYS_ONLY',
          },
        })),
      }),
    inbox: inbox.handler,
    watch: watch.handler,
    async drain() {
      for (let handed = 1; handed > 0; ) {
        handed = 0
        for (const kind of addressedKinds) handed += await queues.pump(kind, inbox.handler)
      }
    },
    async waiting(ret) {
      const all = addressedKinds.map(async (kind) =>
        (await queues.waiting(kind)).map((body) => ({ kind, ...parseMessage(body) })),
      )
      return (await Promise.all(all)).flat().filter(({ subject }) => subject === ret)
    },
    deliveries: (ret) => readDeliveries(db, names.deliveries, ret),
    async worklist(party) {
      const { Items: items = [] } = await db.send(
        new QueryCommand({
          TableName: names.worklists,
          IndexName: tables.worklists.localIndex.name,
          KeyConditionExpression: 'party = :party',
          ExpressionAttributeValues: { ':party': { S: party } },
        }),
      )
      return items.map(parseRow)
    },
    async pending(ret) {
      const { Items: items = [] } = await db.send(new ScanCommand({ TableName: names.pending }))
      return items
        .filter((item) => item.ret?.S === ret)
        .map((item) => Number(item.seq?.N))
        .sort((a, b) => a - b)
    },
    async stop() {
      await Promise.all([door.stop(), dynamodb.stop(), queues.stop()])
    },
  }
}
