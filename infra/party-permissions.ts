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
import { allow, type Conditions, insideOperation, withKeys } from './statements.ts'
import type { Tables } from './tables.ts'

/** Actions of a kind of party on a table, under one bound. */
interface TableAccess {
  table: TableName
  actions: readonly string[]
  /**
   * The patterns of the allowed partition keys. Empty where only the wraps and the function's own check are the
   * bound.
   */
  keys: readonly string[]
  /** Only inside a PartiQL transaction. */
  transactional: boolean
  /** The global indexes that it reads instead of the table. */
  indexes: readonly string[]
}

/**
 * The key pattern of the returns that a kind of party files: the code of its session, or the code of the deployment.
 */
function filedReturns(kind: PartyKind, code: string): string {
  if (kind === 'mission') return `\${aws:PrincipalTag/filer}*`
  return partyKinds[kind].many ? `\${aws:PrincipalTag/code}*` : `${code}*`
}

/** Matches the ids of all returns, and by its length no other key of `tags`. */
const anyReturn = '?'.repeat(30)

/**
 * The returns whose lists of tags a kind of party writes: those that it files, and for a centre those that it may
 * take over.
 */
const listsOf = (kind: PartyKind, code: string) => [kind === 'centre' ? anyReturn : filedReturns(kind, code)]

/** Whether a kind of party routes alerts, and so reads which post is responsible for which country. */
const routesAlerts = (kind: PartyKind) => isOwner(kind, 'alert')

/** Whether a kind of party searches its returns. */
export const holdsSearch = (kind: PartyKind) => (searchingKinds as readonly PartyKind[]).includes(kind)

/** Whether a kind of party makes tags, of persons whom it files or searches for. */
export const makesTags = (kind: PartyKind) => isOwner(kind, 'file') || holdsSearch(kind)

/** Whether a kind of party decides whether two returns belong to the same person. */
const decidesMatches = (kind: PartyKind) => (decidingKinds as readonly PartyKind[]).includes(kind)

/** Whether a kind of party administers the posts and their countries. */
const administersPosts = (kind: PartyKind) => kind === 'consular'

/**
 * The access of a kind of party to the tables, derived from what it may command, open and write. A mission's session
 * reaches the returns that begin with its tag `filer`; every session reaches the rows of its own party. `oversight`
 * reads the rows of `consular`, and by their indexes the access records of all. No party starts a trail in the name
 * of another.
 * `code` begins the ids of the returns that the only party of a kind files.
 */
