import { randomUUID } from 'node:crypto'
import type { PreparedCall } from '../aws/prepared-call.ts'
import { awsFault, xmlResponse } from '../aws/responses.ts'
import type { Template } from '../template/template.ts'
import type { Outbox } from './outbox.ts'

export interface Sns {
  /** Reads a call in the query protocol. */
  prepare(form: URLSearchParams): PreparedCall
}

const publishFields =
  /^(Action|Version|TopicArn|Message|MessageAttributes\.entry\.\d+\.(Name|Value\.(DataType|StringValue)))$/
/** The largest message that SNS accepts, in bytes. */
const messageLimit = 256 * 1024

/** SNS on this machine: a message to a topic of the template goes to the outbox only. */
export function startSns(template: Template, outbox: Outbox): Sns {
  const topics = new Set(template.ofType('AWS::SNS::Topic').map(({ logicalId }) => template.arnOf(logicalId)))

  function publish(form: URLSearchParams): PreparedCall {
    const unknown = [...form.keys()].find(
      (field) => !publishFields.test(field) || form.getAll(field).length > 1,
    )
    if (unknown) throw new Error(`The edge does not know ${unknown} of Publish.`)
    const topic = form.get('TopicArn') ?? ''
    if (!topics.has(topic)) throw new Error('The template has no such topic.')
    const message = form.get('Message') ?? ''
    const length = Buffer.byteLength(message)
    if (length === 0 || length > messageLimit)
      throw awsFault('InvalidParameter', 'Invalid parameter: Message')
    const attributes = attributesOf(form)
    return {
      permissions: [{ action: 'sns:Publish', resource: topic, context: {} }],
      perform() {
        outbox.add({ at: new Date().toISOString(), topic, attributes, message })
        return xmlResponse('sns', 'Publish', { MessageId: randomUUID() })
      },
    }
  }

  return {
    prepare(form) {
      if (form.get('Action') !== 'Publish')
        throw new Error(`The edge does not know the operation ${form.get('Action')} of SNS.`)
      return publish(form)
    },
  }
}

function attributesOf(form: URLSearchParams): Record<string, string> {
  const attributes: Record<string, string> = {}
  for (let i = 1; form.has(`MessageAttributes.entry.${i}.Name`); i++) {
    const [name, type, value] = ['Name', 'Value.DataType', 'Value.StringValue'].map(
      (part) => form.get(`MessageAttributes.entry.${i}.${part}`) ?? '',
    )
    if (!name || !value || type !== 'String' || name in attributes)
      throw awsFault('ParameterValueInvalid', 'A message attribute is not valid.')
    attributes[name] = value
  }
  const fields = [...form.keys()].filter((field) => field.startsWith('MessageAttributes.')).length
  if (fields !== 3 * Object.keys(attributes).length)
    throw awsFault('ParameterValueInvalid', 'A message attribute is incomplete.')
  return attributes
}
