import type { WorklistRow } from './returns-table.tsx'

/**
 * The lines of a page of a worklist, which comes by what is due first. Of lines next to each other that are as urgent and due
 * on the same day, children come first. An age is sealed and stands in no index, so this order holds within a page.
 */
export function childrenFirst<T extends Pick<WorklistRow, 'urgency' | 'next' | 'label'>>(
  lines: readonly T[],
): T[] {
  const runs: T[][] = []
  for (const line of lines) {
    const run = runs.at(-1)
    const [first] = run ?? []
    if (run && first?.urgency === line.urgency && first.next === line.next) run.push(line)
    else runs.push([line])
  }
  return runs.flatMap((run) => [...run.filter(isChild), ...run.filter((line) => !isChild(line))])
}

/** Whether the masked form says that the person is a child. */
export const isChild = ({ label }: Pick<WorklistRow, 'label'>) =>
  label !== undefined && children.includes(label.ageBand)

const children: readonly NonNullable<WorklistRow['label']>['ageBand'][] = ['0-5', '6-11', '12-15', '16-17']
