import type { Plan } from '../../domain/plan.ts'
import type { Folded } from '../../domain/state.ts'
import type { Statement } from '../../dynamodb/statements.ts'
import { deleteSection, deleteWrap, sectionRowId, type WrapRow } from '../../vault/stored.ts'
import { tableName } from '../http/session.ts'

/**
 * The deletions that a plan asks for, made from the wraps of every holder: the wraps of some holders by class, or the
 * ciphertexts of sections and all their wraps.
 */
export function removalsOf(
  ret: string,
  destroys: Plan['destroys'],
  state: Folded,
  wraps: readonly WrapRow[],
): Statement[] {
  if (!destroys) return []
  if ('wraps' in destroys) {
    const prefixes = destroys.wraps.flatMap(({ holder, classes }) =>
      classes.map((cls) => `${holder}#${cls}#`),
    )
    return wraps
      .filter(({ wrap }) => prefixes.some((prefix) => wrap.startsWith(prefix)))
      .map((row) => deleteWrap(tableName('keys'), row))
  }
  const struck = state.written.filter(({ sec }) => destroys.sections.includes(sec))
  return [
    ...wraps
      .filter(({ wrap }) => struck.some(({ cls, sec }) => wrap.endsWith(`#${cls}#${sec}`)))
      .map((row) => deleteWrap(tableName('keys'), row)),
    ...struck.map((section) => deleteSection(tableName('sealed'), { ret, section: sectionRowId(section) })),
  ]
}

/** An unusual rate of these raises an alarm. Loaded when it is first needed: every start would pay for it. */
export async function measureRemovals(count: number): Promise<void> {
  const { Metrics, MetricUnit } = await import('@aws-lambda-powertools/metrics')
  const metrics = new Metrics({ namespace: 'Acasa' })
  metrics.addMetric('WrapsDestroyed', MetricUnit.Count, count)
  metrics.publishStoredMetrics()
}
