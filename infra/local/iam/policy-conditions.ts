import { type Context, expandText, matchesArn, matchesText, variablesOf } from './policy-patterns.ts'

export interface Condition {
  forAllValues?: boolean
  forAnyValue?: boolean
  ifExists: boolean
  operator: OperatorName
  /** Lower case. */
  key: string
  values: readonly string[]
}

interface Operator {
  test: Test
  /** What a policy may write as a value. */
  accepts?: RegExp
  /** The operator holds when no value matches. */
  negated?: boolean
}
type Test = (given: string, wanted: string, context: Context) => boolean | undefined

const text =
  (fold: (value: string) => string): Test =>
  (given, wanted, context) => {
    const expanded = expandText(wanted, context)
    return expanded === undefined ? undefined : fold(given) === fold(expanded)
  }
const same = text((value) => value)
const sameFolded = text((value) => value.toLowerCase())
const like: Test = (given, wanted, context) => matchesText(wanted, given, context)
const arn: Test = (given, wanted, context) => matchesArn(wanted, given, context)
const number =
  (compare: (given: number, wanted: number) => boolean): Test =>
  (given, wanted) =>
    numeric.test(given) && compare(Number(given), Number(wanted))

const numeric = /^-?\d+(\.\d+)?$/
const truth = /^(true|false)$/i

const operators = {
  StringEquals: { test: same },
  StringNotEquals: { test: same, negated: true },
  StringEqualsIgnoreCase: { test: sameFolded },
  StringNotEqualsIgnoreCase: { test: sameFolded, negated: true },
  StringLike: { test: like },
  StringNotLike: { test: like, negated: true },
  // IAM treats the two spellings of each alike.
  ArnEquals: { test: arn },
  ArnLike: { test: arn },
  ArnNotEquals: { test: arn, negated: true },
  ArnNotLike: { test: arn, negated: true },
  Bool: { test: sameFolded, accepts: truth },
  Null: { test: () => undefined, accepts: truth },
  NumericEquals: { test: number((a, b) => a === b), accepts: numeric },
  NumericNotEquals: { test: number((a, b) => a === b), accepts: numeric, negated: true },
  NumericLessThan: { test: number((a, b) => a < b), accepts: numeric },
  NumericLessThanEquals: { test: number((a, b) => a <= b), accepts: numeric },
  NumericGreaterThan: { test: number((a, b) => a > b), accepts: numeric },
  NumericGreaterThanEquals: { test: number((a, b) => a >= b), accepts: numeric },
} satisfies Record<string, Operator>
type OperatorName = keyof typeof operators

const isOperator = (name: string): name is OperatorName => Object.hasOwn(operators, name)

/** Keys that the edge supplies. */
const suppliedKeys: readonly (string | RegExp)[] = [
  /^aws:principaltag\/.+/,
  /^aws:requesttag\/.+/,
  /^kms:encryptioncontext:.+/,
  'aws:principalaccount',
  'aws:principalarn',
  'aws:principalisawsservice',
  'aws:principalservicename',
  'aws:requestedregion',
  'aws:securetransport',
  'aws:tagkeys',
  'aws:viaawsservice',
  'dynamodb:enclosingoperation',
  'dynamodb:leadingkeys',
  'kms:calleraccount',
  'kms:encryptionalgorithm',
  'kms:encryptioncontextkeys',
  'kms:macalgorithm',
  'kms:messagetype',
  'kms:reencryptonsamekey',
  'kms:signingalgorithm',
  'sts:rolesessionname',
  'sts:transitivetagkeys',
]
/** Keys that no call on this machine carries: they belong to a person's sign-in and to calls of AWS's own services. */
const absentKeys = [
  'aws:multifactorauthage',
  'aws:multifactorauthpresent',
  'aws:sourceaccount',
  'aws:sourcearn',
  'kms:grantisforawsresource',
  'kms:viaservice',
  'sts:externalid',
]
/** Keys with several values. IAM does not define what an operator without a quantifier does with them. */
const multiValuedKeys = [
  'aws:tagkeys',
  'dynamodb:leadingkeys',
  'kms:encryptioncontextkeys',
  'sts:transitivetagkeys',
]
const isSupplied = (key: string) =>
  suppliedKeys.some((known) => (known instanceof RegExp ? known.test(key) : known === key))

/** Throws at a key that neither the edge nor AWS ever supplies: most likely it is mistyped. */
function requireKnownKey(key: string): void {
  const folded = key.toLowerCase()
  if (!isSupplied(folded) && !absentKeys.includes(folded)) {
    throw new Error(`The condition key ${key} is not known to the edge.`)
  }
}

/** Throws at a pattern with a malformed variable, or with a variable of an unknown key. */
export function requireKnownVariables(pattern: string): void {
  variablesOf(pattern).forEach(requireKnownKey)
}

/** Whether a condition can hold only with a key that no call on this machine carries. */
export function needsAbsentKey({ key, operator, ifExists }: Condition): boolean {
  const { negated = false }: Operator = operators[operator]
  return absentKeys.includes(key) && operator !== 'Null' && !ifExists && !negated
}

const operatorShape = /^(ForAllValues:|ForAnyValue:)?([A-Za-z]+?)(IfExists)?$/

/** Reads one operator of a Condition block. Throws, naming it, at an operator, key or value that is not known here. */
export function readCondition(operator: string, key: string, values: readonly string[]): Condition {
  const [, quantifier, name = '', ifExists] = operatorShape.exec(operator) ?? []
  if (!isOperator(name)) throw new Error(`The condition operator ${operator} is not known to the edge.`)
  if (name === 'Null' && (quantifier || ifExists)) throw new Error(`${operator} is not an operator of IAM.`)
  requireKnownKey(key)
  values.forEach(requireKnownVariables)
  if (multiValuedKeys.includes(key.toLowerCase()) && name !== 'Null' && !quantifier) {
    throw new Error(`${operator} of ${key} needs ForAllValues or ForAnyValue.`)
  }
  const { accepts }: Operator = operators[name]
  if (values.length === 0 || !values.every((value) => accepts?.test(value) ?? true)) {
    throw new Error(`${operator} of ${key} has an invalid value.`)
  }
  return {
    operator: name,
    key: key.toLowerCase(),
    values,
    ifExists: ifExists !== undefined,
    forAllValues: quantifier === 'ForAllValues:',
    forAnyValue: quantifier === 'ForAnyValue:',
  }
}

/** Whether a condition holds. A key without values counts as absent. */
export function conditionHolds(condition: Condition, context: Context, effect: 'Allow' | 'Deny'): boolean {
  const { operator, key, values, ifExists, forAllValues: every, forAnyValue: some } = condition
  const given = context.get(key) ?? []
  if (operator === 'Null')
    return values.some((value) => (value.toLowerCase() === 'true') === (given.length === 0))

  const { test, negated = false }: Operator = operators[operator]
  const matches = (value: string) => {
    const results = values.map((wanted) => test(value, wanted, context))
    // A variable without a value matches nothing. A negated operator must not turn that into an Allow.
    if (negated && effect === 'Allow' && results.includes(undefined)) return false
    return results.includes(true) !== negated
  }
  if (given.length === 0) return ifExists || every || (negated && !some)
  if (every) return given.every(matches)
  if (some) return given.some(matches)
  if (given.length > 1) throw new Error(`The condition key ${key} came with several values.`)
  return given.every(matches)
}
