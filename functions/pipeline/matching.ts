import { randomUUID } from 'node:crypto'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import pLimit from 'p-limit'
import type { MatchRecord } from '../../schemas/api/matches.ts'
import { refusal } from '../../schemas/api/problems.ts'
import type { TraitKind } from '../../schemas/api/search.ts'
import { setting, variable } from '../../schemas/deployment/settings.ts'
import { type PartyId, partyOf } from '../../schemas/values/parties.ts'
import { membershipOf } from '../domain/access/readers.ts'
import { fold } from '../domain/evolve.ts'
import { deciderOf, isComparable, matchOf, soughtMatchOf, successorsOf } from '../domain/matching/matching.ts'
import type { Folded } from '../domain/state.ts'
import { execute } from '../dynamodb/execute.ts'
import type { Statement } from '../dynamodb/statements.ts'
import { listMatch } from '../exchange/links.ts'
import { deleteUnmatched, readUnmatched, type UnmatchedRow } from '../exchange/unmatched.ts'
import { errorName, log } from '../log.ts'
import { filerIn } from '../trail/ids.ts'
import { appendMatch, nextRecord, readMatch } from '../trail/matches.ts'
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
    const state = await comparable(ret)
    if (!state || membershipOf(state, party) === 'on') continue
    const match = soughtMatchOf(ret, party)
    raised += await raise({ match, returns: [ret], searchedBy: party, traits: agreed }, [state])
  }
  return raised
}

async function compareReturn(ret: string, gone: readonly Tag[]): Promise<number> {
  const { rows } = await readTrail(db, names.trail, ret)
  const lists = await readTagLists(db, names.tags, ret)
  const tags = [...new Set(lists.flatMap((list) => list.tags))]
  const posts = successorsOf(
    rows.map(({ event }) => event),
    partyOf('mission', filerIn(ret)),
  )
  await updatePartitions(ret, posts, tags, gone)
  const state = await comparable(ret)
  if (!state) return 0
  let raised = 0
  for (const [other, agreed] of await returnsWith(tagsToLookFor(tags))) {
    if (other === ret) continue
    const found = await comparable(other)
    if (!found) continue
    const match = matchOf(ret, other)
    raised += await raise({ match, returns: [ret, other].sort(), traits: agreed }, [state, found])
  }
  return raised
}

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

/** The returns that have some of the tags, each with the kinds of the traits that agree. */
async function returnsWith(tags: readonly Tag[]): Promise<Map<string, TraitKind[]>> {
  const agreed = new Map<string, Set<TraitKind>>()
  for (const tag of tags)
    for (const ret of await readTagged(db, names.tags, 'all', tag))
      agreed.set(ret, (agreed.get(ret) ?? new Set()).add(kindOfTag(tag)))
  return new Map([...agreed].map(([ret, kinds]) => [ret, [...kinds].sort()]))
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

/** Raises a match once: whatever was decided of it since, it is not raised again. */
async function raise(
  made: Pick<MatchRecord, 'match' | 'returns' | 'traits' | 'searchedBy'>,
  states: readonly Folded[],
): Promise<number> {
  if (await readMatch(db, names.matches, made.match)) return 0
  const at = new Date().toISOString()
  const record = nextRecord(undefined, {
    ...made,
    at,
    by: { party: 'matching', role: 'system', user: 'matching' },
    state: 'raised',
    decider: deciderOf(states),
  })
  const statements = [appendMatch(names.matches, record), ...listMatch(names.links, { raisedAt: at, record })]
  const codes = await execute(db, statements, randomUUID())
  if (codes?.[0] === 'DuplicateItem') return 0
  if (codes) throw new Error(`The match was refused: ${codes.join(', ')}.`)
  return 1
}
