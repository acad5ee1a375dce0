import { mayRead } from '../../../schemas/values/classes.ts'
import { kindOf } from '../../../schemas/values/parties.ts'
import { type Label, shownLabel } from '../../domain/access/label.ts'
import type { StoredLine } from '../../exchange/worklist.ts'
import { errorName, log } from '../../log.ts'
import { filerIn } from '../../trail/ids.ts'
import { open } from '../../vault/section.ts'
import { readBatch, sectionRowId } from '../../vault/stored.ts'
import { unwrap, wrapId } from '../../vault/wraps.ts'
import { keyArn, type Session, sessionOn, tableName } from '../http/session.ts'

/** Labels of one BatchGet, which reads two rows for each and a hundred at most. */
const mostAtOnce = 50

/**
 * Opens the labels of a page: one BatchGet for the returns of each filer, and one Decrypt for each key that is not in the
 * cache. A label that is broken hides no other return.
 */
export async function openLabels(
  session: Session,
  lines: readonly StoredLine[],
): Promise<Map<string, Label>> {
  const party = session.by.party
  if (!mayRead(kindOf(party), 'label')) return new Map()
  const places = lines.flatMap(({ ret, labels = [] }) =>
    labels.map((section) => ({ ret, sec: section.sec, cls: 'label' as const, party, section })),
  )
  // The caller's own rows name these returns, so the caller may ask for each of them.
  const byFiler = Map.groupBy(places, ({ ret }) => (kindOf(party) === 'mission' ? filerIn(ret) : party))
  const batches = [...byFiler.values()].flatMap((ofFiler) =>
    Array.from({ length: Math.ceil(ofFiler.length / mostAtOnce) }, (_, index) =>
      ofFiler.slice(index * mostAtOnce, (index + 1) * mostAtOnce),
    ),
  )
  const found = await Promise.all(
    batches.map((batch) =>
      readBatch(sessionOn(session, batch[0]?.ret ?? '').db, {
        wraps: {
          table: tableName('keys'),
          keys: batch.map((place) => ({ ret: place.ret, wrap: wrapId(place) })),
        },
        sections: {
          table: tableName('sealed'),
          keys: batch.map((place) => ({ ret: place.ret, section: sectionRowId(place) })),
        },
      }),
    ),
  )
  const wraps = found.flatMap(({ wraps: some }) => some)
  const rows = found.flatMap(({ sections: some }) => some)
  const opened = await Promise.all(
    places.map(async (place) => {
      const wrap = wraps.find((wrap) => wrap.ret === place.ret && wrap.wrap === wrapId(place))
      const row = rows.find((row) => row.ret === place.ret && row.section === sectionRowId(place))
      if (!wrap || !row) return []
      try {
        const key = await unwrap(session.kms, keyArn(party), wrap, place)
        const { ret, section } = place
        return [{ ret, section: { ...section, cls: place.cls }, content: await open(row.jwe, key, place) }]
      } catch (error) {
        // The line has no label then: one broken label does not hide the other returns.
        log('return-failed', { operation: 'list', ret: place.ret, error: errorName(error) })
        return []
      }
    }),
  )
  const byReturn = Map.groupBy(opened.flat(), ({ ret }) => ret)
  return new Map(
    [...byReturn].flatMap(([ret, sections]): [string, Label][] => {
      const label = shownLabel({ opened: sections, unseen: [] })
      return label ? [[ret, label]] : []
    }),
  )
}
