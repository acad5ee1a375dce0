import { setTimeout as pause } from 'node:timers/promises'
import type { RecordedCall } from '../../infra/local/edge/call-log.ts'
import type { LocalStack } from '../../infra/local/stack.ts'
import type { CommandName } from '../../schemas/commands/commands.ts'
import type { Desk } from '../parts/desk.ts'
import { askForNothing, type CallCounter, functionOf, renew } from './containers.ts'
import { type Course, commandsLeftOut, courses, straightCourse } from './course.ts'
import { type Desks, officers } from './officers.ts'
import { type Cost, costOf } from './rounds.ts'
import { follow } from './walk.ts'

/**
 * How a function is found by a request. `warm`: its container serves the party already, and has opened nothing of
 * this return. `cold`: its container is new, and has no session of the party.
 */
export type Container = 'warm' | 'cold'

const readNames = ['list', 'see', 'open', 'events', 'export'] as const
export type ReadName = (typeof readNames)[number]

export type ByContainer<Name extends string> = Record<Container, Map<Name, Cost>>

/** The straight course on one return: the calls of its commands, and those of its deliveries. */
export interface Whole {
  calls: RecordedCall[]
  deliveries: RecordedCall[]
  events: number
}

/** Where requests are counted. */
export interface Counting {
  stack: LocalStack
  desks: Desks
  counter: CallCounter
}

/** What requests cost. */
export interface RequestCosts {
  commands: ByContainer<CommandName>
  reads: ByContainer<ReadName>
}

/**
 * Counts into `costs` what each command and each read costs, one request at a time. Containers are made warm and cold
 * for the commands of the courses in `renewed`; the others find them as they come, and count as warm.
 */
export async function countRequests(
  counting: Counting,
  renewed: readonly Course[],
  costs: RequestCosts,
): Promise<void> {
  const missing = commandsLeftOut()
  if (missing.length > 0) throw new Error(`No course gives ${missing.join(', ')}.`)
  const ends = new Map<Course, string>()
  for (const course of courses) {
    const isRenewed = renewed.includes(course)
    ends.set(course, await countCourse(counting, course, 'warm', isRenewed, costs.commands.warm))
    if (isRenewed) await countCourse(counting, course, 'cold', true, costs.commands.cold)
  }
  const ret = ends.get(straightCourse) ?? ''
  for (const container of ['warm', 'cold'] as const)
    await countReads(counting, ret, container, costs.reads[container])
}

/** Counts each command that is not counted yet. */
async function countCourse(
  { stack, desks, counter }: Counting,
  course: Course,
  container: Container,
  isRenewed: boolean,
  costs: Map<CommandName, Cost>,
): Promise<string> {
  return follow(course, desks, async ({ by, name }, act) => {
    const desk = await desks(by)
    if (costs.has(name)) {
      await act(desk)
      return
    }
    if (isRenewed) await makeContainer(stack, desk, container)
    costs.set(name, costOf(await counter.callsOf(stack, desk, () => act(desk))))
  })
}

/** Counts each read for the party that may read most, on a return at its end. */
async function countReads(
  { stack, desks, counter }: Counting,
  ret: string,
  container: Container,
  costs: Map<ReadName, Cost>,
): Promise<void> {
  for (const name of readNames) {
    const desk = await desks('iom')
    await makeContainer(stack, desk, container)
    costs.set(name, costOf(await counter.callsOf(stack, desk, () => read(desk, ret, name))))
  }
}

async function makeContainer(stack: LocalStack, desk: Desk, container: Container): Promise<void> {
  await renew(stack, desk)
  if (container === 'warm') await askForNothing(desk)
}

function read(desk: Desk, ret: string, name: ReadName): Promise<unknown> {
  switch (name) {
    case 'list':
      return desk.list()
    case 'open':
      return desk.open(ret, ['identity', 'safety'])
    default:
      return desk[name](ret)
  }
}

/** Counts a whole return in containers as they come: each event is delivered before the next is made. */
export async function countWhole({ stack, desks, counter }: Counting): Promise<Whole> {
  for (const name of officers) await askForNothing(await desks(name))
  const begun = performance.now()
  const calls: RecordedCall[] = []
  const ret = await follow(straightCourse, desks, async ({ by }, act, filed) => {
    if (filed) await delivered(desks, filed)
    const desk = await desks(by)
    calls.push(...(await counter.callsOf(stack, desk, () => act(desk))))
  })
  await delivered(desks, ret)
  const pipeline = [functionOf(stack, 'relay'), functionOf(stack, 'inbox')].map(({ id }) => id)
  const ofDeliveries = () =>
    stack.edge.calls().filter((call) => pipeline.includes(call.function) && call.start >= begun)
  // The last receipts are still being written off when everyone has the event: they come to an end in a few rounds.
  for (let seen = -1; seen < ofDeliveries().length; await pause(calmMs)) seen = ofDeliveries().length
  return { calls, deliveries: ofDeliveries(), events: straightCourse.length }
}

const calmMs = 1_300

/** Far beyond what a delivery takes. */
const patienceMs = 120_000

async function delivered(desks: Desks, ret: string): Promise<void> {
  for (const until = Date.now() + patienceMs; Date.now() < until; await pause(100)) {
    const { events, deliveries } = await (await desks('oversight')).events(ret)
    const last = events.at(-1)
    if (
      last?.to.every((party) => deliveries.some((entry) => entry.party === party && entry.seen >= last.seq))
    )
      return
  }
  throw new Error('An event did not reach everyone it is for.')
}
