import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { LRUCache } from 'lru-cache'
import type { Roster } from '../../../schemas/api/people.ts'
import { refusal } from '../../../schemas/api/problems.ts'
import type { Author } from '../../../schemas/events/events.ts'
import { works } from '../../domain/directory/roster.ts'
import { readRoster, type StoredRoster } from '../../trail/roster.ts'
import { trustedMs } from './trust.ts'

/** Who calls, by which token: `issued` in epoch seconds. */
export interface Caller extends Author {
  issued: number
}

const known = new LRUCache<string, StoredRoster>({ max: 50, ttl: trustedMs })

/** Commands that change nothing: they need not wait for the roster. */
const reads = ['GetItemCommand', 'BatchGetItemCommand', 'QueryCommand', 'ScanCommand']

/**
 * The roster of a caller's party. The gateway cannot know it: a token says who somebody was when it was issued, up to ten
 * minutes ago. Software is not on the roster; its access ends with its client. Throws signed-out for a person who is not.
 */
export async function admit(db: DynamoDBClient, table: string, caller: Caller): Promise<Roster> {
  const { party, role } = caller
  const trusted = known.get(party)
  if (trusted && (role === 'system' || works(trusted, caller))) return trusted
  // A person who was just added works at once: only a roster that is read now refuses.
  if (role !== 'system') return admitNow(db, table, caller)
  return (await readNow(db, table, caller)) ?? nobody(caller)
}

/** The same by the roster as it is now: a person who was just disabled has no half minute left to undo it. */
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

/** The same client, whose writes wait for `admitted`, and are not sent where that rejects. */
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
