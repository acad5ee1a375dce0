import type { PolicyStatement } from 'aws-cdk-lib/aws-iam'
import { auditIndexes } from '../schemas/api/audit.ts'
import { readingFigures } from '../schemas/api/figures.ts'
import { decidingKinds, seesLinks } from '../schemas/api/matches.ts'
import { refusalsOf } from '../schemas/api/refusals.ts'
import { openable } from '../schemas/api/routes.ts'
import { searchingKinds } from '../schemas/api/search.ts'
import { commandShape, commandsOf, isOwner } from '../schemas/commands/commands.ts'
import { indexesOf, type TableName, type TableShape, tables } from '../schemas/deployment/tables.ts'
import { dataClassNames, mayRead, mayWrite } from '../schemas/values/classes.ts'
import { type PartyKind, partyKinds } from '../schemas/values/parties.ts'
import { ownId } from './key-policies.ts'
import { allow, type Conditions, inside, withKeys } from './statements.ts'
import type { Tables } from './tables.ts'

/** One thing that a kind of party does on a table. */
interface Action {
  table: TableName
  actions: readonly string[]
  /** The patterns of the partition keys it may touch; none where only wraps and our own check bound it. */
  keys: readonly string[]
  /** Only inside a PartiQL transaction. */
  whole: boolean
  /** The global indexes that it reads, instead of the table. */
  indexes: readonly string[]
}

/** What the trails begin with that a kind of party begins: the code of its session, or the one that the deployment gives it. */
function beginning(kind: PartyKind, code: string): string {
  if (kind === 'mission') return `\${aws:PrincipalTag/filer}*`
  return partyKinds[kind].many ? `\${aws:PrincipalTag/code}*` : `${code}*`
}

/** Ids of returns are so long, and no other key of `tags` is: a centre also keeps the lists of returns that it took over. */
const anyReturn = '?'.repeat(30)

/** The returns whose lists of tags a kind of party keeps: those that it may begin, and those that it may take over. */
const listsOf = (kind: PartyKind, code: string) => [kind === 'centre' ? anyReturn : beginning(kind, code)]

/** Whether a kind of party sends alerts on their way, and so reads which post answers for which country. */
const routesAlerts = (kind: PartyKind) => isOwner(kind, 'alert')

/** Whether a kind of party searches among its returns. */
export const maySearch = (kind: PartyKind) => (searchingKinds as readonly PartyKind[]).includes(kind)

/** Whether a kind of party makes tags: of whom it files for, and of whom it looks for. */
export const makesTags = (kind: PartyKind) => isOwner(kind, 'file') || maySearch(kind)

/** Whether a kind of party decides whether two returns are of one person. */
const decides = (kind: PartyKind) => (decidingKinds as readonly PartyKind[]).includes(kind)

/** Whether a kind of party keeps the posts: their staff, and the countries that they answer for. */
const keepsPosts = (kind: PartyKind) => kind === 'consular'

/**
 * What a kind of party does on the tables, from what it may command, open and write. A mission's session touches
 * the returns that its tag `filer` begins, everyone's the rows of its own party; `oversight` reads the rows of
 * `consular`, and the access records of everyone by their indexes. Nobody begins a trail in another's name. `code`: what
 * the returns begin with that the one party of its kind files.
 */
