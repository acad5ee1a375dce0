import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { GenerateMacCommand, type KMSClient } from '@aws-sdk/client-kms'
import { refusal } from '../../schemas/api/problems.ts'
import type { TraitKind } from '../../schemas/api/search.ts'
import { tables } from '../../schemas/deployment/tables.ts'
import type { PartyId } from '../../schemas/values/parties.ts'
import { lookedFor, type Trait, tagKinds, traitOfTag } from '../domain/matching/traits.ts'
import type { Row } from '../dynamodb/attributes.ts'
import { queryAll, queryPage } from '../dynamodb/query.ts'
import { deleteStatement, insertStatement, type Statement } from '../dynamodb/statements.ts'

/** `kind#MAC`, base64url of 32 bytes: what cannot be made, or guessed at, without the key. */
export type Tag = string

/** Whose rows are read: those of all returns, or of what one mission filed. */
export type Partition = 'all' | PartyId

/** The tags of a return that were made of one section. */
export interface TagList {
  ret: string
  sec: string
  tags: readonly Tag[]
}

const { hash, range } = tables.tags

/** The tags of traits, each once; one KMS call for each. */
export async function tagsOf(kms: KMSClient, keyArn: string, traits: readonly Trait[]): Promise<Tag[]> {
  return Promise.all(
    traits.map(async ({ kind, text }) => {
      const { Mac: mac } = await kms.send(
        new GenerateMacCommand({ KeyId: keyArn, Message: Buffer.from(text), MacAlgorithm: 'HMAC_SHA_256' }),
      )
      if (!mac) throw refusal('internal')
      return `${kind}#${Buffer.from(mac).toString('base64url')}`
    }),
  )
}

/** The kind of what a tag was made of. */
export function kindOfTag(tag: Tag): TraitKind {
  return traitOfTag[partsOf(tag).kind]
}

/** The tags under which others are found by what these were made of. */
export function tagsToLookFor(tags: readonly Tag[]): Tag[] {
  return tags.flatMap((tag) => {
    const { kind, mac } = partsOf(tag)
    return lookedFor[kind].map((kind) => `${kind}#${mac}`)
  })
}

function partsOf(tag: Tag) {
  const [name, mac] = tag.split('#')
  const kind = tagKinds.find((kind) => kind === name)
  if (!kind) throw refusal('internal')
  return { kind, mac }
}

export function insertTag(table: string, partition: Partition, tag: Tag, ret: string): Statement {
  return insertStatement(table, keyOf(`${partition}#${tag}`, ret))
}

export function deleteTag(table: string, partition: Partition, tag: Tag, ret: string): Statement {
  return deleteStatement(table, keyOf(`${partition}#${tag}`, ret))
}

export function insertTagList(table: string, { ret, sec, tags }: TagList): Statement {
  return insertStatement(table, { ...keyOf(ret, sec), tags })
}

export function deleteTagList(table: string, { ret, sec }: Pick<TagList, 'ret' | 'sec'>): Statement {
  return deleteStatement(table, keyOf(ret, sec))
}

/** The tags of a return, by the sections they were made of; read consistently. */
export async function readTagLists(db: DynamoDBClient, table: string, ret: string): Promise<TagList[]> {
  const rows = await readAll(db, table, ret)
  return rows.map((row) => ({
    ret,
    sec: textOf(row[range]) ?? '',
    tags: listOf(row.tags).flatMap((tag) => textOf(tag) ?? []),
  }))
}

/** The returns that a partition has under a tag; read consistently. */
export async function readTagged(
  db: DynamoDBClient,
  table: string,
  partition: Partition,
  tag: Tag,
): Promise<string[]> {
  return (await readAll(db, table, `${partition}#${tag}`)).flatMap((row) => textOf(row[range]) ?? [])
}

/** At most so many of them. */
export async function readSomeTagged(
  db: DynamoDBClient,
  table: string,
  partition: Partition,
  tag: Tag,
  most: number,
): Promise<string[]> {
  const query = { table, hash: { name: hash, value: `${partition}#${tag}` } }
  const { rows } = await queryPage(db, query, { limit: most })
  return rows.flatMap((row) => textOf(row[range]) ?? [])
}

/**
 * Which tags a return loses when some of its sections are destroyed, and which it gains with a new one. A tag that another
 * section of it also has stays as it is. `lists`: those of the destroyed sections.
 */
export function tagChanges(
  lists: readonly TagList[],
  gone: readonly string[],
  fresh: readonly Tag[] = [],
): { added: Tag[]; removed: Tag[]; lists: TagList[] } {
  const removed = lists.filter(({ sec }) => gone.includes(sec))
  const before = new Set(lists.flatMap(({ tags }) => tags))
  const after = new Set([
    ...lists.filter((list) => !removed.includes(list)).flatMap(({ tags }) => tags),
    ...fresh,
  ])
  return {
    added: fresh.filter((tag) => !before.has(tag)),
    removed: [...new Set(removed.flatMap(({ tags }) => tags))].filter((tag) => !after.has(tag)),
    lists: removed,
  }
}

function keyOf(tag: string, of: string) {
  return { [hash]: tag, [range]: of }
}

function readAll(db: DynamoDBClient, table: string, tag: string): Promise<Row[]> {
  return queryAll(db, { table, hash: { name: hash, value: tag } })
}

const textOf = (value: unknown) => (typeof value === 'string' ? value : undefined)
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
