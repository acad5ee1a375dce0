/** Runs an operation when the operations before it have finished. */
export type InSequence = <T>(operation: () => Promise<T>) => Promise<T>

export function startSequence(): InSequence {
  let last: Promise<unknown> = Promise.resolve()
  return (operation) => {
    const next = last.then(operation)
    last = next.catch(() => undefined)
    return next
  }
}
