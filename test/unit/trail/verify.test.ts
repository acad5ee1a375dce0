import * as fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { canonicalBytes, parseCanonical } from '../../../functions/trail/canonical.ts'
import { eventHash, logTag } from '../../../functions/trail/chain.ts'
import { newReturnId, newSectionId } from '../../../functions/trail/ids.ts'
import { type Flaw, verifyExport } from '../../../functions/trail/verify.ts'
import { newDataKey } from '../../../functions/vault/section.ts'
import type { Exported } from '../../../schemas/api/answers.ts'
import { type StoredEvent, storedEvent } from '../../../schemas/events/events.ts'
import { base64, exportOf, type MadeTrail, makeTrail } from '../../parts/trails.ts'

let made: MadeTrail
beforeAll(async () => {
  made = await makeTrail(7)
})

test('a whole export is valid, and the verdict counts what was checked', () => {
  const last = made.events[6]
  expect(verifyExport(exportOf(made))).toEqual({
    kind: 'valid',
    events: 7,
    checked: 6,
    absent: 0,
    tags: 7,
    lastHash: last && eventHash(canonicalBytes(last)),
  })
})

test('without the log key no tag is checked', () => {
  const { logKey: _, ...rest } = exportOf(made)
  expect(verifyExport(rest)).toMatchObject({ kind: 'valid', tags: 0 })
})

test('sections that the exporter may not read, or that were destroyed, are counted as absent', () => {
  const whole = exportOf(made)
  expect(verifyExport({ ...whole, sections: whole.sections.slice(2) })).toMatchObject({
    checked: 4,
    absent: 2,
  })
  expect(verifyExport({ ...whole, sections: [] })).toMatchObject({ kind: 'valid', checked: 0, absent: 6 })
})

/** The export with event `seq` rewritten and every event behind it made to follow: only a schema or time can tell. */
function rewritten(seq: number, change: (event: Record<string, unknown>) => object): Exported {
  const whole = exportOf(made)
  let prev = ''
  const events = made.events.map((event, index) => {
    const link = index > seq ? { prev } : {}
    const bytes = canonicalBytes({ ...event, ...(index === seq ? change({ ...event }) : {}), ...link })
    prev = eventHash(bytes)
    return { bytes: base64(bytes), tag: base64(logTag(made.log.key, index)) }
  })
  return { ...whole, events }
}

const eventsOf = (change: (events: Exported['events']) => Exported['events']) => (): unknown => {
  const whole = exportOf(made)
  return { ...whole, events: change(whole.events) }
}
const sectionsOf = (change: (sections: Exported['sections']) => unknown[]) => (): unknown => {
  const whole = exportOf(made)
  return { ...whole, sections: change(whole.sections) }
}
const bytesOf = (seq: number, bytes: (event: StoredEvent) => Uint8Array | string) =>
  eventsOf((events) =>
    events.map((row, index) => {
      const event = made.events[index]
      if (index !== seq || !event) return row
      const changed = bytes(event)
      return { ...row, bytes: typeof changed === 'string' ? changed : base64(changed) }
    }),
  )
const json = (text: string) => new TextEncoder().encode(text)

