import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam'

/** Condition operators, each with the keys that it compares. */
export type Conditions = Record<string, Record<string, unknown>>

/** A statement that allows actions on resources, under conditions that must all hold. */
export function allow(
  sid: string,
  actions: readonly string[],
  resources: readonly string[],
  ...conditions: Conditions[]
): PolicyStatement {
  return new PolicyStatement({
    sid,
    effect: Effect.ALLOW,
    actions: [...actions],
    resources: [...resources],
    conditions: mergeConditions(conditions),
  })
}

/** Merges conditions that must all hold. Two conditions may use the same operator on different keys. */
export function mergeConditions(conditions: readonly Conditions[]): Conditions {
  const merged: Conditions = {}
  for (const condition of conditions)
    for (const [operator, keys] of Object.entries(condition))
      merged[operator] = { ...merged[operator], ...keys }
  return merged
}

/**
 * The condition that each partition key of a call matches one of the patterns. `ForAllValues` alone is true for a call
 * without keys, hence `Null`.
 */
export function withKeys(...patterns: readonly string[]): Conditions {
  return {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...patterns] },
    Null: { 'dynamodb:LeadingKeys': 'false' },
  }
}

/** The condition that a call is part of a transaction. */
export function insideOperation(operation: 'ExecuteTransaction' | 'TransactWriteItems'): Conditions {
  return { StringEquals: { 'dynamodb:EnclosingOperation': operation } }
}
