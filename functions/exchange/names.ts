import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { tables } from '../../schemas/deployment/tables.ts'
import type { PartyId } from '../../schemas/values/parties.ts'
import { queryAll } from '../dynamodb/query.ts'
import { deleteStatement, insertStatement, type Statement } from '../dynamodb/statements.ts'

const { hash: partyKey, range: userKey } = tables.people

/** What a person of a party is called, and signs in as. */
export interface PersonName {
  user: string
  name: string
  signIn: string
}

/** The names of a party's people, by id; read consistently. A person whose name was deleted has none. */
export async function readNames(
  db: DynamoDBClient,
  table: string,
  party: PartyId,
): Promise<ReadonlyMap<string, PersonName>> {
  const rows = await queryAll(db, { table, hash: { name: partyKey, value: party } })
  return new Map(
    rows.flatMap(({ [userKey]: user, called: name, signIn }): [string, PersonName][] =>
      typeof user === 'string' && typeof name === 'string' && typeof signIn === 'string'
        ? [[user, { user, name, signIn }]]
        : [],
    ),
  )
}

/** The statement that writes down what a person is called. */
export function nameStatement(table: string, party: PartyId, { user, name, signIn }: PersonName): Statement {
  return insertStatement(table, { [partyKey]: party, [userKey]: user, called: name, signIn })
}

/** The statement that deletes a person's name. */
export function unnameStatement(table: string, party: PartyId, user: string): Statement {
  return deleteStatement(table, { [partyKey]: party, [userKey]: user })
}