test.each<[string, () => unknown, Flaw, number?]>([
  ['nothing', () => undefined, 'not-an-export'],
  ['another format', () => ({ ...exportOf(made), format: 'acasa/export/v2' }), 'not-an-export'],
  ['a member more', () => ({ ...exportOf(made), valid: true }), 'not-an-export'],
  ['bytes that are no base 64', bytesOf(1, () => 'ș'), 'not-an-export'],
  ['no event', eventsOf(() => []), 'no-events'],
  ['bytes with a space', bytesOf(1, (event) => json(JSON.stringify(event, null, 1))), 'not-canonical', 1],
  ['bytes in another order', bytesOf(3, (event) => json(JSON.stringify(event))), 'not-canonical', 3],
  ['bytes that are no text', bytesOf(2, () => Uint8Array.of(0xff)), 'not-canonical', 2],
  ['an event of no known type', () => rewritten(2, () => ({ type: 'rumoured' })), 'not-an-event', 2],
  ['a name in clear', () => rewritten(2, () => ({ data: { name: 'Ana' } })), 'not-an-event', 2],
  [
    'a return that is filed twice',
    () => rewritten(1, () => ({ type: 'filed', data: made.events[0]?.data })),
    'not-an-event',
    1,
  ],
  [
    'a return that nobody filed',
    () => rewritten(0, () => ({ type: 'acknowledged', data: { due: [] } })),
    'not-an-event',
    0,
  ],
  ['an event of another return', () => rewritten(2, () => ({ ret: newReturnId('K7QX') })), 'other-return', 2],
  ['the name of another return', () => ({ ...exportOf(made), ret: newReturnId('K7QX') }), 'other-return', 0],
  ['an event left out', eventsOf((events) => events.toSpliced(2, 1)), 'gap', 2],
  ['the beginning left out', eventsOf((events) => events.slice(1)), 'gap', 0],
  ['an event twice', eventsOf((events) => [...events, ...events.slice(-1)]), 'gap', 7],
  [
    'two events that changed places',
    eventsOf((events) => events.toSpliced(2, 2, ...events.slice(2, 4).reverse())),
    'gap',
    2,
  ],
  [
    'an event that names another before',
    () => rewritten(3, () => ({ prev: 'a'.repeat(64) })),
    'broken-link',
    3,
  ],
  [
    'a beginning that names one before',
    () => rewritten(0, () => ({ prev: 'a'.repeat(64) })),
    'broken-link',
    0,
  ],
  [
    'an event earlier than the one before',
    () => rewritten(4, () => ({ at: '2026-11-21T09:00:02.999Z' })),
    'time-runs-back',
    4,
  ],
  ['another log key', () => ({ ...exportOf(made), logKey: base64(newDataKey().key) }), 'wrong-log-key', 0],
  ['a log key that was cut', () => ({ ...exportOf(made), logKey: 'AAAA' }), 'wrong-log-key', 0],
  [
    'the tag of another event',
    eventsOf((events) => events.with(5, { bytes: events[5]?.bytes ?? '', tag: events[4]?.tag ?? '' })),
    'wrong-tag',
    5,
  ],
  [
    'a tag that was cut',
    eventsOf((events) => events.with(6, { bytes: events[6]?.bytes ?? '', tag: '' })),
    'wrong-tag',
    6,
  ],
  [
    'a section in the place of another',
    sectionsOf(([a, b, ...rest]) => [{ ...a, jwe: b?.jwe }, b, ...rest]),
    'section-differs',
    0,
  ],
  [
    'a section under another class',
    sectionsOf(([a, b, c, ...rest]) => [a, b, { ...c, cls: 'care' }, ...rest]),
    'section-differs',
    3,
  ],
  [
    'a section cut short',
    sectionsOf((sections) => sections.with(5, { ...(sections[5] ?? throwNone()), jwe: 'x' })),
    'section-differs',
    6,
  ],
  [
    'a section of another length than its event says',
    () => rewritten(3, ({ sections }) => ({ sections: longer(sections) })),
    'section-differs',
    3,
  ],
  [
    'a section that no event names',
    sectionsOf((sections) => [...sections, { sec: newSectionId(), cls: 'case', jwe: 'x' }]),
    'section-unnamed',
  ],
  ['a section twice', sectionsOf((sections) => [...sections, sections[0]]), 'section-twice'],
  [
    'a section that two events name',
    () => rewritten(3, () => ({ sections: made.events[0]?.sections })),
    'section-twice',
    3,
  ],
])('an export with %s is refused', (_, document, flaw, seq) => {
  expect(verifyExport(document())).toEqual(
    seq === undefined ? { kind: 'invalid', flaw } : { kind: 'invalid', flaw, seq },
  )
})

function longer(sections: unknown): unknown {
  return Array.isArray(sections) ? sections.map((entry) => ({ ...entry, len: entry.len + 1 })) : sections
}

