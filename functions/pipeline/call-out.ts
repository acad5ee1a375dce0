import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns'
import { callText } from '../../schemas/deployment/call-text.ts'
import type { CallOut } from '../domain/schedule/call-lines.ts'
import { log } from '../log.ts'

const attribute = (value: string) => ({ DataType: 'String', StringValue: value })

/** Calls a line of a party: phones and mailboxes subscribe to the topic by the attributes `party` and `line`. */
export async function callOut(
  { sns, topic }: { sns: SNSClient; topic: string },
  ret: string,
  { seq, party, line }: CallOut,
): Promise<void> {
  await sns.send(
    new PublishCommand({
      TopicArn: topic,
      Message: callText,
      MessageAttributes: { party: attribute(party), line: attribute(line) },
    }),
  )
  log('called-out', { ret, seq, party, line })
}
