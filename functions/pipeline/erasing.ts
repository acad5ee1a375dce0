import type { HolderId } from '../../schemas/parties.ts'
import type { Destroys } from '../domain/leaving-out.ts'
import type { Folded } from '../domain/state.ts'
import type { Statement } from '../trail/transaction.ts'
import { deleteSection, deleteWrap, sectionRowId } from '../vault/stored.ts'
import { wrapId } from '../vault/wraps.ts'

/**
 * The deletions of what ends by itself, from the trail alone: `watch` does not read other parties' wraps, and deleting
 * one that is not there changes nothing.
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
