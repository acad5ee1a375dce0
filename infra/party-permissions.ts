import type { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { dataClassNames, mayRead, mayWrite } from '../schemas/classes.ts'
import { commandShape, commands, commandsOf } from '../schemas/commands.ts'
import { readingFigures } from '../schemas/figures.ts'
import type { PartyKind } from '../schemas/parties.ts'
import { openable } from '../schemas/routes.ts'
import { indexesOf, type TableName, type TableShape, tables } from '../schemas/tables.ts'
import { ownId } from './key-policies.ts'
import { titled } from './logical-id.ts'
import { allow, type Conditions, inside, withKeys } from './statements.ts'
import type { Tables } from './tables.ts'

/** One thing that a kind of party does on a table. */
interface Deed {
  table: TableName
  actions: readonly string[]
  /** The pattern of the partition keys it may touch; none where only wraps and our own check bound it. */
  keys?: string
  /** Only inside a PartiQL transaction. */
  whole?: boolean
}

/** Whether a kind of party begins returns. */
export function mayFile(kind: PartyKind): boolean {
  return (commands.file.owners as readonly PartyKind[]).includes(kind)
}

/** Whether a kind of party keeps the posts: their staff, and the countries that they answer for. */
const keepsPosts = (kind: PartyKind) => kind === 'consular'

/**
 * What a kind of party does on the tables, from what it may command, open and write. A mission's session touches
 * the returns that its tag `filer` begins, everyone's the rows of its own party; `oversight` reads the rows of
 * `consular`. Nobody reads `heads`: they are the condition of a write.
 */
export function deedsOf(kind: PartyKind): Deed[] {
  const names = commandsOf(kind)
  const does = {
    command: names.length > 0,
    file: mayFile(kind),
    destroy: names.some((name) => commandShape(name).destroys),
    strike: names.includes('strike'),
    seal: dataClassNames.some((cls) => cls !== 'log' && mayWrite(kind, cls)),
    open: openable(kind).length > 0,
    name: mayRead(kind, 'label'),
    unwrap: dataClassNames.some((cls) => mayRead(kind, cls)),
  }
  const ret = kind === 'mission' ? `\${aws:PrincipalTag/filer}*` : undefined
  const own = ownId(kind)
  const rows = kind === 'oversight' ? 'consular' : own
  const deed = (when: boolean, table: TableName, actions: string[], keys?: string, whole = false): Deed[] =>
    when ? [{ table, actions, keys, whole }] : []
  return [
    ...deed(true, 'trail', ['Query'], ret),
    ...deed(does.command, 'trail', ['PartiQLInsert'], ret, true),
    ...deed(does.file, 'heads', ['PartiQLInsert'], ret, true),
    ...deed(does.command, 'heads', ['PartiQLUpdate'], ret, true),
    ...deed(does.command, 'claims', ['GetItem'], own),
    ...deed(does.command, 'claims', ['PartiQLInsert'], own, true),
    ...deed(does.open, 'sealed', ['Query'], ret),
    ...deed(does.name, 'sealed', ['BatchGetItem'], ret),
    ...deed(does.seal, 'sealed', ['PartiQLInsert'], ret, true),
    ...deed(does.strike, 'sealed', ['PartiQLDelete'], ret, true),
    ...deed(does.unwrap, 'keys', ['Query'], ret),
    ...deed(does.name, 'keys', ['BatchGetItem'], ret),
    ...deed(does.seal, 'keys', ['PartiQLInsert'], ret, true),
    ...deed(does.destroy, 'keys', ['PartiQLDelete'], ret, true),
    ...deed(does.command, 'pending', ['PartiQLInsert'], undefined, true),
    // Whether the caller still works for the party, and who stands in for whom.
    ...deed(true, 'roster', ['Query'], own),
    ...deed(true, 'worklists', ['Query'], rows),
    // Whether it was invited to a return that another mission filed.
    ...deed(kind === 'mission', 'worklists', ['GetItem'], own),
    ...deed(true, 'deliveries', ['Query'], ret),
    ...deed(true, 'access', ['Query'], ret),
    ...deed(true, 'access', ['PartiQLInsert'], ret, true),
    ...deed(kind === 'mission', 'posts', ['Query'], own),
    ...deed(keepsPosts(kind) || kind === 'oversight', 'posts', ['Query']),
    ...deed(keepsPosts(kind), 'posts', ['PartiQLInsert'], undefined, true),
    ...deed(kind === 'centre', 'rooms', ['Query'], own),
    ...deed(kind === 'centre', 'rooms', ['PartiQLInsert'], own, true),
    ...deed(kind === 'centre', 'places', ['Query'], own),
    ...deed(kind === 'centre', 'places', ['PartiQLInsert', 'PartiQLUpdate', 'PartiQLDelete'], own, true),
    ...deed((readingFigures as readonly PartyKind[]).includes(kind), 'figures', ['GetItem']),
  ]
}

/** The statements of a kind of party's role: one for each deed. Keys are the key policies' own. */
export function partyStatements(kind: PartyKind, created: Tables): PolicyStatement[] {
  return deedsOf(kind).map(({ table, actions, keys, whole }) => {
    const { tableArn } = created[table]
    const shape: TableShape = tables[table]
    const indexes = actions.includes('Query') ? indexesOf(shape) : []
    const conditions: Conditions[] = [
      ...(keys ? [withKeys(keys)] : []),
      ...(whole ? [inside('ExecuteTransaction')] : []),
    ]
    return allow(
      `${titled(table)}${actions.join('')}`,
      actions.map((action) => `dynamodb:${action}`),
      // What has an index is read by it alone.
      indexes.length > 0 ? indexes.map(({ name }) => `${tableArn}/index/${name}`) : [tableArn],
      ...conditions,
    )
  })
}