function throwNone(): never {
  throw new Error('no section')
}

const change = fc.record({ row: fc.nat(), at: fc.nat(), flip: fc.integer({ min: 1, max: 255 }) })

function flipped(bytes: Uint8Array, at: number, flip: number): Uint8Array {
  const changed = Uint8Array.from(bytes)
  const place = at % changed.length
  changed.set([(changed[place] ?? 0) ^ flip], place)
  return changed
}

test('an export with any byte of an event changed is refused, or shows another last hash', () => {
  const whole = exportOf(made)
  const { lastHash } = expectValid(whole)
  fc.assert(
    fc.property(change, ({ row, at, flip }) => {
      const seq = row % whole.events.length
      const event = whole.events[seq] ?? throwNone()
      const bytes = base64(flipped(Buffer.from(event.bytes, 'base64'), at, flip))
      const verdict = verifyExport({ ...whole, events: whole.events.with(seq, { ...event, bytes }) })
      if (seq < whole.events.length - 1 || verdict.kind === 'invalid') expect(verdict.kind).toBe('invalid')
      else expect(verdict.lastHash).not.toBe(lastHash)
    }),
    { numRuns: 500 },
  )
})

test('an export with any byte of a tag, the log key or a section changed is refused', () => {
  const whole = exportOf(made)
  fc.assert(
    fc.property(change, ({ row, at, flip }) => {
      const event = whole.events[row % 7] ?? throwNone()
      const section = whole.sections[row % 6] ?? throwNone()
      const tag = base64(flipped(Buffer.from(event.tag, 'base64'), at, flip))
      const logKey = base64(flipped(made.log.key, at, flip))
      const jwe = Buffer.from(flipped(Buffer.from(section.jwe), at, flip)).toString('latin1')
      for (const forged of [
        { ...whole, events: whole.events.with(row % 7, { ...event, tag }) },
        { ...whole, logKey },
        { ...whole, sections: whole.sections.with(row % 6, { ...section, jwe }) },
      ]) {
        expect(verifyExport(forged).kind).toBe('invalid')
      }
    }),
  )
})

test('an export with events removed, doubled or moved is refused; only a missing ending does not show', () => {
  const whole = exportOf(made)
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 6 }), { maxLength: 8 }), (places) => {
      const prefix = places.every((place, index) => place === index)
      fc.pre(!prefix)
      const events = places.map((place) => whole.events[place] ?? throwNone())
      expect(verifyExport({ ...whole, events, sections: [] }).kind).toBe('invalid')
    }),
  )
})

test('another base 64 spelling of the same bytes is refused', () => {
  const whole = exportOf(made)
  const spelled = whole.events.flatMap(({ bytes, tag }, seq) =>
    // Before the padding stand bits that decoders leave out: 0 in the one form.
    bytes.endsWith('=') ? [{ seq, row: { bytes: bytes.replace(/.(?==*$)/, nextLetter), tag } }] : [],
  )
  expect(spelled.length).toBeGreaterThan(0)
  for (const { seq, row } of spelled) {
    expect(Buffer.from(row.bytes, 'base64')).toEqual(Buffer.from(whole.events[seq]?.bytes ?? '', 'base64'))
    const forged = { ...whole, events: whole.events.with(seq, row) }
    expect(verifyExport(forged)).toEqual({ kind: 'invalid', flaw: 'not-canonical', seq })
  }
})

const nextLetter = (letter: string) => String.fromCharCode(letter.charCodeAt(0) + 1)

test('the stored bytes are what is judged: they hold the event and nothing else', () => {
  for (const [seq, row] of exportOf(made).events.entries()) {
    expect(storedEvent.parse(parseCanonical(Buffer.from(row.bytes, 'base64')))).toEqual(made.events[seq])
  }
})

function expectValid(document: unknown) {
  const verdict = verifyExport(document)
  if (verdict.kind !== 'valid') throw new Error(verdict.flaw)
  return verdict
}
