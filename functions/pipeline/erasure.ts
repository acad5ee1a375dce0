import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import type { StoredEvent } from '../../schemas/events/events.ts'
import { type HolderId, partyOf } from '../../schemas/values/parties.ts'
import type { Destroys } from '../domain/access/exclusion.ts'
import { successorsOf } from '../domain/matching/matching.ts'
import type { Folded } from '../domain/state.ts'
import type { Statement } from '../dynamodb/statements.ts'
import { filerIn } from '../trail/ids.ts'
import { deleteSection, deleteWrap, sectionRowId } from '../vault/stored.ts'
import { deleteTag, deleteTagList, readTagLists, tagChanges } from '../vault/tags.ts'
import { wrapId } from '../vault/wraps.ts'

/** The deletions of the tags that were made of expiring sections, from every partition that lists the return. */
export async function tagErasures(
  { db, tables }: { db: DynamoDBClient; tables: { tags: string } },
  { ret }: Folded,
  events: readonly StoredEvent[],
  destroys: Destroys | undefined,
): Promise<Statement[]> {
  if (!destroys || 'wraps' in destroys) return []
  const found = await readTagLists(db, tables.tags, ret)
  const { removed, lists } = tagChanges(found, destroys.sections)
  const filer = partyOf('mission', filerIn(ret))
  return [
    ...['all' as const, filer, ...successorsOf(events, filer)].flatMap((partition) =>
      removed.map((tag) => deleteTag(tables.tags, partition, tag, ret)),
    ),
    // The list last: where not all fits into one transaction, what is left is still named.
    ...lists.map((list) => deleteTagList(tables.tags, list)),
  ]
}

/**
 * The deletions of expiring sections and wraps, from the trail alone: `watch` does not read the wraps of other parties, and
 * the deletion of a wrap that is not there changes nothing.
 */
export function erasures(
  tables: { keys: string; sealed: string },
  state: Folded,
  destroys: Destroys | undefined,
): Statement[] {
  const { ret, written } = state
  const wrapOf = (party: HolderId, { cls, sec }: { cls: string; sec: string }) =>
    deleteWrap(tables.keys, { ret, wrap: wrapId({ party, cls, sec }) })
  if (!destroys) return []
  if ('wraps' in destroys)
    return destroys.wraps.flatMap(({ holder, classes }) =>
      written.filter(({ cls }) => classes.includes(cls)).map((place) => wrapOf(holder, place)),
    )
  const holders = new Set<HolderId>([state.responsible, ...state.basis.keys(), 'figures', 'custodian'])
  return written
    .filter(({ sec }) => destroys.sections.includes(sec))
    .flatMap((place) => [
      ...[...holders].map((holder) => wrapOf(holder, place)),
      deleteSection(tables.sealed, { ret, section: sectionRowId(place) }),
    ])
}
