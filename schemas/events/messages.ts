import * as z from 'zod/mini'
import { sectionClassNames } from '../values/classes.ts'
import { partyId, writerId } from '../values/parties.ts'
import { instant, returnId, sectionId } from '../values/texts.ts'
import { eventTypes } from './events.ts'

/** Above this, in bytes, a message leaves its sections out and they are fetched by right. */
export const messageLimit = 900 * 1024

const prefix = 'md.acasa.return.'
/** The CloudEvents type of an event's type. */
export const messageType = (event: string) => `${prefix}${event}.v1`

/**
 * A message to one party: CloudEvents 1.0, structured JSON. It carries the event as stored and the sealed sections
 * that the party may read; the key to them does not travel.
 */
export const message = z.strictObject({
  specversion: z.literal('1.0'),
  /** `ret/seq` */
  id: z.string().check(z.maxLength(40)),
  source: writerId,
  type: z.enum(eventTypes.map(messageType)),
  subject: returnId,
  time: instant,
  /** An extension attribute: a queue serves a kind of party, and this tells which of them is meant. */
  recipient: partyId,
  datacontenttype: z.literal('application/json'),
  data: z.strictObject({
    seq: z.int().check(z.minimum(0)),
    /** The stored bytes, base64. */
    event: z.string().check(z.regex(/^[A-Za-z0-9+/]+={0,2}$/)),
    sections: z.array(z.strictObject({ sec: sectionId, cls: z.enum(sectionClassNames), jwe: z.string() })),
  }),
})
export type Message = z.infer<typeof message>
