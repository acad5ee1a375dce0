import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { type FigureScope, type Figures, figuresAnswer } from '../../schemas/api/figures.ts'
import { tables } from '../../schemas/deployment/tables.ts'
import { getRow, putRow } from '../dynamodb/rows.ts'

const { hash } = tables.figures

/** Writes the figures of a scope in place of the earlier ones: two runs side by side would show what came in between. */
export async function writeScope(db: DynamoDBClient, table: string, made: Figures): Promise<void> {
  await putRow(db, table, { [hash]: made.scope, figures: JSON.stringify(made) })
}

/** The figures of a scope as they were last made; nothing before the first time. */
export async function readScope(
  db: DynamoDBClient,
  table: string,
  scope: FigureScope,
): Promise<Figures | undefined> {
  const row = await getRow(db, table, { [hash]: scope }, { consistent: false })
  return typeof row?.figures === 'string' ? figuresAnswer.parse(JSON.parse(row.figures)) : undefined
}
