import { isDeepStrictEqual } from 'node:util'
import { refusal } from '../../schemas/api/problems.ts'
import type { StoredEvent } from '../../schemas/events/events.ts'
import { type Message, message, messageLimit, messageType } from '../../schemas/events/messages.ts'
import type { SectionClass } from '../../schemas/values/classes.ts'
import type { PartyId } from '../../schemas/values/parties.ts'

/** An event and the bytes it is stored as. */
export interface EventRow {
  bytes: Uint8Array
  event: StoredEvent
}

/** A sealed section of a message. */
export interface SentSection {
  sec: string
  cls: SectionClass
  jwe: string
}

/** The message that brings an event to a party, as the text to send; over `messageLimit` without the sections. */
export function messageText(row: EventRow, recipient: PartyId, sections: readonly SentSection[]): string {
  const text = JSON.stringify(messageOf(row, recipient, sections))
  return Buffer.byteLength(text) > messageLimit ? JSON.stringify(messageOf(row, recipient, [])) : text
}

/** Reads a message from the text that came. Throws bad-json, and bad-input where it is not of its closed form. */
export function parseMessage(text: string): Message {
  const read = message.safeParse(parseJson(text))
  if (!read.success) throw refusal('bad-input')
  return read.data
}

/**
 * Compares a message with the event that the trail has in its place, if any: every attribute, the stored bytes, and each
 * section with its entry. `digestOf` is the vault's. Throws wrong-digest, and does not say what differed.
 */
export function checkMessage(
  received: Message,
  row: EventRow | undefined,
  digestOf: (jwe: string) => { len: number; sha256: string },
): void {
  const { recipient, data } = received
  const isOfTrail =
    row?.event.to.includes(recipient) && isDeepStrictEqual(received, messageOf(row, recipient, data.sections))
  const isEntered = ({ sec, cls, jwe }: SentSection) => {
    const entry = row?.event.sections.find((section) => section.sec === sec && section.cls === cls)
    const { len, sha256 } = digestOf(jwe)
    return entry?.len === len && entry.sha256 === sha256
  }
  if (!isOfTrail || !data.sections.every(isEntered)) throw refusal('wrong-digest')
}

function messageOf(
  { bytes, event }: EventRow,
  recipient: PartyId,
  sections: readonly SentSection[],
): Message {
  const { ret, seq, at, by, type } = event
  return {
    specversion: '1.0',
    id: `${ret}/${seq}`,
    source: by.party,
    type: messageType(type),
    subject: ret,
    time: at,
    recipient,
    datacontenttype: 'application/json',
    data: { seq, event: Buffer.from(bytes).toString('base64'), sections: [...sections] },
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw refusal('bad-json')
  }
}
