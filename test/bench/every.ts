/**
 * Does the work for every item, `lanes` at a time. An item that fails does not keep the others from being done: it is
 * named in the error that is thrown at the end.
 */
export async function every<Item>(
  items: Iterable<Item>,
  { nameOf, lanes = 1 }: { nameOf: (item: Item) => string; lanes?: number },
  work: (item: Item, lane: number) => Promise<void>,
): Promise<void> {
  const failures: string[] = []
  // The lanes take their items from one queue.
  const queue = Array.from(items).values()
  const drain = async (lane: number) => {
    for (const item of queue)
      await work(item, lane).catch((error: unknown) => failures.push(`${nameOf(item)}: ${reasonOf(error)}`))
  }
  await Promise.all(Array.from({ length: lanes }, (_, lane) => drain(lane)))
  if (failures.length > 0) throw new Error(failures.join('; '))
}

/** Why something failed. A refusal of the API is no Error, and says most by its code. */
export function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : JSON.stringify(error)
}