export function actionsOf(kind: PartyKind, code: string): Action[] {
  const names = commandsOf(kind)
  const does = {
    command: names.length > 0,
    file: isOwner(kind, 'file'),
    destroy: names.some((name) => commandShape(name).destroys),
    strike: names.includes('strike'),
    seal: dataClassNames.some((cls) => cls !== 'log' && mayWrite(kind, cls)),
    open: openable(kind).length > 0,
    name: mayRead(kind, 'label'),
    unwrap: dataClassNames.some((cls) => mayRead(kind, cls)),
  }
  const ret = kind === 'mission' ? [`\${aws:PrincipalTag/filer}*`] : []
  const own = ownId(kind)
  // Where the records of its own refusals stand, whosever return was asked for.
  const looks = kind === 'mission' ? [...ret, `search#${own}`, refusalsOf(own, '*')] : []
  const rows = kind === 'oversight' ? 'consular' : own
  // Who files writes what all are compared by. A mission finds by rows of its own, IOM and a centre by those of all.
  const filed = `mission:\${aws:PrincipalTag/filer}#*`
  const lists = listsOf(kind, code)
  const found = maySearch(kind) ? [kind === 'mission' ? `${own}#*` : 'all#*'] : []
  const tagged = ['all#*', ...(kind === 'mission' ? [filed] : []), ...lists]
  const access = (
    when: boolean,
    table: TableName,
    actions: string[],
    keys: string | readonly string[] = [],
    whole = false,
    indexes: readonly string[] = [],
  ): Action[] => (when ? [{ table, actions, keys: [keys].flat(), whole, indexes }] : [])
  return [
    ...access(true, 'trail', ['Query'], ret),
    ...access(does.command, 'trail', ['PartiQLInsert'], ret, true),
    ...access(does.file, 'heads', ['PartiQLInsert'], beginning(kind, code), true),
    ...access(does.command, 'heads', ['PartiQLUpdate'], ret, true),
    ...access(does.command, 'claims', ['GetItem'], own),
    ...access(does.command, 'claims', ['PartiQLInsert'], own, true),
    ...access(does.open, 'sealed', ['Query'], ret),
    ...access(does.name, 'sealed', ['BatchGetItem'], ret),
    ...access(does.seal, 'sealed', ['PartiQLInsert'], ret, true),
    ...access(does.strike, 'sealed', ['PartiQLDelete'], ret, true),
    ...access(does.unwrap, 'keys', ['Query'], ret),
    ...access(does.name, 'keys', ['BatchGetItem'], ret),
    ...access(does.seal, 'keys', ['PartiQLInsert'], ret, true),
    ...access(does.destroy, 'keys', ['PartiQLDelete'], ret, true),
    ...access(does.command, 'pending', ['PartiQLInsert'], [], true),
    // Whether the caller still works for the party, and who stands in for whom.
    ...access(true, 'roster', ['Query'], own),
    ...access(true, 'worklists', ['Query'], rows),
    // Whether it was invited to a return that another mission filed, and is on one that was found or is linked.
    ...access(maySearch(kind), 'worklists', ['GetItem'], own),
    ...access(does.file, 'tags', ['Query'], [...found, ...lists]),
    ...access(does.file, 'tags', ['PartiQLInsert', 'PartiQLDelete'], tagged, true),
    ...access(does.file, 'unmatched', ['PartiQLInsert'], own, true),
    ...access(maySearch(kind), 'limits', ['UpdateItem'], own),
    ...access(seesLinks(kind), 'links', ['Query'], ret),
    ...access(decides(kind), 'links', ['PartiQLInsert', 'PartiQLDelete'], [], true),
    ...access(decides(kind), 'matches', ['Query']),
    ...access(decides(kind), 'matches', ['PartiQLInsert'], [], true),
    ...access(true, 'deliveries', ['Query'], ret),
    ...access(true, 'access', ['Query'], looks),
    ...access(true, 'access', ['PartiQLInsert'], looks, true),
    ...access(true, 'access', ['Query'], ret, false, ['by-return']),
    ...access(kind === 'oversight', 'access', ['Query'], [], false, auditIndexes),
    // A check compares what the trail is with what its head says that it was.
    ...access(true, 'heads', ['GetItem'], ret),
    // A draft is its party's own and is kept by nobody: it is overwritten, and deleted for good.
    ...access(does.file, 'drafts', ['Query', 'GetItem', 'PutItem', 'DeleteItem'], own),
    ...access(does.file, 'drafts', ['PartiQLInsert', 'PartiQLUpdate'], own, true),
    ...access(routesAlerts(kind), 'posts', ['Query'], kind === 'mission' ? [own, 'routing'] : 'routing'),
    ...access(keepsPosts(kind) || kind === 'oversight', 'posts', ['Query']),
    ...access(keepsPosts(kind), 'posts', ['PartiQLInsert'], [], true),
    ...access(kind === 'centre', 'rooms', ['Query'], own),
    ...access(kind === 'centre', 'rooms', ['PartiQLInsert'], own, true),
    ...access(kind === 'centre', 'places', ['Query'], own),
    ...access(kind === 'centre', 'places', ['PartiQLInsert', 'PartiQLUpdate', 'PartiQLDelete'], own, true),
    ...access((readingFigures as readonly PartyKind[]).includes(kind), 'figures', ['GetItem']),
  ]
}

/** What a deed touches: a table, or those of its indexes by which it is read; what has a local index is read by it alone. */
function resourcesOf({ table, indexes: named }: Action, action: string, created: Tables): string[] {
  const { tableArn } = created[table]
  const shape: TableShape = tables[table]
  const local = action === 'Query' ? indexesOf(shape).map(({ name }) => name) : []
  const indexes = [...local, ...named]
  return indexes.length > 0 ? indexes.map((name) => `${tableArn}/index/${name}`) : [tableArn]
}

/**
 * The statements of a kind of party's role: one for each action under one bound, on all tables that it is done on. A role
 * holds 10,240 characters, and conditions are what is long. Keys are the key policies' own. `code` as in `deedsOf`.
 */
export function partyStatements(kind: PartyKind, created: Tables, code: string): PolicyStatement[] {
  const done = actionsOf(kind, code).flatMap((access) =>
    access.actions.map((action) => ({ action, ...access })),
  )
  const alike = Map.groupBy(done, ({ action, keys, whole }) => [action, whole, ...keys].join(' '))
  return [...alike.values()].flatMap(([first, ...more], index) => {
    if (!first) return []
    const { action, keys, whole } = first
    const conditions: Conditions[] = [
      ...(keys.length > 0 ? [withKeys(...keys)] : []),
      ...(whole ? [inside('ExecuteTransaction')] : []),
    ]
    const resources = [first, ...more].flatMap((access) => resourcesOf(access, action, created))
    return [allow(`${action}${index}`, [`dynamodb:${action}`], resources, ...conditions)]
  })
}
