import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import type { Key } from 'aws-cdk-lib/aws-kms'
import {
  DeduplicationScope,
  FifoThroughputLimit,
  Queue,
  QueueEncryption,
  type QueueProps,
} from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { type AddressedKind, addressedKinds } from '../schemas/values/parties.ts'
import { functionTable } from './function-table.ts'
import { pinned, titled } from './logical-id.ts'

export interface Queues {
  /** The queues from the relay to each kind of party. The group of a message is its return. */
  to: Record<AddressedKind, Queue>
  /** The messages that three attempts could not deliver, unchanged. */
  dead: Record<AddressedKind, Queue>
  /**
   * Stream records that the relay gave up: their positions in the stream, not their content. `watch` sends their
   * events.
   */
  relayFailures: Queue
}

/** How long undelivered messages wait for an operator. After a removal nobody can read their ciphertext. */
const deadRetention = Duration.days(14)

/** One queue with its dead-letter queue for each kind of party that is sent events. */
export function createQueues(parent: Construct, storage: Key): Queues {
  const scope = new Construct(parent, 'Queues')
  const base: QueueProps = {
    encryption: QueueEncryption.KMS,
    encryptionMasterKey: storage,
    enforceSSL: true,
    removalPolicy: RemovalPolicy.DESTROY,
    // A message carries sealed sections of up to 900 kB.
    maxMessageSizeBytes: 1_048_576,
  }
  const fifo: QueueProps = {
    ...base,
    fifo: true,
    deduplicationScope: DeduplicationScope.MESSAGE_GROUP,
    fifoThroughputLimit: FifoThroughputLimit.PER_MESSAGE_GROUP_ID,
  }
  const deadOf = (kind: AddressedKind) =>
    pinned(
      new Queue(scope, `${kind}-dead`, { ...fifo, retentionPeriod: deadRetention }),
      `${titled(kind)}DeadQueue`,
    )
  const dead = Object.fromEntries(addressedKinds.map((kind) => [kind, deadOf(kind)])) as Queues['dead']
  const queueTo = (kind: AddressedKind) =>
    pinned(
      new Queue(scope, kind, {
        ...fifo,
        retentionPeriod: Duration.days(4),
        // Lambda's own rule: six times the timeout of the consumer, so that no message is handled twice in parallel.
        visibilityTimeout: Duration.seconds(6 * functionTable.inbox.timeout),
        deadLetterQueue: { queue: dead[kind], maxReceiveCount: 3 },
      }),
      `${titled(kind)}Queue`,
    )
  return {
    to: Object.fromEntries(addressedKinds.map((kind) => [kind, queueTo(kind)])) as Queues['to'],
    dead,
    // Not FIFO: Lambda reports failed stream records to standard queues only.
    relayFailures: pinned(
      new Queue(scope, 'relay-failures', { ...base, retentionPeriod: deadRetention }),
      'RelayFailuresQueue',
    ),
  }
}
