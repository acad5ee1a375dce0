import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { LRUCache } from 'lru-cache'
import type { Roster } from '../../../schemas/api/people.ts'
import { refusal } from '../../../schemas/api/problems.ts'
import type { Author } from '../../../schemas/events/events.ts'
import { works } from '../../domain/directory/roster.ts'
import { readRoster, type StoredRoster } from '../../trail/roster.ts'

/** Who calls, by which token: `issued` in epoch seconds. */
export interface Caller extends Author {
  issued: number
}

/** How long a container goes by what it read: whoever is disabled is out within the minute. Milliseconds. */
const trustedMs = 30_000
const known = new LRUCache<string, StoredRoster>({ max: 50, ttl: trustedMs })

/** What changes nothing, and need not wait until it is known whether the caller may. */
const reads = ['GetItemCommand', 'BatchGetItemCommand', 'QueryCommand', 'ScanCommand']

/**
 * Who works for a caller's party, which the gateway cannot know: a token says who somebody was when it was given, up to
 * ten minutes ago. Software has no line in it, and ends with its client. Throws signed-out for anyone else without one.
 */
export async function admit(db: DynamoDBClient, table: string, caller: Caller): Promise<Roster> {
  const { party, role } = caller
  const trusted = known.get(party)
  if (trusted && (role === 'system' || works(trusted, caller))) return trusted
  // Who was let in a moment ago is in at once: only what is read now says no.
  if (role !== 'system') return admitNow(db, table, caller)
  return (await readNow(db, table, caller)) ?? nobody(caller)
}

/** The same by what stands there now: who was disabled a moment ago has no half minute to undo it in. */
export async function admitNow(db: DynamoDBClient, table: string, caller: Caller): Promise<Roster> {
  const roster = await readNow(db, table, caller)
  if (!roster || !works(roster, caller)) throw refusal('signed-out')
  return roster
}

async function readNow(
  db: DynamoDBClient,
  table: string,
  { party }: Caller,
): Promise<StoredRoster | undefined> {
  const roster = await readRoster(db, table, party)
  if (roster) known.set(party, roster)
  return roster
}

/** A party that only software works for. */
function nobody({ party }: Caller): Roster {
  return { party, version: 1, begun: new Date(0).toISOString(), people: [] }
}

/** The same client, whose writes wait until something has come true, and are not sent where it does not. */
export function writingAfter(db: DynamoDBClient, admitted: Promise<unknown>): DynamoDBClient {
  const middlewareStack = db.middlewareStack.clone()
  middlewareStack.add(
    (next, { commandName = '' }) =>
      async (args) => {
        if (!reads.includes(commandName)) await admitted
        return next(args)
      },
    { step: 'initialize', name: 'writingAfter' },
  )
  return Object.create(db, { middlewareStack: { value: middlewareStack } })
}
