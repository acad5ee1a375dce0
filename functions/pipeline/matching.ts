import { createHash, randomUUID } from 'node:crypto'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import pLimit from 'p-limit'
import type { MatchRecord } from '../../schemas/api/matches.ts'
import { refusal } from '../../schemas/api/problems.ts'
import { setting, variable } from '../../schemas/deployment/settings.ts'
import { type PartyId, partyOf } from '../../schemas/values/parties.ts'
import { membershipOf } from '../domain/access/readers.ts'
import { fold } from '../domain/evolve.ts'
import {
  deciderOf,
  type Evidence,
  isAskedAgain,
  isComparable,
  matchOf,
  raisedAtOf,
  soughtMatchOf,
  successorsOf,
} from '../domain/matching/matching.ts'
import type { Folded } from '../domain/state.ts'
import { execute } from '../dynamodb/execute.ts'
import type { Statement } from '../dynamodb/statements.ts'
import { listMatch, readLinks } from '../exchange/links.ts'
import { deleteUnmatched, readUnmatched, type UnmatchedRow } from '../exchange/unmatched.ts'
import { errorName, log } from '../log.ts'
import { filerIn } from '../trail/ids.ts'
import { appendMatch, nextRecord, readMatchHistory } from '../trail/matches.ts'
import { readTrail } from '../trail/read.ts'
import {
  deleteTag,
  insertTag,
  kindOfTag,
  readTagged,
  readTagLists,
  type Tag,
  tagsToLookFor,
} from '../vault/tags.ts'

const rowsAtOnce = 4

const db = new DynamoDBClient({})
const nameOf = (table: 'trail' | 'tags' | 'unmatched' | 'matches' | 'links') => setting(variable.table(table))
const names = {
  trail: nameOf('trail'),
  tags: nameOf('tags'),
  unmatched: nameOf('unmatched'),
  matches: nameOf('matches'),
  links: nameOf('links'),
}

/**
 * Started by a clock: compares what was filed, amended or searched for with all returns, and raises to its decider what may
 * be one person. It compares tags and reads events in clear; it opens nothing, and holds no key. A row is deleted once it
 * was compared, so that what fails is compared again; rejects at the end where something failed.
 */
export async function handler(): Promise<void> {
  const rows = await readUnmatched(db, names.unmatched)
  let raised = 0
  let failed = 0
  await pLimit(rowsAtOnce).map(rows, async (row) => {
    try {
      raised += await compare(row)
      await deleteUnmatched(db, names.unmatched, row)
    } catch (error) {
      log('failed', { operation: 'matching', error: errorName(error) })
      failed++
    }
  })
  log('matching-done', { compared: rows.length, raised })
  if (failed > 0) throw refusal('internal')
}

async function compare({ party, work }: UnmatchedRow): Promise<number> {
  return 'sought' in work ? compareSearch(party, work.sought) : compareReturn(work.ret, work.gone)
}

/** Raises to a decider what a party searched for, where the party is not on the return that was found. */
async function compareSearch(party: PartyId, sought: readonly Tag[]): Promise<number> {
  let raised = 0
  for (const [ret, agreed] of await returnsWith(sought)) {
    const match = soughtMatchOf(ret, party)
    raised += await raise(
      { match, returns: [ret], searchedBy: party },
      evidenceOf(match, agreed),
      async () => {
        const state = await comparable(ret)
        return state && membershipOf(state, party) !== 'on' ? [state] : undefined
      },
    )
  }
  return raised
}

async function compareReturn(ret: string, gone: readonly Tag[]): Promise<number> {
  const { rows } = await readTrail(db, names.trail, ret)
  const tags = await tagsOf(ret)
  const posts = successorsOf(
    rows.map(({ event }) => event),
    partyOf('mission', filerIn(ret)),
  )
  await updatePartitions(ret, posts, tags, gone)
  const state = await comparable(ret)
  if (!state) return 0
  let raised = 0
  const alike = await returnsWith(tagsToLookFor(tags))
  // What agrees no more is looked at too, where the two are linked.
  const linked = (await readLinks(db, names.links, ret)).map((row) => row.ret)
  for (const other of new Set([...alike.keys(), ...linked])) {
    if (other === ret) continue
    const match = matchOf(ret, other)
    const evidence = evidenceOf(
      match,
      alike.get(other) ?? [],
      await idnpsDiffer(tags, alike.get(other), other),
    )
    raised += await raise({ match, returns: [ret, other].sort() }, evidence, async () => {
      const found = await comparable(other)
      return found && [state, found]
    })
  }
  return raised
}

