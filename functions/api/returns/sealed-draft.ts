import { promisify } from 'node:util'
import { gunzip, gzip } from 'node:zlib'
import * as z from 'zod/mini'
import { type DraftSealed, draftSealed } from '../../../schemas/api/drafts.ts'
import { refusal } from '../../../schemas/api/problems.ts'
import { draftClass } from '../../../schemas/values/classes.ts'
import { newSectionId } from '../../trail/ids.ts'
import { type DraftCipher, type DraftPart, type DraftRow, readParts } from '../../vault/drafts.ts'
import { newDataKey, open, seal } from '../../vault/section.ts'
import { unwrap, wrapFor } from '../../vault/wraps.ts'
import { keyArn, type Session, tableName } from '../http/session.ts'

/**
 * How a draft is sealed: its label and the beginning of its content together, so that a list opens one row of each; the
 * rest of a long content (a request of many persons) in parts of their own, under the same key.
 */
const sealedHead = z.strictObject({ label: draftSealed.shape.label, body: z.string() })
const sealedPart = z.string()

/** Bytes of content in a row, so that its ciphertext stays below what a section may have. */
const partLength = 40 * 1024

const compress = promisify(gzip)
const decompress = promisify(gunzip)

/** What is sealed of a draft, and the parts that did not fit into its row. */
export interface SealedDraft {
  cipher: DraftCipher
  parts: readonly DraftPart[]
}

/** Seals a draft under a new key, which is wrapped for the caller's party and nobody else. */
export async function sealDraft(
  session: Session,
  draft: string,
  { content, label }: DraftSealed,
): Promise<SealedDraft> {
  const place = { ret: draft, sec: newSectionId(), cls: draftClass }
  const { key, kid } = newDataKey()
  const bytes = await compress(JSON.stringify(content))
  const bodies = Array.from({ length: Math.ceil(bytes.length / partLength) }, (_, index) =>
    bytes.subarray(index * partLength, (index + 1) * partLength).toString('base64'),
  )
  const [body = '', ...rest] = bodies
  const [jwe, parts, [wrap]] = await Promise.all([
    seal({ ...(label ? { label } : {}), body }, { ...place, key, kid }),
    Promise.all(
      rest.map(async (part) => {
        const sec = newSectionId()
        return { sec, jwe: await seal(part, { ...place, sec, key, kid }) }
      }),
    ),
    wrapFor(session.kms, keyArn, [session.by.party], { ...place, key }),
  ])
  if (!wrap) throw refusal('internal')
  return { cipher: { sec: place.sec, jwe, blob: wrap.blob }, parts }
}

/** The label of a draft. */
export async function openDraftLabel(
  session: Session,
  draft: string,
  cipher: DraftCipher,
): Promise<DraftSealed['label']> {
  return (await openHead(session, draft, cipher)).label
}

/** A draft in full; nothing where it was saved anew while its parts were read. */
export async function openDraft(
  session: Session,
  { draft, parts = [] }: Pick<DraftRow, 'draft' | 'parts'>,
  cipher: DraftCipher,
): Promise<DraftSealed | undefined> {
  const place = { party: session.by.party, draft }
  const [{ key, label, body }, stored] = await Promise.all([
    openHead(session, draft, cipher),
    readParts(session.db, tableName('drafts'), place, parts),
  ])
  if (!stored) return undefined
  const rest = await Promise.all(
    stored.map(async ({ sec, jwe }) => {
      const read = sealedPart.safeParse(await open(jwe, key, { ret: draft, sec, cls: draftClass }))
      if (!read.success) throw refusal('section-unreadable')
      return read.data
    }),
  )
  const bytes = Buffer.concat([body, ...rest].map((part) => Buffer.from(part, 'base64')))
  const read = draftSealed.safeParse({ content: await contentOf(bytes), ...(label ? { label } : {}) })
  if (!read.success) throw refusal('section-unreadable')
  return read.data
}

async function openHead({ kms, by: { party } }: Session, draft: string, cipher: DraftCipher) {
  const place = { ret: draft, sec: cipher.sec, cls: draftClass }
  const key = await unwrap(kms, keyArn(party), { wrap: draft, blob: cipher.blob }, { ...place, party })
  const read = sealedHead.safeParse(await open(cipher.jwe, key, place))
  if (!read.success) throw refusal('section-unreadable')
  return { key, ...read.data }
}

async function contentOf(bytes: Buffer): Promise<unknown> {
  try {
    return JSON.parse((await decompress(bytes)).toString())
  } catch {
    throw refusal('section-unreadable')
  }
}
