import type * as z from 'zod/mini'
import {
  type PlacedPost,
  type Post,
  postChange,
  type postChanges,
  type postsAnswer,
} from '../../../schemas/api/posts.ts'
import { refusal } from '../../../schemas/api/problems.ts'
import { type PartyId, partyOf } from '../../../schemas/values/parties.ts'
import { answeringFor, takenCovers, uncovered } from '../../domain/directory/posts.ts'
import {
  appendChange,
  readChanges,
  readLastChange,
  readPost,
  readRouting,
  type StoredChange,
} from '../../trail/posts.ts'
import { deployedPosts } from '../http/deployment-config.ts'
import { firstRecord, type HttpAnswer, json, readBody, requiredVersion } from '../http/http.ts'
import type { ApiRequest } from '../http/request.ts'
import { type Session, tableName } from '../http/session.ts'

/** Changes on a page: at their largest, half of what one query reads (1 MB). */
const pageSize = 50
/** Attempts at a change; a change of another post may come first. */
const maxAttempts = 5

/** `GET …/posts`: every post as it stands, and the countries that nobody answers for. */
export async function listPosts({ session }: ApiRequest): Promise<HttpAnswer> {
  const posts = await readPosts(session)
  const answer: z.infer<typeof postsAnswer> = { posts, uncovered: uncovered(posts) }
  return json(200, answer)
}

/** `GET /v1/mission/post`: the caller's own post. */
export async function getOwnPost({ session }: ApiRequest): Promise<HttpAnswer> {
  const { party } = session.by
  const own = currentPost(party, await readPost(session.db, tableName('posts'), party))
  return json(200, own, own.version)
}

/**
 * `POST …/posts/{post}`: how a post stands from now on, on the version in `If-Match`. Throws bad-input, naming them,
 * for countries that an open post answers for already.
 */
export async function changePost({ session, event }: ApiRequest): Promise<HttpAnswer> {
  const expected = requiredVersion(event)
  const { content } = readBody(event, postChange)
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    // Read first: a change that comes while the posts are read takes the next place, and ours is not written.
    const last = await readLastChange(session.db, tableName('posts'))
    const posts = await readPosts(session)
    const before = posts.find((post) => post.post === event.pathParameters?.post)
    if (!before) throw refusal('not-found')
    const { version } = before
    if (version !== expected) throw refusal(attempt === 1 ? 'version-stale' : 'version-lost', { version })
    const fields = takenCovers(posts, before, content)
    if (fields.length > 0) throw refusal('bad-input', { fields })
    const after: Post = { post: before.post, version: version + 1, ...content }
    const made = { ...after, at: new Date().toISOString(), by: session.by }
    const changed = posts
      .map((post) => (post === before ? after : post))
      .filter(({ version: count }) => count > 0)
      .map(({ post, covers, open }) => ({ post, covers, open }))
    if (await appendChange(session.db, tableName('posts'), last, made, changed))
      return json(200, after, after.version)
  }
  throw refusal('busy')
}

/** `GET …/posts/changes`: who changed which post, when and how: all of them in order, a page at a time. */
export async function listPostChanges({ session, event }: ApiRequest): Promise<HttpAnswer> {
  const n = firstRecord(event)
  // One more than a page has: a page that is the last leads to none.
  const found = await readChanges(session.db, tableName('posts'), n, pageSize + 1)
  const answer: z.infer<typeof postChanges> = {
    changes: found.slice(0, pageSize),
    ...(found.length > pageSize ? { next: String(n + pageSize) } : {}),
  }
  return json(200, answer)
}

/**
 * The post that answers for a country: the caller's own post if it does, else the first open one; the consular department
 * where there is none. Of the posts it reads the countries that they answer for, and nothing else.
 */
export async function postAnswering({ db, by }: Session, country: string): Promise<PartyId> {
  const changed = await readRouting(db, tableName('posts'))
  const posts = Object.entries(deployedPosts()).map(([code, countries]) => {
    const post = partyOf('mission', code)
    const { covers = [], open = true } = changed.find((routing) => routing.post === post) ?? {}
    return { post, countries, covers, open }
  })
  return answeringFor(posts, country, by.party) ?? partyOf('consular')
}

/** Every post of the deployment as it stands: one small read for each, all at once. */
function readPosts(session: Session): Promise<PlacedPost[]> {
  return Promise.all(
    Object.entries(deployedPosts()).map(async ([code, countries]) => {
      const party = partyOf('mission', code)
      return { ...currentPost(party, await readPost(session.db, tableName('posts'), party)), countries }
    }),
  )
}

/** A post that was never changed is open, and has neither staff nor countries beyond the deployment's. */
function currentPost(party: PartyId, newest: StoredChange | undefined): Post {
  if (!newest) return { post: party, version: 0, covers: [], staff: [], duty: [], open: true }
  const { version, covers, staff, duty, open } = newest
  return { post: party, version, covers, staff, duty, open }
}
