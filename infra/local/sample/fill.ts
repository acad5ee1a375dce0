import { worklistAnswer } from '../../../schemas/api/answers.ts'
import { beginAll } from './begun.ts'
import { type Caller, callerOf } from './caller.ts'
import type { Case } from './contents.ts'
import { filingOf } from './filing.ts'
import { furnish } from './house.ts'
import { type Entry, month } from './month.ts'
import { personOf } from './people.ts'
import { posts } from './posts.ts'
import { situations } from './situations.ts'
import { type Callers, take } from './turns.ts'
import { walkIn } from './walked-in.ts'
import { bodyOf, stepsTo } from './ways.ts'

/** Where the sample is filled in: the running local stack, and the users that it knows. */
export interface Filled {
  url: string
  users: readonly { name: string; party: string; sub: string }[]
  signIn(name: string): Promise<string>
}

/** Requests that are worked on at one time: the local stack has two threads a function. */
const atOnce = 8
/** Progress is told after so many returns. */
const tellEvery = 10

/**
 * Fills a made-up month through the API, as people would: signed in, filed, commanded. Does nothing where there are
 * returns already. Gives the number of returns.
 */
export async function fillSample(stack: Filled, say: (line: string) => void): Promise<number> {
  const signedIn = signingIn(stack)
  const { returns } = worklistAnswer.parse(await (await signedIn('oversight')).get('/v1/oversight/returns'))
  if (returns.length > 0) {
    say('Sample: there are returns already, so nothing is filled in. --fresh forgets them.')
    return 0
  }
  const begun = Date.now()
  const byPosts = month.reduce((sum, { persons = 1 }) => sum + persons, 0)
  const inAll = byPosts + 1
  say(`Sample: filling in ${inAll} returns of made-up people …`)
  await furnish(await signedIn('centre'))
  const others = await callersOf(signedIn)
  const inTurn = queue()
  let done = 0
  const tell = () => {
    done++
    if (done % tellEvery === 0 || done === inAll) say(`Sample: ${done} of ${inAll} returns.`)
  }
  const numbered = numberedEntries()
  await eachOf(numbered, atOnce, async ({ entry, first }) => {
    const callers = { ...others, post: await signedIn(posts[entry.post].user) }
    await fillIn(entry, first, callers, inTurn, tell)
  })
  await walkIn(others.centre, byPosts, inTurn)
  tell()
  await beginAll(signedIn)
  const seconds = Math.round((Date.now() - begun) / 1000)
  say(`Sample: done in ${seconds} s. The last of it reaches the worklists in a moment.`)
  return inAll
}

/** Each entry with the number of its first person. */
function numberedEntries(): { entry: Entry; first: number }[] {
  let next = 0
  return month.map((entry) => {
    const first = next
    next += entry.persons ?? 1
    return { entry, first }
  })
}

/** One request: filed, then each of its persons brought as far as the entry says. */
async function fillIn(
  { post: place, found, to, leaves = 14, room, turn, persons = 1 }: Entry,
  first: number,
  callers: Callers,
  inTurn: <T>(act: () => Promise<T>) => Promise<T>,
  tell: () => void,
): Promise<void> {
  const post = posts[place]
  const cases = Array.from({ length: persons }, (_, index): Case => {
    const said = situations[found]
    return { n: first + index, post, said, leaves, room }
  })
  const bodies = cases.map(({ n, said }) => filingOf(n, personOf(n, said.sex), said, post))
  const { returns } = await callers.post.file(bodies)
  for (const [index, one] of cases.entries()) {
    const ret = returns[index]?.ret ?? ''
    for (const step of stepsTo(to, one)) {
      const give = () => callers[step.by].command(ret, step.name, bodyOf(step, one))
      // Two that take places at once would each have to look at the rooms anew.
      await (step.name === 'hold-place' ? inTurn(give) : give())
    }
    if (turn) await take(turn, ret, callers, one)
    tell()
  }
}

function signingIn(stack: Filled): (name: string) => Promise<Caller> {
  const known = new Map<string, Promise<Caller>>()
  return (name) => {
    const user = stack.users.find((user) => user.name === name)
    if (!user) throw new Error(`The sample has no seeded user ${name}.`)
    const caller =
      known.get(name) ?? stack.signIn(name).then((token) => callerOf({ url: stack.url, token, user }))
    known.set(name, caller)
    return caller
  }
}

async function callersOf(signedIn: (name: string) => Promise<Caller>): Promise<Omit<Callers, 'post'>> {
  const [iom, centre, ministry, consular, guardianship, registry, ngo] = await Promise.all([
    signedIn('iom'),
    signedIn('centre'),
    signedIn('ministry'),
    signedIn('consular'),
    signedIn('guardianship'),
    signedIn('registry'),
    signedIn('la-strada'),
  ])
  return { iom, centre, ministry, consular, guardianship, registry, 'la-strada': ngo }
}

/** Runs what it is given one after the other. */
function queue(): <T>(act: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (act) => {
    const next = last.then(act)
    last = next.catch(() => undefined)
    return next
  }
}

/** Does something with each of many, so many at a time; the first failure ends it. */
async function eachOf<T>(all: readonly T[], width: number, act: (one: T) => Promise<void>): Promise<void> {
  const left = all.values()
  const work = async () => {
    for (const one of left) await act(one)
  }
  await Promise.all(Array.from({ length: width }, work))
}
