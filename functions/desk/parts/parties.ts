import * as z from 'zod/mini'
import { setting, variable } from '../../../schemas/deployment/settings.ts'
import { partnersIn } from '../../../schemas/procedure/tasks.ts'
import {
  kindOf,
  type PartnerKind,
  type PartyId,
  type PartyKind,
  partyId,
  partyKinds,
  partyOf,
} from '../../../schemas/values/parties.ts'
import type { Messages } from '../messages/messages.ts'

const names = z.record(partyId, z.string())
let read: ReadonlyMap<PartyId, string> | undefined

/** The names of posts, centres and partners, by id. */
function namesById(): ReadonlyMap<PartyId, string> {
  read ??= new Map(
    Object.entries(names.parse(JSON.parse(setting(variable.partyNames)))).map(([id, name]) => [
      partyId.parse(id),
      name,
    ]),
  )
  return read
}

/** A party in words: `Istanbul, diplomatic mission`. A holder of wraps that is no party is named by its code. */
export function partyName(messages: Messages, holder: string): string {
  const party = partyId.safeParse(holder)
  if (!party.success) return messages.code('holder', holder)
  const kind = messages.code('party', kindOf(party.data))
  const name = namesById().get(party.data)
  return name ? messages('party.named', { name, kind }) : kind
}

/** Parties by id, each with its name, in the order of the names. */
export function partiesByName(messages: Messages, parties: readonly string[]): Map<string, string> {
  const { compare } = new Intl.Collator(messages.language)
  const pairs = [...new Set(parties)].map((party): [string, string] => [party, partyName(messages, party)])
  return new Map(pairs.sort(([, first], [, second]) => compare(first, second)))
}

let partnersRead: ReturnType<typeof partnersIn> | undefined

/** The kind of a partner: a hotline, the police, …. Other parties have none. */
export function partnerKindOf(party: PartyId): PartnerKind | undefined {
  partnersRead ??= partnersIn(setting(variable.partners))
  return partnersRead[party]
}

/** Every party of the deployment that is of one of these kinds. */
export function partiesOf(...kinds: readonly PartyKind[]): PartyId[] {
  const single = kinds.filter((kind) => !partyKinds[kind].many).map((kind) => partyOf(kind))
  return [...single, ...[...namesById().keys()].filter((party) => kinds.includes(kindOf(party)))]
}
