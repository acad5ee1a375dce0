import { setTimeout as pause } from 'node:timers/promises'
import type { RecordedCall } from '../../infra/local/edge/call-log.ts'
import type { LocalStack } from '../../infra/local/stack.ts'
import type { CommandName } from '../../schemas/commands/commands.ts'
import type { Desk } from '../parts/desk.ts'
import { type Alone, askForNothing, type CallCounter, functionOf, renew, takingTurns } from './containers.ts'
import { type Course, commandsLeftOut, courses, straightCourse } from './course.ts'
import { every } from './every.ts'
import { type Desks, officers } from './officers.ts'
import { type Cost, costOf } from './rounds.ts'
import { follow } from './walk.ts'

/**
 * How a function is found by a request. `warm`: its container serves the party already, and has opened nothing of
 * this return. `cold`: its container is new, and has no session of the party.
 */
export type Container = 'warm' | 'cold'

export const readNames = ['list', 'see', 'open', 'events', 'export'] as const
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

/** Two walks at a time: while one waits for answers that are held back, the other goes on. More would disturb each other. */
const lanes = 2

/**
 * Counts into `costs` what each command and each read costs, one request at a time in each function. Containers are made
 * warm and cold for the commands of the courses in `renewed`; the others find them as they come, and count as warm.
 */
export async function countRequests(
  counting: Counting,
  renewed: readonly Course[],
  costs: RequestCosts,
): Promise<void> {
  const missing = commandsLeftOut()
  if (missing.length > 0) throw new Error(`No course gives ${missing.join(', ')}.`)
  const alone = takingTurns()
  let straight = ''
  const walks = courses.flatMap((course): Walk[] => {
    const isRenewed = renewed.includes(course)
    const commands = firstGivenIn(course)
    const warm: Walk = { course, commands, container: 'warm', isRenewed, alone }
    return isRenewed ? [warm, { ...warm, container: 'cold' }] : [warm]
  })
  try {
    await every(walks, { nameOf, lanes }, async (walk) => {
      const ret = await countCourse(counting, walk, costs.commands[walk.container])
      if (walk.course === straightCourse && walk.container === 'warm') straight = ret
    })
  } finally {
    for (const container of ['warm', 'cold'] as const) putInOrder(costs.commands[container])
  }
  for (const container of ['warm', 'cold'] as const)
    await countReads(counting, straight, container, costs.reads[container])
}

/** A course that is followed to count its commands in containers of one kind. */
interface Walk {
  course: Course
  /** Those that are counted: each where it is first given. */
  commands: ReadonlySet<CommandName>
  container: Container
  isRenewed: boolean
  alone: Alone
}

const nameOf = ({ course, container }: Walk) =>
  `the course of ${course.length} commands that ends with ${course.at(-1)?.name}, ${container}`

/** Puts commands in the order of the courses, whichever walk was quicker. */
function putInOrder(costs: Map<CommandName, Cost>): void {
  for (const name of new Set(courses.flat().map((step) => step.name))) {
    const cost = costs.get(name)
    costs.delete(name)
    if (cost) costs.set(name, cost)
  }
}

/** The commands that no course before this one gives. */
function firstGivenIn(course: Course): ReadonlySet<CommandName> {
  const before = new Set(
    courses.slice(0, courses.indexOf(course)).flatMap((other) => other.map(({ name }) => name)),
  )
  return new Set(course.map(({ name }) => name).filter((name) => !before.has(name)))
}

async function countCourse(
  { stack, desks, counter }: Counting,
  { course, commands, container, isRenewed, alone }: Walk,
  costs: Map<CommandName, Cost>,
): Promise<string> {
  const left = new Set(commands)
  return follow(course, desks, {
    alone,
    compare: () => stack.tick('matching'),
    async around({ name }, desk, act) {
      if (!left.delete(name)) return act()
      if (isRenewed) await makeContainer(stack, desk, container)
      return costs.set(name, costOf(await counter.callsOf(stack, desk, act)))
    },
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
  const ret = await follow(straightCourse, desks, {
    async around(_step, desk, act, filed) {
      if (filed) await delivered(desks, filed)
      calls.push(...(await counter.callsOf(stack, desk, act)))
    },
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
