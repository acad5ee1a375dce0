import { PublishCommand, type SNSClient } from '@aws-sdk/client-sns'
import type { CallOut } from '../domain/call-lines.ts'
import { log } from '../log.ts'

/** All that a call-out says, to whomever it goes: where to look. What it is about is for who signs in. */
export const callText = [
  'Acasă: vă rugăm să intrați în sistem și să vă uitați la lista de lucru.',
  'Acasă: please sign in and look at your work list.',
  'Acasă: войдите, пожалуйста, в систему и посмотрите список задач.',
].join('\n')

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
