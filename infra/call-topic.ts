import type { Key } from 'aws-cdk-lib/aws-kms'
import { Topic } from 'aws-cdk-lib/aws-sns'
import type { Construct } from 'constructs'
import { pinned } from './logical-id.ts'

/**
 * The topic on which `watch` publishes call-outs. The party of a rota subscribes its phones and mailboxes, each with a
 * filter on `party` and `line`. A message only asks its reader to sign in.
 */
export function createCallTopic(parent: Construct, storage: Key): Topic {
  const topic = new Topic(parent, 'call-topic', {
    displayName: 'Acasa',
    masterKey: storage,
    enforceSSL: true,
  })
  return pinned(topic, 'CallTopic')
}
