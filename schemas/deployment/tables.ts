/**
 * The tables: their keys, and what each of them promises. `infra` creates them from here, `functions` name
 * their attributes from here. `keep`: deletion protection, retained when the stack goes, never replaced.
 * `recoveryDays`: how long a deleted item can still be brought back; for `keys` it bounds how late erasure is true.
 */
export const tables = {
  trail: { hash: 'ret', range: 'seq', rangeType: 'N', keep: true, recoveryDays: 35, stream: true },
  heads: { hash: 'ret', keep: true, recoveryDays: 35 },
  /** Of the desk: who is signed in at which browser, sealed under a key that only the browser has. */
  sessions: { hash: 'session', expires: 'expires' },
  claims: { hash: 'party', range: 'claim', expires: 'expires' },
  sealed: { hash: 'ret', range: 'section', keep: true, recoveryDays: 35 },
  keys: { hash: 'ret', range: 'wrap', keep: true, recoveryDays: 1 },
  /**
   * By what returns are found, as MACs: rows of all (`all#…`) and of the mission that filed (`mission:K7QX#…`), and one
   * of each return that names its own. They die with what they were made of, as wraps do.
   */
  tags: { hash: 'tag', range: 'of', keep: true, recoveryDays: 1 },
  /** Returns and searches that have not been compared with the others yet; a search is forgotten in a day. */
  unmatched: { hash: 'party', range: 'at', expires: 'expires' },
  /** Who raised, linked and unlinked two returns: a chain for each two. */
  matches: { hash: 'match', range: 'n', rangeType: 'N', keep: true, recoveryDays: 35 },
  /** Matches by who decides, and linked returns by return. */
  links: { hash: 'of', range: 'place', recoveryDays: 35 },
  /** How often somebody did what may be done so often. */
  limits: { hash: 'party', range: 'window', expires: 'expires' },
  pending: { hash: 'shard', range: 'since', recoveryDays: 35 },
  /** Returns at which `watch` has to look, each at an instant; one without such an instant is not in the index. */
  due: {
    hash: 'shard',
    range: 'ret',
    localIndex: { name: 'by-next', range: 'next' },
    recoveryDays: 35,
  },
  /** The index finds the returns of one request that a party is on, among its own rows. */
  worklists: {
    hash: 'party',
    range: 'ret',
    localIndex: { name: 'by-request', range: 'request' },
  },
  /** Where each return stands in the lists of a party: by group and day, and beside that by reference, user and arrival. */
  work: { hash: 'party', range: 'place' },
  deliveries: { hash: 'ret', range: 'party', recoveryDays: 35 },
  /** Counts, small ones left out; made anew by every run, and nobody's. */
  figures: { hash: 'scope' },
  /**
   * Who looked, exported, searched or was refused. The indexes find the records of all subjects by what an auditor asks
   * for, newest first; `by-return` has refusals alone, by the return that was asked for.
   */
  access: {
    hash: 'subject',
    range: 'n',
    rangeType: 'N',
    globalIndexes: [
      { name: 'by-kind', hash: 'kind', range: 'moment' },
      { name: 'by-party', hash: 'party', range: 'moment' },
      { name: 'by-user', hash: 'user', range: 'moment' },
      { name: 'by-reference', hash: 'reference', range: 'moment' },
      { name: 'by-return', hash: 'about', range: 'moment' },
    ],
    keep: true,
    recoveryDays: 35,
  },
  posts: { hash: 'post', range: 'version', rangeType: 'N', keep: true, recoveryDays: 35 },
  rooms: { hash: 'centre', range: 'version', rangeType: 'N', keep: true, recoveryDays: 35 },
  /** Who works for a party, change by change, by ids. */
  roster: { hash: 'party', range: 'version', rangeType: 'N', keep: true, recoveryDays: 35 },
  /** What those people are called: nowhere else, so that a name can be deleted. */
  people: { hash: 'party', range: 'user', recoveryDays: 7 },
  /** What is taken of a centre's rooms, and who is to come: no counts, only where they are sealed. */
  places: { hash: 'centre', range: 'row', recoveryDays: 35 },
  /** Filings that are being written. No recovery: what is deleted is gone. */
  drafts: { hash: 'party', range: 'draft', expires: 'expires' },
} as const satisfies Record<string, TableShape>

export interface TableShape {
  hash: string
  range?: string
  rangeType?: 'S' | 'N'
  keep?: boolean
  recoveryDays?: number
  stream?: boolean
  /** The attribute, in epoch seconds, after which DynamoDB may delete an item. */
  expires?: string
  localIndex?: LocalIndex
  /** Over all partitions, a moment behind the table; a row without the index's keys is not in it. */
  globalIndexes?: readonly GlobalIndex[]
}

interface LocalIndex {
  name: string
  range: string
}

export interface GlobalIndex extends LocalIndex {
  hash: string
}

/** The local indexes of a table. */
export function indexesOf({ localIndex }: TableShape): LocalIndex[] {
  return localIndex ? [localIndex] : []
}

export type TableName = keyof typeof tables
export const tableNames = Object.keys(tables) as TableName[]

/** Rows of `pending`, and those of `due`, are spread over this many hash keys. */
export const pendingShards = 16
