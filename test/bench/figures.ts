import type { FunctionName } from '../../infra/function-table.ts'
import type { CommandName } from '../../schemas/commands/commands.ts'
import type { BundleCost } from './bundles.ts'
import type { ListCosts } from './lists.ts'
import type { PageCost } from './pages.ts'
import type { ByContainer, ReadName, Whole } from './requests.ts'
import type { StackCost } from './start.ts'

/** What has been measured so far: each part writes its own figures as it gets them. */
export interface Figures {
  pure: Map<CommandName, number>
  stack?: StackCost
  pages: Map<string, PageCost>
  whole?: Whole & { usd: number }
  commands: ByContainer<CommandName>
  reads: ByContainer<ReadName>
  functions: Map<FunctionName, BundleCost>
  lists: ListCosts
}

export function noFigures(): Figures {
  return {
    pure: new Map(),
    pages: new Map(),
    commands: { warm: new Map(), cold: new Map() },
    reads: { warm: new Map(), cold: new Map() },
    functions: new Map(),
    lists: new Map(),
  }
}
