import { Policy } from 'aws-cdk-lib/aws-iam'
import type { Key } from 'aws-cdk-lib/aws-kms'
import { Construct } from 'constructs'
import { draftingKinds } from '../schemas/api/drafts.ts'
import { postsText } from '../schemas/api/posts.ts'
import type { CentreConfig } from '../schemas/api/rooms.ts'
import { commandsOf } from '../schemas/commands/commands.ts'
import { readingRota } from '../schemas/deployment/rota.ts'
import { variable } from '../schemas/deployment/settings.ts'
import type { Calendar } from '../schemas/procedure/calendars.ts'
import { partnersText } from '../schemas/procedure/tasks.ts'
import {
  type HolderKind,
  holderKinds,
  type PartyKind,
  partyKindNames,
  partyOf,
} from '../schemas/values/parties.ts'
import type { Deployment } from './context.ts'
import { sessionKinds } from './function-table.ts'
import type { FunctionNeeds } from './functions.ts'
import { holdersUsedBy } from './key-policies.ts'
import { pinned, titled } from './logical-id.ts'
import { accessOf, makesTags, partyStatements } from './party-permissions.ts'
import type { Roles } from './roles.ts'
import { allow } from './statements.ts'
import type { Tables } from './tables.ts'

interface Parts {
  roles: Roles
  tables: Tables
  keys: Record<HolderKind, Key>
  /** The key that makes tags. */
  tagKey: Key
}

/**
 * Whether a kind of party reads the countries of the posts: to name a post, to find the post for a country, or to see
 * gaps.
 */
const readsPosts = (kind: PartyKind) => commandsOf(kind).length > 0 || kind === 'oversight'

/** The variables and permissions of the function of each kind of party. */
export function partyNeeds(
  { roles, tables, keys, tagKey }: Parts,
  { centres, missions, partners, iom, rota, separateDuties }: Deployment,
): Record<PartyKind, FunctionNeeds> {
  const commandSettings = {
    [variable.centres]: idsOf('centre', centres),
    [variable.partners]: partnersText(partners),
    [variable.posts]: JSON.stringify(ownCalendars(missions)),
    [variable.night]: JSON.stringify(rota.night),
    [variable.lockDays]: String(rota.limits.lockDays),
    [variable.separations]: JSON.stringify(separateDuties),
  }
  const needsOf = (kind: PartyKind): FunctionNeeds => {
    const session = roles.session[kind]
    const settings: readonly (readonly [isNeeded: boolean, variables: Record<string, string>])[] = [
      [makesTags(kind), { [variable.tagKey]: tagKey.keyArn }],
      [commandsOf(kind).length > 0, commandSettings],
      [readsPosts(kind), { [variable.countries]: postsText(countriesOf(missions)) }],
      [kind === 'iom', { [variable.ownCode]: iom.code }],
      [draftingKinds.includes(kind), { [variable.draftDays]: String(rota.limits.draftDays) }],
      [readingRota.includes(kind), { [variable.rota]: JSON.stringify(rota) }],
      [kind === 'centre', { [variable.centreConfig]: JSON.stringify(configByCentre(centres)) }],
    ]
    const environment: Record<string, string> = {
      ...Object.fromEntries(
        accessOf(kind, iom.code).map(({ table }) => [variable.table(table), tables[table].tableName]),
      ),
      ...Object.fromEntries(
        holdersUsedBy(kind, holderKinds).map((holder) => [variable.key(holder), keys[holder].keyArn]),
      ),
      ...Object.assign({}, ...settings.flatMap(([isNeeded, variables]) => (isNeeded ? [variables] : []))),
    }
    if (!session) return { environment, statements: partyStatements(kind, tables, iom.code) }
    return {
      environment: { ...environment, [variable.sessionRole]: session.roleArn },
      statements: [allow('Session', ['sts:AssumeRole', 'sts:TagSession'], [session.roleArn])],
    }
  }
  return Object.fromEntries(partyKindNames.map((kind) => [kind, needsOf(kind)])) as Record<
    PartyKind,
    FunctionNeeds
  >
}

function idsOf(kind: PartyKind, parties: readonly { code: string }[]): string {
  return parties.map(({ code }) => partyOf(kind, code)).join(',')
}

function countriesOf(missions: Deployment['missions']): Record<string, string[]> {
  return Object.fromEntries(missions.map(({ code, country, covers = [] }) => [code, [country, ...covers]]))
}

function configByCentre(centres: Deployment['centres']): Record<string, CentreConfig> {
  return Object.fromEntries(centres.map(({ code, config }) => [partyOf('centre', code), config]))
}

/** The calendars of posts with a week or closed days of their own. */
function ownCalendars(missions: Deployment['missions']): Record<string, Calendar> {
  return Object.fromEntries(missions.flatMap(({ code, calendar }) => (calendar ? [[code, calendar]] : [])))
}

/** Gives the session roles their permissions, which the base roles do not have. */
export function grantSessions(parent: Construct, { roles, tables }: Parts, { iom }: Deployment): void {
  const scope = new Construct(parent, 'Sessions')
  for (const kind of sessionKinds) {
    const role = roles.session[kind]
    if (!role) continue
    const policy = new Policy(scope, kind, {
      roles: [role],
      statements: partyStatements(kind, tables, iom.code),
    })
    pinned(policy, `${titled(kind)}SessionPolicy`)
  }
}
