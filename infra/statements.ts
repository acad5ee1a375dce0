import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam'

/** Operators, each with the keys that it compares. */
export type Conditions = Record<string, Record<string, unknown>>

/** One thing that a role may do: named, on named resources, under conditions that all hold. */
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
    conditions: together(conditions),
  })
}

/** Conditions that must all hold; two may use one operator on different keys. */
export function together(conditions: readonly Conditions[]): Conditions {
  const all: Conditions = {}
  for (const condition of conditions)
    for (const [operator, keys] of Object.entries(condition)) all[operator] = { ...all[operator], ...keys }
  return all
}

/**
 * The condition on the partition keys that a call touches: each is of one of the patterns. `ForAllValues` alone is true for a call that names
 * none: hence `Null`.
 */
export function withKeys(...patterns: readonly string[]): Conditions {
  return {
    'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [...patterns] },
    Null: { 'dynamodb:LeadingKeys': 'false' },
  }
}

/** The condition that a statement is part of a transaction. */
export function inside(operation: 'ExecuteTransaction' | 'TransactWriteItems'): Conditions {
  return { StringEquals: { 'dynamodb:EnclosingOperation': operation } }
}
