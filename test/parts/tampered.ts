import type { TableName } from '../../schemas/deployment/tables.ts'
import type { RunningStack } from './running-stack.ts'
import type { Item } from './stored-tables.ts'

/** What somebody does to stored rows past the edge, until `repair`. */
export interface Tampering {
  /** The one row of a partition whose text or number in `attribute` has this in it. */
  rowOf(table: TableName, of: string, attribute: string, part: string): Promise<Item>
  overwrite(table: TableName, before: Item, change: Item): Promise<void>
  remove(table: TableName, row: Item): Promise<void>
  add(table: TableName, row: Item): Promise<void>
  repair(): Promise<void>
}

export function tamperingWith({ stored }: RunningStack): Tampering {
  const repairs: (() => Promise<void>)[] = []
  return {
    async rowOf(table, of, attribute, part) {
      const [row, ...more] = (await stored.rows(table, of)).filter((item) =>
        (item[attribute]?.S ?? item[attribute]?.N ?? '').includes(part),
      )
      if (!row || more.length > 0) throw new Error(`There is not one such row in ${table}.`)
      return row
    },
    async overwrite(table, before, change) {
      repairs.push(() => stored.put(table, before))
      await stored.put(table, { ...before, ...change })
    },
    async remove(table, row) {
      repairs.push(() => stored.put(table, row))
      await stored.remove(table, row)
    },
    async add(table, row) {
      repairs.push(() => stored.remove(table, row))
      await stored.put(table, row)
    },
    async repair() {
      for (let repair = repairs.pop(); repair; repair = repairs.pop()) await repair()
    },
  }
}

export function flipped(bytes: Uint8Array | undefined, at: number): Uint8Array {
  const copy = Uint8Array.from(bytes ?? [])
  copy[at] = (copy[at] ?? 0) ^ 1
  return copy
}
