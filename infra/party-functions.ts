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
import { actionsOf, makesTags, partyStatements } from './party-permissions.ts'
import type { Roles } from './roles.ts'
import { allow } from './statements.ts'
import type { Tables } from './tables.ts'

interface Parts {
  roles: Roles
  tables: Tables
  keys: Record<HolderKind, Key>
  /** What tags are made with. */
  tagKey: Key
}

/** Kinds of party that name posts, look for the one that answers for a country, or see which countries nobody answers for. */
const knowsPosts = (kind: PartyKind) => commandsOf(kind).length > 0 || kind === 'oversight'

/** What the function of each kind of party needs: the names of what it works on, and the right to. */
export function partyNeeds(
  { roles, tables, keys, tagKey }: Parts,
  { centres, missions, partners, iom, rota }: Deployment,
): Record<PartyKind, FunctionNeeds> {
  const settled = {
    [variable.centres]: idsOf('centre', centres),
    [variable.partners]: partnersText(partners),
    [variable.posts]: JSON.stringify(ownCalendars(missions)),
    [variable.night]: JSON.stringify(rota.night),
    [variable.lockDays]: String(rota.limits.lockDays),
  }
  const needsOf = (kind: PartyKind): FunctionNeeds => {
    const session = roles.session[kind]
    return {
      environment: {
        ...Object.fromEntries(
          actionsOf(kind, iom.code).map(({ table }) => [variable.table(table), tables[table].tableName]),
        ),
        ...Object.fromEntries(
          holdersUsedBy(kind, holderKinds).map((holder) => [variable.key(holder), keys[holder].keyArn]),
        ),
        ...(makesTags(kind) ? { [variable.tagKey]: tagKey.keyArn } : {}),
        ...(commandsOf(kind).length > 0 ? settled : {}),
        ...(knowsPosts(kind) ? { [variable.countries]: postsText(countriesOf(missions)) } : {}),
        ...(kind === 'iom' ? { [variable.ownCode]: iom.code } : {}),
        ...(draftingKinds.includes(kind) ? { [variable.draftDays]: String(rota.limits.draftDays) } : {}),
        ...(readingRota.includes(kind) ? { [variable.rota]: JSON.stringify(rota) } : {}),
        ...(kind === 'centre' ? { [variable.centreConfig]: JSON.stringify(configByCentre(centres)) } : {}),
        ...(session ? { [variable.sessionRole]: session.roleArn } : {}),
      },
      statements: session
        ? [allow('Session', ['sts:AssumeRole', 'sts:TagSession'], [session.roleArn])]
        : partyStatements(kind, tables, iom.code),
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
  return Object.fromEntries(centres.map(({ code, house }) => [partyOf('centre', code), house]))
}

/** The calendars of posts whose week or closed days are their own. */
function ownCalendars(missions: Deployment['missions']): Record<string, Calendar> {
  return Object.fromEntries(missions.flatMap(({ code, calendar }) => (calendar ? [[code, calendar]] : [])))
}

/** Gives the session roles the permissions that their base roles do not have. */
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
