import type { AttributeValue } from '@aws-sdk/client-dynamodb'
import { marshall, type Row } from './attributes.ts'

/** One PartiQL statement. `trail`, `vault` and `exchange` make them; whoever appends the event runs them together. */
export interface Statement {
  Statement: string
  Parameters: AttributeValue[]
}

/** Adds a row. DynamoDB answers `DuplicateItem` where one with its key is there. */
export function insertStatement(table: string, row: Row): Statement {
  const attributes = Object.entries(marshall(row))
  return {
    Statement: `INSERT INTO "${table}" VALUE {${attributes.map(([name]) => `'${name}': ?`).join(', ')}}`,
    Parameters: attributes.map(([, value]) => value),
  }
}

/** Deletes a row. It succeeds where the row is gone already, so that a deletion can be repeated. */
export function deleteStatement(table: string, key: Row): Statement {
  const attributes = Object.entries(marshall(key))
  return {
    Statement: `DELETE FROM "${table}" WHERE ${conditionOn(attributes)}`,
    Parameters: attributes.map(([, value]) => value),
  }
}

/**
 * Replaces the map `attribute` of a row where its member `version` still is `read`; DynamoDB answers
 * `ConditionalCheckFailed` where it is not. The map is replaced as a whole, because DynamoDB and the local database do
 * not share a form of PartiQL that sets two attributes.
 */
export function replaceStatement(
  table: string,
  key: Row,
  [attribute, value]: readonly [name: string, value: Row],
  read: number,
): Statement {
  const attributes = Object.entries(marshall(key))
  return {
    Statement: `UPDATE "${table}" SET "${attribute}"=? WHERE ${conditionOn(attributes)} AND "${attribute}"."version"=?`,
    Parameters: [{ M: marshall(value) }, ...attributes.map(([, member]) => member), { N: String(read) }],
  }
}

function conditionOn(attributes: readonly [string, AttributeValue][]): string {
  return attributes.map(([name]) => `"${name}"=?`).join(' AND ')
}