const hasIdnp = (tags: readonly Tag[]) => tags.some((tag) => kindOfTag(tag) === 'idnp')

/** Whether both returns have an IDNP, and another one. */
async function idnpsDiffer(
  tags: readonly Tag[],
  agreed: readonly Tag[] = [],
  other: string,
): Promise<boolean> {
  return hasIdnp(tags) && !hasIdnp(agreed) && hasIdnp(await tagsOf(other))
}

/** The tags of a return, of whichever of its sections. */
async function tagsOf(ret: string): Promise<Tag[]> {
  return [...new Set((await readTagLists(db, names.tags, ret)).flatMap((list) => list.tags))]
}

/** What agrees, as a match keeps it: kinds, and digests that say nothing outside this match. */
function evidenceOf(match: string, agreed: readonly Tag[], idnpsDiffer = false): Evidence {
  return {
    traits: [...new Set(agreed.map(kindOfTag))].sort(),
    agreed: agreed.map((tag) => `${kindOfTag(tag)}:${digestIn(match, tag)}`).sort(),
    ...(idnpsDiffer ? { differs: ['idnp'] } : {}),
  }
}

const digestIn = (match: string, tag: Tag) =>
  createHash('sha256').update(`${match}\n${tag}`).digest('hex').slice(0, 16)

/** Lists a return for the posts that took it over: a post's session does not reach the rows of another. */
async function updatePartitions(
  ret: string,
  posts: readonly PartyId[],
  tags: readonly Tag[],
  gone: readonly Tag[],
): Promise<void> {
  for (const post of posts) {
    for (const tag of gone)
      if (!tags.includes(tag)) await runRepeatable(deleteTag(names.tags, post, tag, ret))
    for (const tag of tags) await runRepeatable(insertTag(names.tags, post, tag, ret))
  }
}

/** Runs one statement that may have been run before. */
async function runRepeatable(statement: Statement): Promise<void> {
  const codes = await execute(db, [statement], randomUUID())
  if (codes && codes[0] !== 'DuplicateItem') throw new Error(`A tag was refused: ${codes.join(', ')}.`)
}

/** The returns that have some of the tags, each with those that agree. */
async function returnsWith(tags: readonly Tag[]): Promise<Map<string, Tag[]>> {
  const agreed = new Map<string, Tag[]>()
  for (const tag of tags)
    for (const ret of await readTagged(db, names.tags, 'all', tag))
      agreed.set(ret, [...(agreed.get(ret) ?? []), tag])
  return agreed
}

/** A return as it stands; nothing while its person's data waits for erasure, or is erased. */
async function comparable(ret: string): Promise<Folded | undefined> {
  const [{ rows }, lists] = await Promise.all([
    readTrail(db, names.trail, ret),
    readTagLists(db, names.tags, ret),
  ])
  const state = fold(rows.map(({ event }) => event))
  return state && isComparable(state, lists) ? state : undefined
}

/** Attempts at a match that somebody decides at the same moment. */
const maxAttempts = 3

/**
 * Raises a match, or asks about it again where what it was decided on has changed. A link stands until it is decided.
 * `statesOf`: its returns, where they may be compared; read where there is something to raise.
 */
async function raise(
  made: Pick<MatchRecord, 'match' | 'returns' | 'searchedBy'>,
  evidence: Evidence,
  statesOf: () => Promise<readonly Folded[] | undefined>,
): Promise<number> {
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const records = await readMatchHistory(db, names.matches, made.match)
    const last = records.at(-1)
    if (last && !isAskedAgain(last, evidence)) return 0
    const states = await statesOf()
    if (!states) return 0
    const record = nextRecord(last, {
      ...made,
      ...evidence,
      at: new Date().toISOString(),
      by: { party: 'matching', role: 'system', user: 'matching' },
      state: 'raised',
      decider: deciderOf(states),
      ...(last?.link ? { link: last.link } : {}),
    })
    const codes = await execute(
      db,
      [
        appendMatch(names.matches, record),
        ...listMatch(
          names.links,
          { raisedAt: raisedAtOf([...records, record]), record },
          last && { raisedAt: raisedAtOf(records), record: last },
        ),
      ],
      randomUUID(),
    )
    if (!codes) return 1
    if (codes[0] !== 'DuplicateItem') throw new Error(`The match was refused: ${codes.join(', ')}.`)
  }
  throw refusal('busy')
}
