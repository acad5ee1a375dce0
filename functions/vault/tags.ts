import { type AttributeValue, type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb'
import { GenerateMacCommand, type KMSClient } from '@aws-sdk/client-kms'
import { refusal } from '../../schemas/api/problems.ts'
import { type TraitKind, traitKind } from '../../schemas/api/search.ts'
import { tables } from '../../schemas/deployment/tables.ts'
import type { PartyId } from '../../schemas/values/parties.ts'
import type { Trait } from '../domain/matching/traits.ts'
import type { Statement } from './stored.ts'

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
  return traitKind.parse(tag.split('#')[0])
}

export function insertTag(table: string, partition: Partition, tag: Tag, ret: string): Statement {
  return {
    Statement: `INSERT INTO "${table}" VALUE {'${hash}': ?, '${range}': ?}`,
    Parameters: [{ S: `${partition}#${tag}` }, { S: ret }],
  }
}

/** A tag that is gone already stays gone. */
export function deleteTag(table: string, partition: Partition, tag: Tag, ret: string): Statement {
  return deletion(table, `${partition}#${tag}`, ret)
}

export function insertTagList(table: string, { ret, sec, tags }: TagList): Statement {
  return {
    Statement: `INSERT INTO "${table}" VALUE {'${hash}': ?, '${range}': ?, 'tags': ?}`,
    Parameters: [{ S: ret }, { S: sec }, { L: tags.map((tag) => ({ S: tag })) }],
  }
}

export function deleteTagList(table: string, { ret, sec }: Pick<TagList, 'ret' | 'sec'>): Statement {
  return deletion(table, ret, sec)
}

/** The tags of a return, by the sections they were made of; read consistently. */
export async function readTagLists(db: DynamoDBClient, table: string, ret: string): Promise<TagList[]> {
  const rows = await readAll(db, table, ret)
  return rows.map((row) => ({
    ret,
    sec: row[range]?.S ?? '',
    tags: (row.tags?.L ?? []).flatMap(({ S }) => S ?? []),
  }))
}

/** The returns that a shelf has under a tag; read consistently. */
export async function readTagged(
  db: DynamoDBClient,
  table: string,
  partition: Partition,
  tag: Tag,
): Promise<string[]> {
  return (await readAll(db, table, `${partition}#${tag}`)).flatMap((row) => row[range]?.S ?? [])
}

/**
 * The tags that go when some of a return's sections do, and those that come: what another section that stays was also
 * made into neither goes nor comes again.
 */
export function changeOf(
  lists: readonly TagList[],
  gone: readonly string[],
  fresh: readonly Tag[] = [],
): { comes: Tag[]; goes: Tag[]; lists: TagList[] } {
  const leaving = lists.filter(({ sec }) => gone.includes(sec))
  const had = new Set(lists.flatMap(({ tags }) => tags))
  const keeps = new Set([
    ...lists.filter((list) => !leaving.includes(list)).flatMap(({ tags }) => tags),
    ...fresh,
  ])
  return {
    comes: fresh.filter((tag) => !had.has(tag)),
    goes: [...new Set(leaving.flatMap(({ tags }) => tags))].filter((tag) => !keeps.has(tag)),
    lists: leaving,
  }
}

function deletion(table: string, tag: string, of: string): Statement {
  return {
    Statement: `DELETE FROM "${table}" WHERE "${hash}"=? AND "${range}"=?`,
    Parameters: [{ S: tag }, { S: of }],
  }
}

async function readAll(
  db: DynamoDBClient,
  table: string,
  tag: string,
): Promise<Record<string, AttributeValue>[]> {
  const rows: Record<string, AttributeValue>[] = []
  const pages = paginateQuery(
    { client: db },
    {
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: '#tag = :tag',
      ExpressionAttributeNames: { '#tag': hash },
      ExpressionAttributeValues: { ':tag': { S: tag } },
    },
  )
  for await (const page of pages) rows.push(...(page.Items ?? []))
  return rows
}
