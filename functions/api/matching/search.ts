import { randomBytes } from 'node:crypto'
import type * as z from 'zod/mini'
import { refusal } from '../../../schemas/api/problems.ts'
import {
  mostFound,
  type Search,
  search,
  type searchAnswer,
  searchLimit,
  type TraitKind,
} from '../../../schemas/api/search.ts'
import { dayOf } from '../../domain/calendar/days.ts'
import { traitsSought } from '../../domain/matching/traits.ts'
import { execute } from '../../dynamodb/execute.ts'
import { countOperation } from '../../exchange/limits.ts'
import { unmatchedStatement } from '../../exchange/unmatched.ts'
import type { StoredLine } from '../../exchange/worklist.ts'
import { appendAccess } from '../../trail/access.ts'
import type { AccessRecord } from '../../trail/access-record.ts'
import { kindOfTag, readSomeTagged, type Tag, tagsToLookFor } from '../../vault/tags.ts'
import { type HttpAnswer, json, readBody } from '../http/http.ts'
import type { ApiRequest } from '../http/request.ts'
import { type Session, tableName } from '../http/session.ts'
import { openLabels } from '../worklist/open-labels.ts'
import { readOwnLines } from '../worklist/rows.ts'
import { partitionOf } from './partition.ts'
import { makeTags } from './tagging.ts'

/**
 * `POST …/search`: the caller's own returns that may be of the person searched for, masked. The returns of others are not
 * read here: every search is noted in the same way, and `matching` compares it later. Throws too-many-requests.
 */
export async function searchReturns({ session, event }: ApiRequest): Promise<HttpAnswer> {
  const { content } = readBody(event, search)
  const { party, user } = session.by
  const now = Date.now()
  const at = new Date(now).toISOString()
  const { wait } = await countOperation(session.db, tableName('limits'), {
    ...{ party, user, operation: 'search', now },
    limit: searchLimit,
  })
  if (wait !== undefined) throw refusal('too-many-requests', { retryAfter: wait })
  const made = await makeTags(session, traitsSought(content, dayOf(at)))
  // The first letters of a name find what the party has; they say too little to compare others by them.
  const isStart = 'family' in content
  const tags = isStart ? made : tagsToLookFor(made)
  const [{ agreed, isWhole }] = await Promise.all([
    ownReturns(session, tags),
    recordSearch(session, at, content),
    isStart ? undefined : noteSearch(session, at, tags),
  ])
  const lines = (await readOwnLines(session, [...agreed.keys()]))
    .filter((line) => line.membership === 'on')
    .sort(byNewest)
  const shown = lines.slice(0, mostFound)
  const labels = await openLabels(session, shown)
  const answer: z.infer<typeof searchAnswer> = {
    found: shown.map(({ ret, reference, phase }) => {
      const label = labels.get(ret)
      return { ret, reference, phase, traits: [...(agreed.get(ret) ?? [])], ...(label ? { label } : {}) }
    }),
    more: lines.length > shown.length || !isWhole,
  }
  return json(200, answer)
}

const byNewest = (left: StoredLine, right: StoredLine) =>
  left.at === right.at ? (left.ret < right.ret ? -1 : 1) : left.at > right.at ? -1 : 1

/** Returns of a tag that are read at most: many family names begin with the same letters. */
const mostTagged = 400

interface Agreed {
  agreed: Map<string, Set<TraitKind>>
  /** Whether there are no more of them. */
  isWhole: boolean
}

/** The returns that have some of the tags, in the partition that the caller may read, with the traits that agree. */
async function ownReturns({ db, by }: Session, tags: readonly Tag[]): Promise<Agreed> {
  const agreed = new Map<string, Set<TraitKind>>()
  let isWhole = true
  await Promise.all(
    tags.map(async (tag) => {
      const rets = await readSomeTagged(db, tableName('tags'), partitionOf(by.party), tag, mostTagged)
      if (rets.length >= mostTagged) isWhole = false
      for (const ret of rets) agreed.set(ret, (agreed.get(ret) ?? new Set()).add(kindOfTag(tag)))
    }),
  )
  return { agreed, isWhole }
}

function recordSearch({ db, by }: Session, at: string, content: Search): Promise<AccessRecord> {
  const reason = 'idnp' in content ? 'by-idnp' : 'document' in content ? 'by-document' : 'by-name'
  return appendAccess(db, tableName('access'), {
    ...{ subject: `search#${by.party}`, at, by },
    ...{ kind: 'search', classes: [], reason, sections: [] },
  })
}

async function noteSearch({ db, by }: Session, at: string, tags: readonly Tag[]): Promise<void> {
  const token = randomBytes(16).toString('hex')
  const row = { party: by.party, at: `${at}#${token}`, work: { sought: [...tags] } }
  const codes = await execute(db, [unmatchedStatement(tableName('unmatched'), row)], token)
  if (codes) throw new Error(`The search was not noted: ${codes.join(', ')}.`)
}
