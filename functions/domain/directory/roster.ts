import {
  mostPeople,
  type PeopleAction,
  type PersonRole,
  type Roster,
  type RosterAction,
  reviewDays,
  type StaffMember,
} from '../../../schemas/api/people.ts'
import { refusal } from '../../../schemas/api/problems.ts'
import { chisinau, dayIn } from '../calendar/days.ts'

const dayMs = 86_400_000

type Reason = NonNullable<RosterAction['reason']>

/** An action with its fields. A person who is invited has an account by then. */
export type Change =
  | { action: 'invite'; user: string; role: PersonRole }
  | { action: 'review' }
  | { action: 'role'; user: string; role: PersonRole }
  | { action: 'disable'; user: string; reason: Reason }
  | { action: 'reset-factor'; user: string; reason: Reason }
  | { action: 'enable'; user: string }
  | { action: 'forget'; user: string }
  | { action: 'stand-in'; user: string; standIn?: StaffMember['standIn'] }

/** A party's people after a change, and the record of it. */
export interface Changed {
  people: StaffMember[]
  reviewed?: string
  done: RosterAction
}

/** The person with an id. Throws not-found. */
export function personIn(people: readonly StaffMember[], user: string): StaffMember {
  const found = people.find((person) => person.user === user)
  if (!found) throw refusal('not-found')
  return found
}

/**
 * A party's people after a change at an instant; undefined where it would change nothing. `by`: who asks for it. Throws
 * not-found, last-administrator, own-account, still-enabled, too-large, and bad-input for a stand-in who cannot be one.
 */
export function changed(
  people: readonly StaffMember[],
  change: Change,
  by: string,
  at: string,
): Changed | undefined {
  const done: RosterAction = {
    action: change.action satisfies PeopleAction,
    ...('user' in change ? { user: change.user } : {}),
    ...('reason' in change ? { reason: change.reason } : {}),
  }
  switch (change.action) {
    case 'invite': {
      if (people.length >= mostPeople) throw refusal('too-large')
      const { user, role } = change
      return { done, people: [...people, { user, role, enabled: true, added: at }] }
    }
    case 'review':
      return { done, people: [...people], reviewed: at }
    case 'forget':
      if (personIn(people, change.user).enabled) throw refusal('still-enabled')
      return { done, people: people.filter(({ user }) => user !== change.user) }
    case 'reset-factor':
      if (change.user === by) throw refusal('own-account')
      return { done, people: withAltered(people, change.user, (person) => ({ ...person, since: at })) }
    default: {
      const after = alteredPeople(people, change, at)
      return after && { done, people: after }
    }
  }
}

/** The people after a change of one person's role, account or stand-in; undefined where it would change nothing. */
function alteredPeople(
  people: readonly StaffMember[],
  change: Extract<Change, { action: 'role' | 'disable' | 'enable' | 'stand-in' }>,
  at: string,
): StaffMember[] | undefined {
  const before = personIn(people, change.user)
  switch (change.action) {
    case 'role':
      if (before.role === change.role) return undefined
      return requireAdministrator(
        withAltered(people, change.user, (person) => ({ ...person, role: change.role })),
      )
    case 'disable':
      if (!before.enabled) return undefined
      return requireAdministrator(
        withAltered(people, change.user, (person) => ({ ...person, enabled: false, since: at })),
      )
    case 'enable':
      return before.enabled
        ? undefined
        : withAltered(people, change.user, (person) => ({ ...person, enabled: true }))
    case 'stand-in': {
      const { standIn } = change
      if (standIn && (standIn.user === change.user || !isEnabled(people, standIn.user)))
        throw refusal('bad-input', { fields: ['standIn.user'] })
      return withAltered(people, change.user, ({ standIn: _, ...rest }) =>
        standIn ? { ...rest, standIn } : rest,
      )
    }
  }
}

/** The people with one person altered. Throws not-found. */
function withAltered(
  people: readonly StaffMember[],
  user: string,
  alter: (person: StaffMember) => StaffMember,
): StaffMember[] {
  const before = personIn(people, user)
  return people.map((person) => (person === before ? alter(before) : person))
}

/** The same people, if an enabled administrator is among them: without one nobody could ever invite a new one. */
function requireAdministrator(people: StaffMember[]): StaffMember[] {
  if (!people.some(({ role, enabled }) => enabled && role === 'administrator'))
    throw refusal('last-administrator')
  return people
}

function isEnabled(people: readonly StaffMember[], user: string): boolean {
  return people.some((person) => person.user === user && person.enabled)
}

/**
 * Whether the holder of a token works for the party in the token's role. A token states its time in whole seconds (epoch):
 * a token of the very second in which the person's sign-ins ended counts as older.
 */
export function works(roster: Roster, token: { user: string; role: string; issued: number }): boolean {
  const person = roster.people.find(({ user }) => user === token.user)
  if (!person?.enabled || person.role !== token.role) return false
  return person.since === undefined || token.issued > Math.floor(Date.parse(person.since) / 1000)
}

/**
 * To whom a return is assigned, as the party sees it at an instant: to nobody once the assignee's account is disabled, and
 * also to the stand-in while the assignee is away. So the work goes back to the party at once, and the trail still says who
 * had taken it.
 */
export function assignedTo(
  { people }: Roster,
  assignee: string | undefined,
  at: string,
): { assignee?: string; standIn?: string } {
  const person = people.find(({ user }) => user === assignee)
  if (!person?.enabled) return {}
  const { user, standIn } = person
  const today = dayIn(Date.parse(at), chisinau)
  const isAway = standIn && standIn.from <= today && today <= standIn.until && isEnabled(people, standIn.user)
  return { assignee: user, ...(isAway ? { standIn: standIn.user } : {}) }
}

/** The people whose returns a person works on today: the person's own, and those of whom it stands in for. */
export function worksFor(roster: Roster, user: string, at: string): string[] {
  const others = roster.people.filter((person) => assignedTo(roster, person.user, at).standIn === user)
  return [...new Set([user, ...others.map((person) => person.user)])]
}

/** Whether nobody has looked at the list for a quarter of a year. */
export function isOverdue({ begun, reviewed }: Roster, at: string): boolean {
  return Date.parse(at) - Date.parse(reviewed ?? begun) > reviewDays * dayMs
}
