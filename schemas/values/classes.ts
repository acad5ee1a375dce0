import type { AddressedKind, HolderKind } from './parties.ts'

/**
 * Data classes: what is sealed, who may read it and who may write it. One section belongs to one class.
 * `mission` means the missions on the return: the one that filed it, and later those that help; a partner that filed reads
 * what a mission does (`functions/domain/access/readers.ts`).
 * The table lists every kind that may ever read a class. The person's bases narrow it for each return
 * (`functions/domain/access/readers.ts`).
 * Key policies, roles and tests derive from this table.
 */
export const dataClasses = {
  label: {
    readers: ['mission', 'iom', 'centre'],
    // Who arranges the journey writes its days, the ministry too.
    writers: ['mission', 'iom', 'centre', 'ministry', 'partner'],
  },
  case: {
    readers: ['mission', 'iom', 'centre', 'ministry', 'partner', 'figures'],
    writers: ['mission', 'iom', 'centre', 'ministry', 'partner'],
  },
  identity: {
    readers: ['mission', 'iom', 'centre', 'partner'],
    writers: ['mission', 'iom', 'centre', 'partner'],
  },
  contacts: {
    readers: ['mission', 'iom', 'centre', 'partner'],
    writers: ['mission', 'iom', 'centre', 'partner'],
  },
  safety: {
    readers: ['mission', 'iom', 'centre', 'ministry', 'partner'],
    writers: ['mission', 'iom', 'centre', 'partner'],
  },
  travel: {
    readers: ['mission', 'iom', 'centre', 'ministry', 'partner'],
    writers: ['mission', 'iom', 'ministry', 'partner'],
  },
  protection: { readers: ['iom', 'centre', 'partner'], writers: ['mission', 'iom', 'centre', 'partner'] },
  care: { readers: ['iom', 'centre', 'partner'], writers: ['mission', 'iom', 'centre', 'partner'] },
  decision: { readers: ['ministry', 'iom', 'mission'], writers: ['iom', 'centre', 'ministry'] },
  /** Notes of a party for itself: calls made, next steps. */
  note: {
    readers: ['mission', 'iom', 'centre', 'ministry', 'partner'],
    writers: ['mission', 'iom', 'centre', 'ministry', 'partner'],
  },
  /** Questions and answers. The event names the two readers; these kinds may ask or be asked. */
  talk: {
    readers: ['mission', 'iom', 'centre', 'ministry', 'partner'],
    writers: ['mission', 'iom', 'centre', 'ministry', 'partner'],
  },
  /** The return's log key, for each party on the return; made at filing. */
  log: {
    readers: ['mission', 'consular', 'iom', 'centre', 'ministry', 'partner', 'watch'],
    writers: ['mission', 'iom', 'centre', 'partner'],
  },
} as const satisfies Record<string, { readers: readonly HolderKind[]; writers: readonly AddressedKind[] }>

/**
 * A draft of a party, before there is a return: only that party reads it. It is no class of a return, so no event, basis
 * or grant can name it; only encryption contexts do (`drafts.ts`, `infra/key-policies.ts`).
 */
export const draftClass = 'draft'

export type DataClass = keyof typeof dataClasses
export const dataClassNames = Object.keys(dataClasses) as DataClass[]

/** Classes that hold a sealed section; `log` is a bare key. */
export type SectionClass = Exclude<DataClass, 'log'>
export const sectionClassNames = dataClassNames.filter((cls): cls is SectionClass => cls !== 'log')

/** Notes, questions and answers belong to their writers: they are never granted, and the custodian never holds them. */
const personal: readonly DataClass[] = ['note', 'talk']

/** Classes that can be granted to a party that joins a return later. */
export const grantableClasses = dataClassNames.filter((cls) => !personal.includes(cls))

/** Kinds whose commands grant, each with the kinds of holder that it grants to. */
export const grantsTo = {
  mission: ['mission', 'iom', 'centre', 'ministry', 'partner', 'figures'],
  iom: ['mission', 'centre', 'ministry', 'partner', 'figures'],
  centre: ['mission', 'iom', 'centre', 'ministry', 'partner', 'figures'],
  // It records no consent: it shares with IOM what IOM lacks, and gives tasks.
  ministry: ['mission', 'iom', 'partner'],
} as const satisfies Partial<Record<AddressedKind, readonly HolderKind[]>>

/** Whether a kind of party may ever wrap existing sections for a kind of holder. */
export function mayGrant(kind: string, to: string): boolean {
  const granted: Partial<Record<string, readonly string[]>> = grantsTo
  return granted[kind]?.includes(to) ?? false
}

/** Whether a kind of holder may ever hold a wrap of a class: to read it or, as the custodian, to keep it. */
export function mayHold(kind: HolderKind, cls: DataClass): boolean {
  return kind === 'custodian' ? cls !== 'log' && grantableClasses.includes(cls) : mayRead(kind, cls)
}

/** Whether a kind of holder may ever read a class. */
export function mayRead(kind: string, cls: DataClass): boolean {
  return (dataClasses[cls].readers as readonly string[]).includes(kind)
}

/** Whether a kind of party may ever write a class. */
export function mayWrite(kind: string, cls: DataClass): boolean {
  return (dataClasses[cls].writers as readonly string[]).includes(kind)
}
