import { setTimeout as pause } from 'node:timers/promises'
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

/**
 * A function is quiet when it has made no call in so many turns of so many milliseconds: longer than it takes from one
 * call of a round to the next. On a busy machine the turns take longer, as its calls do.
 */
const quiet = { turns: 10, ms: 10 }

/** Counts the calls of single requests. */
export interface CallCounter {
  /**
   * For the edge. Answers to a function whose calls are being counted are held back until it has made no call for a
   * while: then it has made all that wait for no answer. Others are not held back.
   */
  hold: NonNullable<EdgeOptions['hold']>
  /**
   * The calls of one request: those of its party's function since it was sent. Streams and queues are polled in
   * the names of other functions. Throws where they are of more than one invocation: then something else ran.
   */
  callsOf(stack: LocalStack, desk: Desk, act: () => Promise<unknown>): Promise<RecordedCall[]>
}

/** Does something while nobody else uses the function of a party. */
export type Alone = <Result>(desk: Desk, act: () => Promise<Result>) => Promise<Result>

/** Whoever wants a function for itself waits for all who wanted it before. */
export function takingTurns(): Alone {
  const last = new Map<string, Promise<unknown>>()
  return (desk, act) => {
    const turn = (last.get(desk.kind) ?? Promise.resolve()).then(act)
    last.set(
      desk.kind,
      turn.catch(() => undefined),
    )
    return turn
  }
}

export function callCounter(): CallCounter {
  /** The functions whose calls are being counted, and how many each of them has made. */
  const made = new Map<string, number>()
  return {
    async hold(functionLogicalId) {
      const madeNow = () => made.get(functionLogicalId)
      const before = madeNow()
      if (before === undefined) return
      made.set(functionLogicalId, before + 1)
      let seen = madeNow()
      for (let turn = 0; turn < quiet.turns; turn++) {
        await pause(quiet.ms)
        if (madeNow() === seen) continue
        seen = madeNow()
        turn = -1
      }
    },
    async callsOf(stack, desk, act) {
      const { id } = functionOf(stack, desk.kind)
      const begun = performance.now()
      made.set(id, 0)
      try {
        await act()
      } finally {
        made.delete(id)
      }
      const calls = stack.edge.calls().filter((call) => call.function === id && call.start >= begun)
      if (new Set(calls.map(({ trace: request }) => request)).size > 1)
        throw new Error(`Something else ran in ${desk.kind} while its calls were counted.`)
      return calls
    },
  }
}
