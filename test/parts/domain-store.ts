import { written } from '../../functions/domain/access/current-sections.ts'
import type { Facts } from '../../functions/domain/access/opened-sections.ts'
import type { Command } from '../../functions/domain/command.ts'
import { evolve, fold } from '../../functions/domain/evolve.ts'
import type { Decision, Plan } from '../../functions/domain/plan.ts'
import type { CurrentSection, Folded } from '../../functions/domain/state.ts'
import { type StoredEvent, storedEvent } from '../../schemas/events/events.ts'
import type { HolderId, PartyId } from '../../schemas/values/parties.ts'

const ret = '1XGE0000000000000000000000000A'

/** A section as the vault would keep it: what it holds, and who could open it. */
export interface Kept {
  section: CurrentSection
  content: unknown
  readers: readonly HolderId[]
}

/** A return in memory: its events, and its sections with their readers. Each step makes a new one. */
export interface DomainReturn {
  events: readonly StoredEvent[]
  kept: readonly Kept[]
}

/** States by their events, which are made once and never changed: walks ask for the same one again and again. */
const folded = new WeakMap<readonly StoredEvent[], Folded>()

export function stateOf({ events }: Pick<DomainReturn, 'events'>): Folded {
  const known = folded.get(events)
  if (known) return known
  const state = fold(events)
  if (!state) throw new Error('This return was never filed.')
  folded.set(events, state)
  return state
}

/** The state after one event more: as a fold over all of them gives it, but for a correction, without going back. */
function stateAfter(state: Folded, event: StoredEvent): Folded | undefined {
  const next = event.type === 'corrected' ? undefined : evolve(state, event)
  if (!next) return undefined
  const destroyed = event.type === 'struck' ? event.data.strikes : []
  const erased = event.type === 'erased' ? event.data.sections : []
  const gone = new Set([...destroyed, ...erased])
  const sections = [...state.written, ...written(event)].filter(({ sec }) => !gone.has(sec))
  return { ...next, version: state.version + 1, written: sections }
}

/** What a party can open of the classes of a plan: what was sealed for it. */
export function openedBy(made: DomainReturn, party: PartyId, { needs, uses }: Plan): Facts {
  const wanted = stateOf(made).sections.filter(({ cls }) => [...needs, ...uses].includes(cls))
  const opened = wanted.flatMap(({ sec }) => {
    const kept = made.kept.find(({ section }) => section.sec === sec)
    return kept?.readers.includes(party) ? [kept] : []
  })
  const seen = new Set(opened.map(({ section }) => section.sec))
  const unseen = new Set(wanted.filter(({ sec }) => !seen.has(sec)).map(({ cls }) => cls))
  return { opened, unseen: [...unseen] }
}

/** What the author of a command can wrap of what it grants: what it reads, and of what is locked everything. */
export function granting(made: DomainReturn, command: Command, { grants }: Pick<Plan, 'grants'>): Kept[] {
  const state = stateOf(made)
  const wanted = new Set(grants?.sections.map(({ sec }) => sec))
  return made.kept.filter(
    ({ section: { sec }, readers }) =>
      wanted.has(sec) && (readers.includes(command.by.party) || state.locked.has(sec)),
  )
}

/** The event of a decision, as the writer would store it, with ids that count. */
export function appended(made: DomainReturn, command: Command, decision: Decision): DomainReturn {
  const seq = made.events.length
  const event = storedEvent.parse({
    v: 1,
    ret,
    seq,
    prev: '0'.repeat(64),
    type: decision.type,
    at: command.at,
    by: command.by,
    ...(decision.for ? { for: decision.for } : {}),
    to: decision.to,
    idem: '0'.repeat(64),
    data: decision.data,
    sections: decision.seals.map(({ cls }, index) => ({
      sec: String(seq * 10 + index + 1).padStart(16, '0'),
      cls,
      kid: 'k'.repeat(43),
      len: 1,
      sha256: '0'.repeat(64),
    })),
  })
  const granted = new Set(
    (made.events.length > 0 ? granting(made, command, decision) : []).map(({ section }) => section.sec),
  )
  const events = [...made.events, event]
  const state = made.events.length > 0 ? stateAfter(stateOf(made), event) : undefined
  if (state) folded.set(events, state)
  const fresh = stateOf({ events })
    .written.filter((section) => section.seq === seq)
    .map((section): Kept => {
      const seal = decision.seals.find(({ cls }) => cls === section.cls)
      return { section, content: decision.contents.get(section.cls), readers: seal?.readers ?? [] }
    })
  const kept = keptAfter(made.kept, decision.destroys).map((held) => ({
    ...held,
    readers:
      decision.grants && granted.has(held.section.sec) ? [...held.readers, decision.grants.to] : held.readers,
  }))
  return { events, kept: [...kept, ...fresh] }
}

/** What is kept of sections and wraps once something was destroyed. */
export function keptAfter(kept: readonly Kept[], destroys: Decision['destroys']): readonly Kept[] {
  const gone = destroys && 'sections' in destroys ? destroys.sections : []
  const taken = destroys && 'wraps' in destroys ? destroys.wraps : []
  return kept
    .filter(({ section }) => !gone.includes(section.sec))
    .map((held) => ({
      ...held,
      readers: held.readers.filter(
        (reader) =>
          !taken.some(({ holder, classes }) => holder === reader && classes.includes(held.section.cls)),
      ),
    }))
}
