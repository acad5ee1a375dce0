import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { refusal } from '../../schemas/api/problems.ts'
import { setting, variable } from '../../schemas/deployment/settings.ts'
import { addressedKinds, kindOf, type PartyId } from '../../schemas/values/parties.ts'
import { type Delivery, readDeliveries } from '../exchange/delivery.ts'
import { messageText, type SentSection } from '../exchange/message.ts'
import { deduplicationId, type Undelivered, undelivered } from '../exchange/undelivered.ts'
import { log } from '../log.ts'
import { readHeadVersion, readTrail, type StoredRow } from '../trail/read.ts'
import { readBatch, sectionRowId } from '../vault/stored.ts'

/** Where returns are read and messages go out. */
export interface Sender {
  db: DynamoDBClient
  sqs: SQSClient
  tables: { trail: string; heads: string; deliveries: string; sealed: string }
  /** Queue URLs, by kind of party. */
  queues: ReadonlyMap<string, string>
}

/** A return's trail, and how much of it each party has received. */
export interface Progress {
  rows: StoredRow[]
  deliveries: Delivery[]
}

/** The sender that the environment names. Throws, naming the variable, where one is missing. */
export function senderFromSettings(): Sender {
  const nameOf = (table: 'trail' | 'heads' | 'deliveries' | 'sealed') => setting(variable.table(table))
  return {
    db: new DynamoDBClient({}),
    sqs: new SQSClient({}),
    tables: {
      trail: nameOf('trail'),
      heads: nameOf('heads'),
      deliveries: nameOf('deliveries'),
      sealed: nameOf('sealed'),
    },
    queues: new Map(addressedKinds.map((kind) => [kind, setting(variable.queue(kind))])),
  }
}

/**
 * Reads a return and its deliveries, consistently. Throws trail-broken where the trail is ahead of its head: IAM cannot
 * refuse an INSERT outside the transaction, so such an event is found here, and sent to nobody.
 */
export async function readProgress({ db, tables }: Sender, ret: string): Promise<Progress> {
  const trail = await readTrail(db, tables.trail, ret)
  const [head, deliveries] = await Promise.all([
    readHeadVersion(db, tables.heads, ret),
    readDeliveries(db, tables.deliveries, ret),
  ])
  if (head < trail.version) throw refusal('trail-broken')
  return { rows: trail.rows, deliveries }
}

/**
 * Sends the undelivered events of a return, each to all its parties at once; answers how many messages that were. With
 * `rounds`, only the events named there are sent, again, each in its round.
 */
export async function sendUndelivered(
  sender: Sender,
  { rows, deliveries }: Progress,
  rounds?: ReadonlyMap<number, number>,
): Promise<number> {
  const due = undelivered(rows, deliveries).filter(({ row }) => !rounds || rounds.has(row.seq))
  for (const event of due) {
    const ciphertexts = await readCiphertexts(sender, event)
    await Promise.all(
      event.to.map(({ party, sections }) =>
        send(sender, event.row, party, {
          sections: sections.flatMap((entry) => ciphertexts.get(entry.sec) ?? []),
          round: rounds?.get(event.row.seq),
        }),
      ),
    )
  }
  return due.reduce((sum, { to }) => sum + to.length, 0)
}

/** The ciphertexts that any of the parties receives, by section; destroyed sections are left out. */
async function readCiphertexts(
  { db, tables }: Sender,
  { row: { event }, to }: Undelivered<StoredRow>,
): Promise<Map<string, SentSection>> {
  const entries = new Map(to.flatMap(({ sections }) => sections).map((entry) => [entry.sec, entry]))
  const keys = [...entries.values()].map((entry) => ({ ret: event.ret, section: sectionRowId(entry) }))
  const { sections: found } = await readBatch(db, { sections: { table: tables.sealed, keys } })
  const jwes = new Map(found.map(({ section, jwe }) => [section, jwe]))
  return new Map(
    [...entries].flatMap(([sec, { cls }]): [string, SentSection][] => {
      const jwe = jwes.get(sectionRowId({ cls, sec }))
      return jwe === undefined ? [] : [[sec, { sec, cls, jwe }]]
    }),
  )
}

async function send(
  { sqs, queues }: Sender,
  row: StoredRow,
  party: PartyId,
  { sections, round }: { sections: readonly SentSection[]; round: number | undefined },
): Promise<void> {
  const { ret, seq } = row.event
  const queue = queues.get(kindOf(party))
  if (!queue) throw refusal('internal', { fields: ['queue'] })
  await sqs.send(
    new SendMessageCommand({
      QueueUrl: queue,
      MessageBody: messageText(row, party, sections),
      MessageGroupId: ret,
      MessageDeduplicationId: deduplicationId(row.event, party, round),
    }),
  )
  log('sent', { ret, seq, party })
}
