import { canonicalBytes } from '../../functions/trail/canonical.ts'
import { eventHash, genesis, logTag } from '../../functions/trail/chain.ts'
import { claimHash } from '../../functions/trail/claim.ts'
import { newReturnId, newSectionId } from '../../functions/trail/ids.ts'
import { newDataKey, seal, sectionDigest } from '../../functions/vault/section.ts'
import type { Exported } from '../../schemas/api/answers.ts'
import { type StoredEvent, storedEvent } from '../../schemas/events/events.ts'
import { procedureOn } from '../../schemas/procedure/procedure.ts'
import type { SectionClass } from '../../schemas/values/classes.ts'
import { partyId } from '../../schemas/values/parties.ts'

export const mission = partyId.parse('mission:K7QX')
export const iom = partyId.parse('iom')

export interface MadeTrail {
  ret: string
  log: { key: Uint8Array; kid: string }
  events: StoredEvent[]
  sections: Exported['sections']
}

/** Its schema is what parses it. */
interface Body {
  type: StoredEvent['type']
  data: unknown
}

/** A return of `length` events, sealed sections on the first and on every third, each naming the one before. */
export async function makeTrail(length: number): Promise<MadeTrail> {
  const made: MadeTrail = { ret: newReturnId('K7QX'), log: newDataKey(), events: [], sections: [] }
  await extend(made, {
    type: 'filed',
    data: {
      request: newReturnId('K7QX').slice(4),
      urgency: 1,
      basis: { [mission]: 'other-basis', [iom]: 'consent' },
      log: { sec: newSectionId(), kid: made.log.kid },
      procedure: procedureOn('2026-11-21').version,
      due: [],
    },
  })
  while (made.events.length < length) {
    const seq = made.events.length
    if (seq % 3 === 0) await extend(made, { type: 'amended', data: { slot: 'request' } })
    else
      await extend(
        made,
        seq % 3 === 1 ? { type: 'asked', data: {} } : { type: 'acknowledged', data: { due: [] } },
      )
  }
  return made
}

/** The next event of a made trail; written nowhere. */
export async function extend(made: MadeTrail, body: Body): Promise<StoredEvent> {
  const seq = made.events.length
  const sealed =
    seq % 3 === 0 ? await Promise.all((['case', 'label'] as const).map((cls) => section(made.ret, cls))) : []
  const last = made.events.at(-1)
  const event = storedEvent.parse({
    v: 1,
    ret: made.ret,
    seq,
    prev: last ? eventHash(canonicalBytes(last)) : genesis,
    at: new Date(Date.UTC(2026, 10, 21, 9, 0, seq)).toISOString(),
    by: { party: mission, role: 'officer', user: 'officer-1' },
    to: [mission, iom],
    idem: claimHash(['officer-1', body.type, made.ret, String(seq)]),
    sections: sealed.map(({ entry }) => entry),
    ...body,
  })
  made.events.push(event)
  made.sections.push(...sealed.map(({ exported }) => exported))
  return event
}

async function section(ret: string, cls: SectionClass) {
  const { key, kid } = newDataKey()
  const sec = newSectionId()
  const jwe = await seal({ says: 'made up' }, { key, kid, ret, sec, cls })
  return { entry: { sec, cls, kid, ...sectionDigest(jwe) }, exported: { sec, cls, jwe } }
}

/** A made trail as its filer would export it, with the log key and every ciphertext. */
export function exportOf({ ret, log, events, sections }: MadeTrail): Exported {
  return {
    format: 'acasa/export/v1',
    ret,
    by: mission,
    at: '2026-11-22T09:00:00.000Z',
    events: events.map((event) => ({
      bytes: base64(canonicalBytes(event)),
      tag: base64(logTag(log.key, event.seq)),
    })),
    sections,
    logKey: base64(log.key),
  }
}

export function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}
