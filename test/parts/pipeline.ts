import { randomUUID } from 'node:crypto'
import { QueryCommand, ScanCommand } from '@aws-sdk/client-dynamodb'
import type { DynamoDBBatchResponse, SQSBatchResponse, SQSEvent } from 'aws-lambda'
import { unmarshall } from '../../functions/dynamodb/attributes.ts'
import { execute } from '../../functions/dynamodb/execute.ts'
import { type Delivery, readDeliveries } from '../../functions/exchange/delivery.ts'
import { parseMessage } from '../../functions/exchange/message.ts'
import { allStretches, readWork, type Stretch } from '../../functions/exchange/work.ts'
import { lineIn, type StoredLine } from '../../functions/exchange/worklist.ts'
import { readTrail } from '../../functions/trail/read.ts'
import { insertWrap } from '../../functions/vault/stored.ts'
import { wrapFor } from '../../functions/vault/wraps.ts'
import { variable } from '../../schemas/deployment/settings.ts'
import { tableNames, tables } from '../../schemas/deployment/tables.ts'
import type { Message } from '../../schemas/events/messages.ts'
import { type AddressedKind, addressedKinds, type PartyId } from '../../schemas/values/parties.ts'
import { type Door, type Fault, openDoor, type Passed } from './door.ts'
import { startDynamodb, type TestDynamodb } from './dynamodb.ts'
import { type MadeReturn, writeEvents } from './events.ts'
import { startTestKms } from './kms.ts'
import { startQueues, type TestQueues } from './queues.ts'
import { rota } from './rota.ts'
import { startTopics, type TestTopics } from './topics.ts'

export interface TestPipeline {
  dynamodb: TestDynamodb
  queues: TestQueues
  topics: TestTopics
  /** Every call of the functions to DynamoDB goes through here; a test may break it. */
  door: Door
  breakCalls(fault: (call: Passed) => Fault | undefined): void
  /** Appends the events of a return from `from` on; with the first comes the wrap of its log key for `watch`. */
  write(made: MadeReturn, from?: number): Promise<void>
  /** The return as the trail has it now: what `watch` wrote is in it. */
  reread(made: MadeReturn): Promise<void>
  /** The row of `due` of a return: when `watch` looks next, if at all. */
  due(ret: string): Promise<{ next?: string | undefined; version: number } | undefined>
  /** The relay, rung for events of the trail. */
  ring(...events: readonly { ret: string; seq: number }[]): Promise<DynamoDBBatchResponse>
  inbox(event: SQSEvent): Promise<SQSBatchResponse>
  watch(): Promise<void>
  /** Pumps every queue until nothing comes out of any. */
  drain(): Promise<void>
  /** The messages of a return that wait in any queue. */
  waiting(ret: string): Promise<(Message & { kind: AddressedKind })[]>
  deliveries(ret: string): Promise<Delivery[]>
  /** Lines of a party's worklist. */
  worklist(party: PartyId): Promise<StoredLine[]>
  /** The returns of a party in the order of its lists on a day. */
  listed(party: PartyId, today: string): Promise<string[]>
  /** Seqs of a return that `pending` still has. */
  pending(ret: string): Promise<number[]>
  stop(): Promise<void>
}

/** The three functions as they are deployed, in this process, on real tables and queues. */
export async function startPipeline(): Promise<TestPipeline> {
  const [dynamodb, queues, kms, topics] = await Promise.all([
    startDynamodb(),
    startQueues(),
    startTestKms(),
    startTopics(),
  ])
  let fault: (call: Passed) => Fault | undefined = () => undefined
  const door = await openDoor(dynamodb.url, (call) => fault(call))
  Object.assign(process.env, {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_ENDPOINT_URL_DYNAMODB: door.url,
    AWS_ENDPOINT_URL_SQS: queues.url,
    AWS_ENDPOINT_URL_KMS: kms.url,
    AWS_ENDPOINT_URL_SNS: topics.url,
    [variable.rota]: JSON.stringify(rota),
    [variable.callTopic]: topics.callTopic,
    [variable.key('watch')]: kms.keyArnOf('watch'),
    POWERTOOLS_LOG_LEVEL: 'SILENT',
    POWERTOOLS_METRICS_DISABLED: 'true',
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
    topics,
    door,
    breakCalls(next) {
      fault = next
    },
    async write(made, from = 0) {
      await writeEvents(dynamodb, made, from)
      const [filed] = made.rows
      if (from > 0 || filed?.event.type !== 'filed') return
      const place = { ret: made.ret, sec: filed.event.data.log.sec, cls: 'log' }
      const wraps = await wrapFor(kms.client(), kms.keyArnOf, ['watch'], { ...place, key: made.logKey })
      await execute(
        db,
        wraps.map((wrap) => insertWrap(names.keys, { ret: made.ret, ...wrap })),
        randomUUID(),
      )
    },
    async reread(made) {
      made.rows = (await readTrail(db, names.trail, made.ret)).rows
    },
    async due(ret) {
      const { Items: items = [] } = await db.send(new ScanCommand({ TableName: names.due }))
      const row = items.find((item) => item.ret?.S === ret)
      return row && { next: row.next?.S, version: Number(row.version?.N) }
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
          KeyConditionExpression: 'party = :party',
          ExpressionAttributeValues: { ':party': { S: party } },
        }),
      )
      return items.map((item) => lineIn(unmarshall(item)))
    },
    async listed(party, today) {
      const read = (stretches: Stretch[]) => readWork(db, names.work, party, stretches, { limit: 100 })
      const pages = await Promise.all(allStretches(today).map(read))
      return pages.flatMap(({ rows }) => rows.map(({ ret }) => ret))
    },
    async pending(ret) {
      const { Items: items = [] } = await db.send(new ScanCommand({ TableName: names.pending }))
      return items
        .filter((item) => item.ret?.S === ret)
        .map((item) => Number(item.seq?.N))
        .sort((a, b) => a - b)
    },
    async stop() {
      await Promise.all([door, dynamodb, queues, kms, topics].map((part) => part.stop()))
    },
  }
}
