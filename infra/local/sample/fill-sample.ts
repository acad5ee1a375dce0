import pLimit from 'p-limit'
import { worklistAnswer } from '../../../schemas/api/work-answers.ts'
import { type ApiClient, apiClient } from './api-client.ts'
import { addRooms } from './centre-rooms.ts'
import type { SampleReturn } from './command-bodies.ts'
import { allDelivered, type StackTables } from './deliveries.ts'
import { applyDevelopment, type Clients } from './developments.ts'
import { personFiling } from './filing.ts'
import { type InSequence, startSequence } from './in-sequence.ts'
import { month, type SampleRequest } from './month.ts'
import { commandBody, stepsTo } from './ordinary-course.ts'
import { madeUpPerson } from './people.ts'
import { staffPosts } from './post-staff.ts'
import { samplePosts } from './posts.ts'
import { situations } from './situations.ts'
import { saveDrafts } from './unfinished-drafts.ts'
import { registerWalkIn } from './walk-in.ts'

/** The running local stack, its users and its tables. */
export interface SampleTarget extends StackTables {
  url: string
  users: readonly { name: string; party: string; sub: string; groups: readonly string[] }[]
  signIn(name: string): Promise<string>
}

/** The local stack has two threads for each function. */
const parallelRequests = 8
/** The progress is logged after so many returns. */
const progressEvery = 10

/**
 * Fills the stack with a made-up month through the API: users sign in, file and give commands. Does nothing where
 * returns exist already. Gives the number of returns.
 */
export async function fillSample(stack: SampleTarget, log: (line: string) => void): Promise<number> {
  const clientOf = clientsBySignIn(stack)
  const { returns } = worklistAnswer.parse(await (await clientOf('oversight')).get('/v1/oversight/returns'))
  if (returns.length > 0) {
    log('Sample: there are returns already, so it adds nothing. --fresh removes them.')
    return 0
  }
  const start = Date.now()
  const filedByPosts = month.reduce((sum, { persons = 1 }) => sum + persons, 0)
  const total = filedByPosts + 1
  log(`Sample: filing ${total} returns of made-up people …`)
  await Promise.all([addRooms(await clientOf('centre')), staffPosts(await clientOf('consular'), stack.users)])
  const clients = await clientsOfParties(clientOf)
  const inSequence = startSequence()
  let done = 0
  const reportProgress = () => {
    done++
    if (done % progressEvery === 0 || done === total) log(`Sample: ${done} of ${total} returns.`)
  }
  await pLimit(parallelRequests).map(numberedRequests(), async ({ request, firstNumber }) => {
    const post = await clientOf(samplePosts[request.post].user)
    await play(request, firstNumber, { ...clients, post }, inSequence, reportProgress)
  })
  await registerWalkIn(clients.centre, filedByPosts, inSequence)
  reportProgress()
  await saveDrafts(clientOf)
  log('Sample: bringing the last returns to the worklists …')
  const arrived = await allDelivered(stack)
  const seconds = Math.round((Date.now() - start) / 1000)
  log(
    arrived
      ? `Sample: done in ${seconds} s. Every return is on every worklist.`
      : `Sample: done in ${seconds} s. Some returns are still on the way to the worklists.`,
  )
  return total
}

/** Each request with the number of its first person. */
function numberedRequests(): { request: SampleRequest; firstNumber: number }[] {
  let next = 0
  return month.map((request) => {
    const firstNumber = next
    next += request.persons ?? 1
    return { request, firstNumber }
  })
}

/** Files one request, and brings the return of each person to the phase of the request. */
async function play(
  request: SampleRequest,
  firstNumber: number,
  clients: Clients,
  inSequence: InSequence,
  reportProgress: () => void,
): Promise<void> {
  const { journeyDay = 14, room, development, persons = 1 } = request
  const post = samplePosts[request.post]
  const situation = situations[request.situation]
  const samples = Array.from({ length: persons }, (_, index): SampleReturn => {
    return { number: firstNumber + index, post, situation, journeyDay, room }
  })
  const bodies = samples.map(({ number }) =>
    personFiling(number, madeUpPerson(number, situation.sex), situation, post),
  )
  const { returns } = await clients.post.file(bodies)
  for (const [index, sample] of samples.entries()) {
    const ret = returns[index]?.ret ?? ''
    for (const step of stepsTo(request.phase, sample)) {
      const give = () => clients[step.by].command(ret, step.name, commandBody(step, sample))
      // Of two parallel bookings, one would have to read the rooms again.
      await (step.name === 'hold-place' ? inSequence(give) : give())
    }
    if (development) await applyDevelopment(development, ret, clients, sample)
    reportProgress()
  }
}

/** A client for each user, who signs in once. */
function clientsBySignIn(stack: SampleTarget): (name: string) => Promise<ApiClient> {
  const clients = new Map<string, Promise<ApiClient>>()
  return (name) => {
    const user = stack.users.find((user) => user.name === name)
    if (!user) throw new Error(`The sample has no seeded user ${name}.`)
    const client =
      clients.get(name) ?? stack.signIn(name).then((token) => apiClient({ url: stack.url, token, user }))
    clients.set(name, client)
    return client
  }
}

async function clientsOfParties(
  clientOf: (name: string) => Promise<ApiClient>,
): Promise<Omit<Clients, 'post'>> {
  const [iom, duty, centre, ministry, consular, guardianship, registry, ngo] = await Promise.all([
    clientOf('iom'),
    clientOf('iom-duty'),
    clientOf('centre'),
    clientOf('ministry'),
    clientOf('consular'),
    clientOf('guardianship'),
    clientOf('registry'),
    clientOf('la-strada'),
  ])
  return { iom, 'iom-duty': duty, centre, ministry, consular, guardianship, registry, 'la-strada': ngo }
}
