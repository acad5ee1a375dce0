import type { FunctionName } from '../../infra/function-table.ts'
import { functionNames } from '../../infra/function-table.ts'
import type { RecordedCall } from '../../infra/local/edge/call-log.ts'
import type { EdgeOptions } from '../../infra/local/edge/edge.ts'
import type { FunctionSpec } from '../../infra/local/lambda/functions.ts'
import type { LocalStack } from '../../infra/local/stack.ts'
import { type Desk, refusalOf } from '../parts/desk.ts'

/** A function of the running stack: its logical id, which the edge knows it by, and what it is started with. */
export function functionOf(stack: LocalStack, name: string): { id: string; spec: FunctionSpec } {
  const { nameOf, ofType } = stack.template
  const spec = stack.functions.specs.find((candidate) => candidate.name.endsWith(`-${name}`))
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

/** Ends the containers of a party's function: its next request gets a new one. */
export async function renew(stack: LocalStack, desk: Desk): Promise<void> {
  await stack.functions.retire(functionOf(stack, desk.kind).spec.name)
}

/** Longer than a function takes to send all the calls of a round, on a busy machine too. */
const holdMs = 150

/** Counts the calls of single requests. */
export interface CallCounter {
  /** For the edge: it holds back the answers to a function whose calls are being counted, and no others. */
  hold: NonNullable<EdgeOptions['hold']>
  /**
   * The calls of one request: those of its party's function since it was sent. Streams and queues are polled in
   * the names of other functions. Throws where they are of more than one invocation: then something else ran.
   */
  callsOf(stack: LocalStack, desk: Desk, act: () => Promise<unknown>): Promise<RecordedCall[]>
}

export function callCounter(): CallCounter {
  const counted = new Set<string>()
  return {
    hold: (functionLogicalId) => (counted.has(functionLogicalId) ? holdMs : 0),
    async callsOf(stack, desk, act) {
      const { id } = functionOf(stack, desk.kind)
      const begun = performance.now()
      counted.add(id)
      try {
        await act()
      } finally {
        counted.delete(id)
      }
      const calls = stack.edge.calls().filter((call) => call.function === id && call.start >= begun)
      if (new Set(calls.map(({ trace: request }) => request)).size > 1)
        throw new Error(`Something else ran in ${desk.kind} while its calls were counted.`)
      return calls
    },
  }
}
