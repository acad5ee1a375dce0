import { setTimeout as pause } from 'node:timers/promises'
import type { Call } from '../../infra/local/edge/edge.ts'
import type { LocalStack } from '../../infra/local/stack.ts'
import type { CommandName } from '../../schemas/commands/commands.ts'
import { type Desk, deskOf } from '../parts/desk.ts'
import { askForNothing, functionOf, renew } from './containers.ts'
import { commandsLeftOut, courses, type Desks, desksBy, follow, type Step, straightCourse } from './course.ts'
import { type Cost, costOf } from './rounds.ts'

/**
 * How a function is found by a request. `warm`: its container serves the party already, and has opened nothing of
 * this return. `cold`: its container is new, and has no session of the party.
 */
export type Container = 'warm' | 'cold'

export type ReadName = 'list' | 'see' | 'open' | 'events' | 'export'

export type ByContainer<Name extends string> = Record<Container, Map<Name, Cost>>

/** The straight course on one return: the calls of its commands, and those of its deliveries. */
export interface Whole {
  ret: string
  calls: Call[]
  deliveries: Call[]
  events: number
}

/** Far beyond what a delivery takes, held back as it is. */
const patienceMs = 120_000

/** Counts what each command and each read costs on a stack that was started with `holdMs`, one at a time. */
export async function countRequests(
  stack: LocalStack,
  holdMs: number,
  desks: Desks,
  ret: string,
): Promise<{ commands: ByContainer<CommandName>; reads: ByContainer<ReadName> }> {
  const missing = commandsLeftOut()
  if (missing.length > 0) throw new Error(`No course gives ${missing.join(', ')}.`)
  const measureIn = (container: Container) => async (desk: Desk, act: () => Promise<unknown>) => {
    await renew(stack, holdMs, desk)
    if (container === 'warm') await askForNothing(desk)
    return costOf(await callsOf(stack, desk, act))
  }
  const [warm, cold] = [measureIn('warm'), measureIn('cold')]
  return {
    commands: { warm: await countCommands(desks, warm), cold: await countCommands(desks, cold) },
    reads: { warm: await countReads(desks.iom, ret, warm), cold: await countReads(desks.iom, ret, cold) },
  }
}

/** The officers, signed in; their tokens are good for ten minutes, three times what is counted with them takes. */
export function desksOn(stack: LocalStack): Promise<Desks> {
  return desksBy(async (name) => {
    const user = stack.users.find((one) => one.name === name)
    if (!user) throw new Error(`There is no seeded user ${name}.`)
    return deskOf(stack.url, await stack.signIn(name), user)
  })
}

/** Gives the cost of what a desk does. */
type Measure = (desk: Desk, act: () => Promise<unknown>) => Promise<Cost>

/** The cost of each command where a course first gives it. */
async function countCommands(desks: Desks, measure: Measure): Promise<Map<CommandName, Cost>> {
  const costs = new Map<CommandName, Cost>()
  const around = async ({ by, name }: Step, act: () => Promise<unknown>) => {
    if (costs.has(name)) await act()
    else costs.set(name, await measure(desks[by], act))
  }
  for (const course of courses) await follow(course, desks, around)
  return costs
}

/** The cost of each read, for the party that may read most. */
async function countReads(desk: Desk, ret: string, measure: Measure): Promise<Map<ReadName, Cost>> {
  const reads: Record<ReadName, () => Promise<unknown>> = {
    list: () => desk.list(),
    see: () => desk.see(ret),
    open: () => desk.open(ret, ['identity', 'safety']),
    events: () => desk.events(ret),
    export: () => desk.export(ret),
  }
  const costs = new Map<ReadName, Cost>()
  for (const name of ['list', 'see', 'open', 'events', 'export'] as const)
    costs.set(name, await measure(desk, reads[name]))
  return costs
}

/** Counts a whole return in containers as they come: each event is delivered before the next is made. */
export async function countWhole(stack: LocalStack, holdMs: number, desks: Desks): Promise<Whole> {
  for (const desk of Object.values(desks)) await askForNothing(desk)
  const begun = performance.now()
  const calls: Call[] = []
  const ret = await follow(straightCourse, desks, async ({ by }, act, filed) => {
    if (filed) await delivered(desks.iom, filed)
    calls.push(...(await callsOf(stack, desks[by], act)))
  })
  await delivered(desks.iom, ret)
  const pipeline = [functionOf(stack, 'relay'), functionOf(stack, 'inbox')].map(({ id }) => id)
  const ofDeliveries = () =>
    stack.edge.calls().filter((call) => pipeline.includes(call.function) && call.start >= begun)
  // The last receipts are still being written off when everyone has the event: they come to an end in a few rounds.
  for (let seen = -1; seen < ofDeliveries().length; await pause(1000 + 2 * holdMs))
    seen = ofDeliveries().length
  return { ret, calls, deliveries: ofDeliveries(), events: straightCourse.length }
}

async function delivered(watcher: Desk, ret: string): Promise<void> {
  for (const until = Date.now() + patienceMs; Date.now() < until; await pause(100)) {
    const { events, deliveries } = await watcher.events(ret)
    const last = events.at(-1)
    if (last?.to.every((party) => deliveries.some((one) => one.party === party && one.seen >= last.seq)))
      return
  }
  throw new Error('An event did not reach everyone it is for.')
}

/**
 * The calls of one request: those of its party's function since it was sent. Streams and queues are polled in
 * the names of other functions. Throws where they are of more than one invocation: then something else ran.
 */
async function callsOf(stack: LocalStack, desk: Desk, act: () => Promise<unknown>): Promise<Call[]> {
  const { id } = functionOf(stack, desk.kind)
  const begun = performance.now()
  await act()
  const calls = stack.edge.calls().filter((call) => call.function === id && call.start >= begun)
  if (new Set(calls.map(({ request }) => request)).size > 1)
    throw new Error(`Something else ran in ${desk.kind} while its calls were counted.`)
  return calls
}
