import { setTimeout as pause } from 'node:timers/promises'
import type { FunctionName } from '../../infra/function-table.ts'
import { functionNames } from '../../infra/function-table.ts'
import type { FunctionSpec } from '../../infra/local/lambda/functions.ts'
import type { LocalStack } from '../../infra/local/stack.ts'
import { type Desk, refusalOf } from '../parts/desk.ts'

/** A function of the running stack: its logical id, which the edge calls it by, and what it is started with. */
export function functionOf(stack: LocalStack, name: string): { id: string; spec: FunctionSpec } {
  const { nameOf, ofType } = stack.template
  const spec = stack.functions.specs.find((one) => one.name.endsWith(`-${name}`))
  const id = ofType('AWS::Lambda::Function').find(
    ({ logicalId }) => nameOf(logicalId) === spec?.name,
  )?.logicalId
  if (!spec || !id) throw new Error(`There is no function ${name}.`)
  return { id, spec }
}

/** Every function of the running stack, by the name that the table gives it. */
export function functionsOf(stack: LocalStack): Map<FunctionName, FunctionSpec> {
  return new Map(functionNames.map((name) => [name, functionOf(stack, name).spec]))
}

/** A return that its party may ask for, and that nobody filed. */
function unknownReturn({ party }: Desk): string {
  const code = party.split(':')[1] ?? '0000'
  return `${code}${'0'.repeat(26)}`
}

/** Has a party's function serve a request that opens no key: it has a session then, and connections. */
export async function askForNothing(desk: Desk): Promise<void> {
  const { code } = await refusalOf(desk.see(unknownReturn(desk)))
  if (code !== 'not-found') throw new Error(`${desk.party} asked for nothing, and got ${code}.`)
}

/** A container that is told to stop may answer just before it does, if rarely. */
const maxAttempts = 10

/**
 * Ends the container of a party's function, as Lambda does at a timeout; the next request gets a new one. A refusal
 * in the gateway's own words is the sign: a container that answers for itself says `internal`, and lives on.
 */
export async function renew(stack: LocalStack, holdMs: number, desk: Desk): Promise<void> {
  const { spec } = functionOf(stack, desk.kind)
  const { timeoutSeconds } = spec
  spec.timeoutSeconds = 0
  try {
    for (let attempt = 0; attempt < maxAttempts; attempt++) {
      const { code } = await refusalOf(desk.see(unknownReturn(desk)))
      if (code === 'Internal Server Error') return
    }
    throw new Error(`The container of ${desk.kind} outlives its timeout.`)
  } finally {
    spec.timeoutSeconds = timeoutSeconds
    // What it had begun comes to an end at the edge.
    await pause(2 * holdMs)
  }
}
