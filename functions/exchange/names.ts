import { type DynamoDBClient, paginateQuery } from '@aws-sdk/client-dynamodb'
import { tables } from '../../schemas/deployment/tables.ts'
import type { PartyId } from '../../schemas/values/parties.ts'

const { hash: partyKey, range: userKey } = tables.people

/** What one of a party's people is called, and signs in as. */
export interface Named {
  user: string
  name: string
  signIn: string
}

interface Statement {
  Statement: string
  Parameters: { S: string }[]
}

/** The names of a party's people, by id; read consistently. Who was forgotten has none. */
export async function readNames(
  db: DynamoDBClient,
  table: string,
  party: PartyId,
): Promise<ReadonlyMap<string, Named>> {
  const named = new Map<string, Named>()
  const pages = paginateQuery(
    { client: db },
    {
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: '#party = :party',
      ExpressionAttributeNames: { '#party': partyKey },
      ExpressionAttributeValues: { ':party': { S: party } },
    },
  )
  for await (const { Items: items = [] } of pages)
    for (const item of items) {
      const [user, name, signIn] = [item[userKey]?.S, item.called?.S, item.signIn?.S]
      if (user && name && signIn) named.set(user, { user, name, signIn })
    }
  return named
}

/** The statement that writes down what somebody is called. */
export function nameStatement(table: string, party: PartyId, { user, name, signIn }: Named): Statement {
  return {
    Statement: `INSERT INTO "${table}" VALUE {'${partyKey}': ?, '${userKey}': ?, 'called': ?, 'signIn': ?}`,
    Parameters: [{ S: party }, { S: user }, { S: name }, { S: signIn }],
  }
}

/** The statement that deletes it. */
export function unnameStatement(table: string, party: PartyId, user: string): Statement {
  return {
    Statement: `DELETE FROM "${table}" WHERE "${partyKey}" = ? AND "${userKey}" = ?`,
    Parameters: [{ S: party }, { S: user }],
  }
}
