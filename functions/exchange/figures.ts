import { type DynamoDBClient, GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb'
import { type FigureScope, type Figures, figures } from '../../schemas/api/figures.ts'
import { tables } from '../../schemas/deployment/tables.ts'

const { hash } = tables.figures

/** Writes the figures of a scope in place of those before: two runs side by side would tell what came in between. */
export async function writeScope(db: DynamoDBClient, table: string, made: Figures): Promise<void> {
  const Item = { [hash]: { S: made.scope }, figures: { S: JSON.stringify(made) } }
  await db.send(new PutItemCommand({ TableName: table, Item }))
}

/** The figures of a scope as they were last made; nothing before the first time. */
export async function readScope(
  db: DynamoDBClient,
  table: string,
  scope: FigureScope,
): Promise<Figures | undefined> {
  const { Item: item } = await db.send(
    new GetItemCommand({ TableName: table, Key: { [hash]: { S: scope } } }),
  )
  return item?.figures?.S === undefined ? undefined : figures.parse(JSON.parse(item.figures.S))
}
