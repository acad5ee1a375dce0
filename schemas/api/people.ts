import * as z from 'zod/mini'
import { author } from '../events/events.ts'
import { partyId } from '../values/parties.ts'
import { day, instant, name, personId, sha256 } from '../values/texts.ts'

const count = z.int().check(z.minimum(0))

/** What somebody can be in a party; software is none of its people. */
const role = z.enum(['officer', 'administrator', 'duty-officer'])

/** Who does the work of somebody who is away, on both days and between. */
const standIn = z
  .strictObject({ user: personId, from: day, until: day })
  .check(z.refine(({ from, until }) => from <= until, { path: ['until'], error: 'until-before-from' }))

/** The name that somebody signs in with: no address, and the same in capitals. */
const signIn = z.string().check(z.trim(), z.toLowerCase(), z.regex(/^[a-z][a-z0-9.-]{2,39}$/, 'sign-in'))

export const factorReason = z.enum(['lost', 'stolen', 'broken', 'replaced', 'password-forgotten'])

/** What an administrator does with the list, and with one of its people; the body of each. */
export const listActions = {
  invite: z.strictObject({ name: name(), signIn, role }),
  review: z.strictObject({}),
} as const
export const personActions = {
  role: z.strictObject({ role }),
  disable: z.strictObject({ reason: z.enum(['left', 'moved', 'long-absence', 'suspicion', 'other']) }),
  enable: z.strictObject({}),
  'reset-factor': z.strictObject({ reason: factorReason }),
  /** Without a stand-in: back again. */
  'stand-in': z.strictObject({ standIn: z.optional(standIn) }),
  forget: z.strictObject({}),
} as const
export type ListAction = keyof typeof listActions
export type PersonAction = keyof typeof personActions
export type PeopleAction = ListAction | PersonAction
export const listActionNames = Object.keys(listActions) as ListAction[]
export const personActionNames = Object.keys(personActions) as PersonAction[]

/** One of the people, by id. `since`: sign-ins from before it count no longer. */
const person = z.strictObject({
  user: personId,
  role,
  enabled: z.boolean(),
  added: instant,
  since: z.optional(instant),
  standIn: z.optional(standIn),
})
export type StaffMember = z.infer<typeof person>
export type PersonRole = StaffMember['role']

/** The list is to be confirmed in every quarter, of 92 days at most. */
export const reviewDays = 92

/** So many fit into one record. Who is forgotten makes room. */
export const mostPeople = 150

const kept = {
  party: partyId,
  version: z.int().check(z.minimum(1)),
  begun: instant,
  reviewed: z.optional(instant),
  people: z.array(person).check(z.maxLength(mostPeople)),
}
/** Who works for a party. */
export const roster = z.strictObject(kept)
export type Roster = z.infer<typeof roster>

/** Who sets a deployment up, by hand: the first people of a party have nobody who could invite them. */
export const deploymentAuthor = z.strictObject({
  party: z.literal('deployment'),
  role: z.literal('system'),
  user: z.literal('deployment'),
})

/** What was done, about whom, and why: codes and ids. */
const done = z.strictObject({
  action: z.enum(['begin', ...listActionNames, ...personActionNames]),
  user: z.optional(personId),
  reason: z.optional(z.union([factorReason, personActions.disable.shape.reason])),
})
export type RosterAction = z.infer<typeof done>

/**
 * A change as it is kept: the `n`th of all parties, one chain, with the party's people as they are from then on. Its hash
 * is SHA-256("acasa/roster/v1\n" ‖ RFC 8785 bytes); the next one names it as `prev`.
 */
export const rosterRecord = z.strictObject({
  n: z.int().check(z.minimum(1)),
  prev: sha256,
  at: instant,
  by: z.union([author, deploymentAuthor]),
  done,
  ...kept,
})
export type RosterRecord = z.infer<typeof rosterRecord>

/** The list of a party's people. Names do not leave the party, and who was forgotten has none. */
export const peopleAnswer = z.strictObject({
  party: partyId,
  version: count,
  reviewed: z.optional(instant),
  /** Nobody has confirmed the list for a quarter of a year. */
  overdue: z.boolean(),
  people: z.array(
    z.strictObject({
      ...person.shape,
      name: z.optional(name()),
      /** Told to administrators. */
      signIn: z.optional(signIn),
      /** The last review since the person was added. */
      reviewed: z.optional(instant),
    }),
  ),
})
export type People = z.infer<typeof peopleAnswer>

/** The list as an action left it. The password is good for three days and one sign-in, and is given once. */
export const peopleChanged = z.strictObject({
  ...peopleAnswer.shape,
  account: z.optional(z.strictObject({ user: personId, password: z.string() })),
})
export type PeopleChanged = z.infer<typeof peopleChanged>

/** A page of all changes of all parties, in order; each with its hash. */
export const rosterChanges = z.strictObject({
  changes: z.array(z.extend(rosterRecord, { hash: sha256 })),
  next: z.optional(z.string()),
})

/** What the function is given by hand where a party has nobody yet: accounts that are in the pool, in their groups. */
export const firstPeople = z.strictObject({
  begin: z.strictObject({
    party: partyId,
    people: z.array(z.strictObject({ user: personId, name: name(), signIn, role })),
  }),
})
export type FirstPeople = z.infer<typeof firstPeople>
