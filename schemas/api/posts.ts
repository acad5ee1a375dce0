import * as z from 'zod/mini'
import { author } from '../events/events.ts'
import { country } from '../values/codes.ts'
import { partyCode, partyId } from '../values/parties.ts'
import { instant, personId, sha256 } from '../values/texts.ts'

const count = z.int().check(z.minimum(0))
const once = z.refine<unknown[]>((all) => new Set(all).size === all.length)
const people = z.array(personId).check(z.maxLength(100), once)
const countries = z.array(country).check(once)

const kept = {
  /** Countries beyond those of the deployment. */
  covers: countries,
  /** By the ids that sign-in gave them, never by name. */
  staff: people,
  duty: people,
  open: z.boolean(),
}

/** `POST …/posts/{post}`: how the post stands from now on, whole. Who is on duty is of its staff. */
export const postChange = z
  .strictObject(kept)
  .check(z.refine(({ staff, duty }) => duty.every((user) => staff.includes(user)), { path: ['duty'] }))
export type PostChange = z.infer<typeof postChange>

/** A post as it stands; `version` counts its changes, and is 0 for one that was never changed. */
export const post = z.strictObject({ post: partyId, version: count, ...kept })
export type Post = z.infer<typeof post>

/** A post with the countries that it answers for by itself: its own, and others by the deployment. */
export const placedPost = z.strictObject({ ...post.shape, countries })
export type PlacedPost = z.infer<typeof placedPost>

/** All posts, and the countries abroad that none which is open answers for. */
export const postsAnswer = z.strictObject({ posts: z.array(placedPost), uncovered: countries })

/**
 * A change as it is kept: the `n`th of all posts, one chain. Its hash is SHA-256("acasa/post/v1\n" ‖ RFC 8785 bytes);
 * the next one names it as `prev`.
 */
export const postRecord = z.strictObject({
  n: z.int().check(z.minimum(1)),
  prev: sha256,
  at: instant,
  by: author,
  ...post.shape,
})
export type PostRecord = z.infer<typeof postRecord>

/** A page of all changes, in order; each with its hash. */
export const postChanges = z.strictObject({
  changes: z.array(z.extend(postRecord, { hash: sha256 })),
  next: z.optional(z.string()),
})

/**
 * How the changed posts stand, as it is written with the `n`th change: of each what tells which countries it answers for, so
 * that an alert finds its post, and nobody who works there.
 */
export const routingRecord = z.strictObject({
  n: z.int().check(z.minimum(1)),
  posts: z.array(z.pick(post, { post: true, covers: true, open: true })),
})
export type RoutingRecord = z.infer<typeof routingRecord>

const postCountries = z.record(partyCode, countries)
type PostCountries = z.infer<typeof postCountries>

/** The posts of a deployment as functions get them, `19B6 IT MT SM,91VQ IT`: an environment holds 4 kB. */
export function postsText(posts: PostCountries): string {
  return Object.entries(posts)
    .map(([code, answered]) => [code, ...answered].join(' '))
    .join(',')
}

/** The countries that each post answers for by itself, by its code. Throws where the text is not of its form. */
export function postsIn(text: string): PostCountries {
  const posts = text.split(',').map((post) => post.split(' '))
  return postCountries.parse(Object.fromEntries(posts.map(([code, ...answered]) => [code, answered])))
}
