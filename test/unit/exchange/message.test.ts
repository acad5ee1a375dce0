import { expect, test } from 'vitest'
import { checkMessage, messageText, parseMessage } from '../../../functions/exchange/message.ts'
import { sectionDigest } from '../../../functions/vault/section.ts'
import { type Message, messageLimit } from '../../../schemas/events/messages.ts'
import { addEvent, centre, fileReturn, filer, iom, type MadeReturn, ministry } from '../../parts/events.ts'

const made = await fileReturn()
await addEvent(made, { type: 'acknowledged', data: { due: [] } }, { by: iom })
const other = await fileReturn()

const rowOf = (from: MadeReturn, seq: number) => {
  const row = from.rows[seq]
  if (!row) throw new Error('no event')
  return row
}
const carried = made.sections.map(({ sec, cls, jwe }) => ({ sec, cls, jwe }))
const good = parseMessage(messageText(rowOf(made, 0), iom, carried))
const check = (received: Message, row = rowOf(made, 0)) => checkMessage(received, row, sectionDigest)
const refused = (code: string) => expect.objectContaining({ name: 'Refusal', code })

test('a message is a cloud event that names its recipient and carries the bytes as stored', () => {
  expect(good).toMatchObject({
    specversion: '1.0',
    id: `${made.ret}/0`,
    source: filer,
    type: 'md.acasa.return.filed.v1',
    subject: made.ret,
    recipient: iom,
    data: { seq: 0, sections: carried },
  })
  expect(Buffer.from(good.data.event, 'base64')).toEqual(Buffer.from(rowOf(made, 0).bytes))
  expect(() => check(good)).not.toThrow()
})

test('the sections may be fewer than the event names: some were destroyed, or not for this party', () => {
  for (const sections of [[], carried.slice(1)]) {
    expect(() => check({ ...good, data: { ...good.data, sections } })).not.toThrow()
  }
})

test('a message over the limit carries the event without its sections', async () => {
  const large = await fileReturn({}, { seals: ['case', 'identity', 'care'], length: 60_000 })
  const sections = Array.from({ length: 5 }, () => large.sections).flat()
  const text = messageText(rowOf(large, 0), filer, sections)
  expect(parseMessage(text).data.sections).toEqual([])
  const within = messageText(
    rowOf(large, 0),
    filer,
    large.sections.map(({ sec, cls, jwe }) => ({ sec, cls, jwe })),
  )
  expect(parseMessage(within).data.sections).toHaveLength(3)
  expect(Buffer.byteLength(within)).toBeLessThanOrEqual(messageLimit)
})

// Padding left away, or added where none belongs.
const rewritten = good.data.event.endsWith('=') ? good.data.event.replace(/=+$/, '') : `${good.data.event}=`
const [first, second] = carried
const swapped = first && second ? [{ ...first, jwe: second.jwe }] : []
const another = parseMessage(messageText(rowOf(other, 0), iom, []))

test.each<[string, Message]>([
  ['another event’s bytes', { ...good, data: { ...good.data, event: another.data.event } }],
  [
    'bytes that decode alike but are written otherwise',
    { ...good, data: { ...good.data, event: rewritten } },
  ],
  ['another seq', { ...good, data: { ...good.data, seq: 1 } }],
  ['another id', { ...good, id: `${made.ret}/1` }],
  ['another source', { ...good, source: iom }],
  ['another type', { ...good, type: 'md.acasa.return.accepted.v1' }],
  ['another time', { ...good, time: '2020-01-01T00:00:00.000Z' }],
  ['a recipient that the event is not for', { ...good, recipient: ministry }],
  ['a section with the ciphertext of another', { ...good, data: { ...good.data, sections: swapped } }],
  [
    'a section of another class',
    {
      ...good,
      data: { ...good.data, sections: carried.map((section) => ({ ...section, cls: 'travel' as const })) },
    },
  ],
  [
    'a section that the event does not name',
    {
      ...good,
      data: { ...good.data, sections: other.sections.map(({ sec, cls, jwe }) => ({ sec, cls, jwe })) },
    },
  ],
  [
    'a section that was changed',
    {
      ...good,
      data: { ...good.data, sections: carried.map((section) => ({ ...section, jwe: `${section.jwe}A` })) },
    },
  ],
])('%s is refused, and not told what differs', (_, received) => {
  expect(() => check(received)).toThrow(refused('wrong-digest'))
})

test('an event that the trail does not have is refused', () => {
  expect(() => checkMessage(good, undefined, sectionDigest)).toThrow(refused('wrong-digest'))
  expect(() => check(good, rowOf(made, 1))).toThrow(refused('wrong-digest'))
  expect(() => check(good, rowOf(other, 0))).toThrow(refused('wrong-digest'))
})

test.each<[string, string, string]>([
  ['no JSON', '{', 'bad-json'],
  ['no object', '"text"', 'bad-input'],
  ['nothing in it', '{}', 'bad-input'],
  ['a member too many', JSON.stringify({ ...good, extra: 1 }), 'bad-input'],
  ['a member too few', JSON.stringify({ ...good, recipient: undefined }), 'bad-input'],
  ['a recipient that is no party', JSON.stringify({ ...good, recipient: 'mission' }), 'bad-input'],
  ['a type that is none', JSON.stringify({ ...good, type: 'md.acasa.return.gone.v1' }), 'bad-input'],
  [
    'an event that is not base64',
    JSON.stringify({ ...good, data: { ...good.data, event: '*' } }),
    'bad-input',
  ],
])('a text with %s is refused, and nothing of it is told', (_, text, code) => {
  expect(() => parseMessage(text)).toThrow(refused(code))
  expect(() => parseMessage(text)).toThrow(new RegExp(`^${code}$`))
})

test('a message to each party of the return passes', () => {
  for (const party of rowOf(made, 0).event.to) {
    expect(() => check(parseMessage(messageText(rowOf(made, 0), party, [])))).not.toThrow()
  }
  expect(rowOf(made, 0).event.to).toContain(centre)
})