export function accessOf(kind: PartyKind, code: string): TableAccess[] {
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
  // Searches and refusals of the own party are recorded under keys of its own, whatever return it asked for.
  const accessRecords = kind === 'mission' ? [...ret, `search#${own}`, refusalsOf(own, '*')] : []
  const rows = kind === 'oversight' ? 'consular' : own
  // A filing party writes tags for the comparison with all returns. A mission searches rows of its own, IOM and a
  // centre all rows.
  const filedRows = `mission:\${aws:PrincipalTag/filer}#*`
  const lists = listsOf(kind, code)
  const searchedRows = holdsSearch(kind) ? [kind === 'mission' ? `${own}#*` : 'all#*'] : []
  const writtenTags = ['all#*', ...(kind === 'mission' ? [filedRows] : []), ...lists]
  const access = (
    when: boolean,
    table: TableName,
    actions: string[],
    keys: string | readonly string[] = [],
    transactional = false,
    indexes: readonly string[] = [],
  ): TableAccess[] => (when ? [{ table, actions, keys: [keys].flat(), transactional, indexes }] : [])
  return [
    ...access(true, 'trail', ['Query'], ret),
    ...access(does.command, 'trail', ['PartiQLInsert'], ret, true),
    ...access(does.file, 'heads', ['PartiQLInsert'], filedReturns(kind, code), true),
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
    // To check that the caller still works for the party, and who substitutes for whom.
    ...access(true, 'roster', ['Query'], own),
    ...access(true, 'worklists', ['Query', 'BatchGetItem'], rows),
    // The lists of what the party has to do: where each of its returns stands.
    ...access(true, 'work', ['Query'], rows),
    // To check whether the party was invited to a return of another mission, and is a party of a found or linked
    // return.
    ...access(holdsSearch(kind), 'worklists', ['GetItem'], own),
    ...access(does.file, 'tags', ['Query'], [...searchedRows, ...lists]),
    ...access(does.file, 'tags', ['PartiQLInsert', 'PartiQLDelete'], writtenTags, true),
    ...access(does.file, 'unmatched', ['PartiQLInsert'], own, true),
    ...access(holdsSearch(kind), 'limits', ['UpdateItem'], own),
    ...access(seesLinks(kind), 'links', ['Query'], ret),
    ...access(decidesMatches(kind), 'links', ['PartiQLInsert', 'PartiQLDelete'], [], true),
    ...access(decidesMatches(kind), 'matches', ['Query']),
    ...access(decidesMatches(kind), 'matches', ['PartiQLInsert'], [], true),
    ...access(true, 'deliveries', ['Query'], ret),
    ...access(true, 'access', ['Query'], accessRecords),
    ...access(true, 'access', ['PartiQLInsert'], accessRecords, true),
    ...access(true, 'access', ['Query'], ret, false, ['by-return']),
    ...access(kind === 'oversight', 'access', ['Query'], [], false, auditIndexes),
    // To verify a trail against its head.
    ...access(true, 'heads', ['GetItem'], ret),
    // A draft belongs to its party alone: the party overwrites it and deletes it for good.
    ...access(does.file, 'drafts', ['Query', 'GetItem', 'PutItem', 'DeleteItem'], own),
    ...access(does.file, 'drafts', ['PartiQLInsert', 'PartiQLUpdate'], own, true),
    ...access(does.file, 'drafts', ['GetItem', 'PutItem', 'DeleteItem'], `${own}#parts`),
    ...access(routesAlerts(kind), 'posts', ['Query'], kind === 'mission' ? [own, 'routing'] : 'routing'),
    ...access(administersPosts(kind) || kind === 'oversight', 'posts', ['Query']),
    ...access(administersPosts(kind), 'posts', ['PartiQLInsert'], [], true),
    ...access(kind === 'centre', 'rooms', ['Query'], own),
    ...access(kind === 'centre', 'rooms', ['PartiQLInsert'], own, true),
    ...access(kind === 'centre', 'places', ['Query'], own),
    ...access(kind === 'centre', 'places', ['PartiQLInsert', 'PartiQLUpdate', 'PartiQLDelete'], own, true),
    ...access((readingFigures as readonly PartyKind[]).includes(kind), 'figures', ['GetItem']),
  ]
}

/**
 * The resources of an action: the table, or the indexes that it reads. A table with local indexes is read by them
 * only.
 */
function resourcesOf(
  { table, indexes: globalIndexes }: TableAccess,
  action: string,
  created: Tables,
): string[] {
  const { tableArn } = created[table]
  const shape: TableShape = tables[table]
  const local = action === 'Query' ? indexesOf(shape).map(({ name }) => name) : []
  const indexes = [...local, ...globalIndexes]
  return indexes.length > 0 ? indexes.map((name) => `${tableArn}/index/${name}`) : [tableArn]
}

/**
 * The statements of a kind of party's role: one for each action under one bound, on all its tables. A role may have
 * 10,240 characters of policy, and conditions are long. The key policies allow the keys themselves. `code` is as in
 * `accessOf`.
 */
export function partyStatements(kind: PartyKind, created: Tables, code: string): PolicyStatement[] {
  const actions = accessOf(kind, code).flatMap((access) =>
    access.actions.map((action) => ({ action, ...access })),
  )
  const byBound = Map.groupBy(actions, ({ action, keys, transactional }) =>
    [action, transactional, ...keys].join(' '),
  )
  return [...byBound.values()].flatMap(([first, ...more], index) => {
    if (!first) return []
    const { action, keys, transactional } = first
    const conditions: Conditions[] = [
      ...(keys.length > 0 ? [withKeys(...keys)] : []),
      ...(transactional ? [insideOperation('ExecuteTransaction')] : []),
    ]
    const resources = [first, ...more].flatMap((access) => resourcesOf(access, action, created))
    return [allow(`${action}${index}`, [`dynamodb:${action}`], resources, ...conditions)]
  })
}
