import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fold } from '../../../functions/domain/evolve.ts'
import { type Delivery, seenByAll } from '../../../functions/exchange/delivery.ts'
import { receive } from '../../../functions/exchange/reception.ts'
import { lineIn } from '../../../functions/exchange/worklist.ts'
import { eventHash } from '../../../functions/trail/chain.ts'
import { referenceOf } from '../../../functions/trail/ids.ts'
import type { PartyId } from '../../../schemas/values/parties.ts'
import { addEvent, centre, consular, fileReturn, filer, iom, type MadeReturn } from '../../parts/events.ts'
import { rota } from '../../parts/rota.ts'

async function journey(): Promise<MadeReturn> {
  const made = await fileReturn()
  await addEvent(made, { type: 'acknowledged', data: { due: [] } }, { by: iom })
  await addEvent(made, { type: 'asked', data: {} }, { by: iom, for: filer, seals: ['talk'] })
  await addEvent(made, { type: 'answered', data: { question: 2 } }, { for: iom, seals: ['talk'] })
  await addEvent(made, { type: 'amended', data: { slot: 'person' } }, { seals: ['identity', 'label'] })
  await addEvent(
    made,
    { type: 'withdrawn', data: { recipient: centre, accessRemoved: true, stillReads: [] } },
    { seals: ['case'] },
  )
  await addEvent(made, { type: 'accepted', data: { due: [] } }, { by: iom })
  return made
}

const eventsOf = (made: MadeReturn, length = made.rows.length) =>
  made.rows.slice(0, length).map(({ event }) => event)
const labels = (made: MadeReturn) => made.sections.filter(({ cls }) => cls === 'label')
const at = '2026-11-21T10:00:00.000Z'

/** The hash of an event that was read; none where there is none. */
function hashAt(rows: MadeReturn['rows'], seq: number): string {
  const row = rows[seq]
  return row ? eventHash(row.bytes) : ''
}

/** What an inbox knows beside the events that it has read. */
const aboutOf = (rows: MadeReturn['rows']) => ({
  at,
  reference: referenceOf(rows[0]?.event.ret ?? ''),
  rota,
  lastHash: hashAt(rows, rows.length - 1),
})

/** What a party has after inboxes read the trail when it had so many events, one after the other. */
function receivedBy(rows: MadeReturn['rows'], party: PartyId, lengths: readonly number[]) {
  return lengths.reduce<{ delivery?: Delivery; line?: ReturnType<typeof lineIn> }>((state, length) => {
    const read = rows.slice(0, length)
    const about = aboutOf(read)
    const before = state.delivery ? [state.delivery] : []
    const reception = receive(
      read.map(({ event }) => event),
      party,
      before,
      about,
    )
    return reception ? { delivery: reception.delivery, line: lineIn(reception.line) } : state
  }, {})
}

test('the line holds the state of the return, and the section of the current label', async () => {
  const made = await journey()
  const last = made.rows.at(-1)?.event
  expect(receivedBy(made.rows, iom, [7]).line).toEqual({
    ret: made.ret,
    reference: referenceOf(made.ret),
    phase: 'accepted',
    urgency: 1,
    version: 7,
    hash: hashAt(made.rows, 6),
    responsible: filer,
    items: expect.arrayContaining([
      // Who was left out has not said what it did with what it held.
      { what: 'answer-withdrawal', party: centre, since: made.rows[5]?.event.at },
    ]),
    flags: [],
    membership: 'on',
    overdue: [],
    calls: [],
    alerts: [],
    cleared: false,
    request: fold(eventsOf(made))?.request,
    at: last?.at,
    labels: [{ slot: 'label', sec: labels(made)[1]?.sec, seq: 4, by: filer }],
  })
})

test('a party that may not read labels gets none', async () => {
  const made = await journey()
  expect(receivedBy(made.rows, consular, [7]).line).not.toHaveProperty('labels')
})

test('a removed recipient keeps a line that has ended, without a label, from its last event', async () => {
  const made = await journey()
  const { line, delivery } = receivedBy(made.rows, centre, [7])
  expect(line).toMatchObject({
    membership: 'ended',
    version: 6,
    hash: hashAt(made.rows, 5),
    at: made.rows[5]?.event.at,
    phase: 'acknowledged',
  })
  expect(line).not.toHaveProperty('labels')
  expect(delivery?.seen).toBe(5)
})

test('nothing is written for an event that was received before, or for a party that is not addressed', async () => {
  const made = await journey()
  const about = aboutOf(made.rows)
  expect(receive(eventsOf(made), iom, [{ party: iom, seen: 6, received: [] }], about)).toBeUndefined()
  expect(receive(eventsOf(made), centre, [{ party: centre, seen: 5, received: [] }], about)).toBeUndefined()
  expect(receive([], iom, [], about)).toBeUndefined()
})

test('in whatever order messages come, each party ends with the same line and receives each event once', async () => {
  const made = await journey()
  const events = eventsOf(made)
  const party = fc.constantFrom(filer, consular, iom, centre)
  const lengths = fc.array(fc.integer({ min: 1, max: 7 }), { maxLength: 12 })
  fc.assert(
    fc.property(party, lengths, (who, reads) => {
      const straight = receivedBy(made.rows, who, [1, 2, 3, 4, 5, 6, 7])
      const astray = receivedBy(made.rows, who, [...reads, 7])
      expect(astray.line).toEqual(straight.line)
      expect(astray.delivery).toEqual(straight.delivery)
      const forParty = events.filter(({ to }) => to.includes(who)).map(({ seq }) => seq)
      expect(astray.delivery?.received.map(([seq]) => seq)).toEqual(forParty)
    }),
  )
})

test('an event is delivered when the last of its parties has received it', async () => {
  const made = await journey()
  const event = made.rows[5]?.event
  const after = made.rows[6]?.event
  if (!event || !after) throw new Error('no event')
  const seen = (party: PartyId, last: number) => ({ party, seen: last, received: [] })
  const others = [seen(filer, 6), seen(consular, 5), seen(iom, 6)]
  expect(seenByAll(others, event)).toBe(false)
  expect(seenByAll([...others, seen(centre, 4)], event)).toBe(false)
  expect(seenByAll([...others, seen(centre, 5)], event)).toBe(true)
  expect(seenByAll([...others, seen(centre, 5)], after)).toBe(false)
  expect(seenByAll([seen(filer, 6), seen(consular, 6), seen(iom, 6)], after)).toBe(true)
})

test('a line without its parts is not read', () => {
  const items: Parameters<typeof lineIn>[0][] = [{}, { row: { S: '' } }, { row: { M: { ret: { S: 'x' } } } }]
  for (const item of items) expect(() => lineIn(item)).toThrow('internal')
})
