import { setTimeout as pause } from 'node:timers/promises'
import type { LocalStack } from '../../infra/local/stack.ts'
import type { Phase } from '../../schemas/procedure/phases.ts'
import type { ReturnOutcome } from '../../schemas/values/codes.ts'
import type { daysAhead } from '../parts/days-ahead.ts'
import { type Desk, deskOf, type Refused, refusalOf, renewing } from '../parts/desk.ts'

/** What a scenario plays on: the desks of the running stack, and a voice. */
export interface Scene {
  stack: LocalStack
  /** The desk of a seeded user, signed in with a real token. */
  desk(user: string): Promise<Desk>
  /** Says what happens next. */
  step(text: string): void
  tell(text: string): void
  /** Says what each party sees of a return now. */
  show(ret: string): Promise<void>
  /** Tries what a party may not, says how it was refused, and insists on the code. */
  refused(who: string, what: string, act: Promise<unknown>, code: string): Promise<Refused>
  /** Lets so many days pass: what is overdue by then is found, and the clock goes back. */
  later(days: number): Promise<void>
  /** Waits until every party to whom the return's events are addressed has got them all. */
  delivered(desk: Desk, ret: string): Promise<void>
}

/** A story that can be played and is a test: it throws where the system does something else. */
export interface Scenario {
  name: string
  title: string
  /** Where the story leaves the return. */
  ends: Phase
  /** What has come of it by then, as the API tells it; the phase where nothing has yet. */
  outcome: ReturnOutcome | Phase
  play(scene: Scene): Promise<{ ret: string }>
}

/** Far beyond what a delivery takes; a scenario that waits so long has failed. */
const patienceMs = 30_000

export function sceneOn(
  stack: LocalStack,
  say: (line: string) => void,
  clock?: ReturnType<typeof daysAhead.open>,
): Scene {
  const desks = new Map<string, Promise<Desk>>()
  const desk = (name: string) => {
    const known = desks.get(name)
    if (known) return known
    const user = stack.users.find((user) => user.name === name)
    if (!user) throw new Error(`There is no seeded user ${name}.`)
    const token = renewing(() => stack.signIn(name))
    const made = token().then(() => deskOf(stack.url, token, user))
    desks.set(name, made)
    return made
  }
  let steps = 0
  return {
    stack,
    desk,
    step: (text) => say(`\n${++steps}. ${text}`),
    tell: (text) => say(`   ${text}`),
    async show(ret) {
      const strangers: string[] = []
      // One of each party: a duty officer sees what an officer sees.
      const firsts = stack.users.filter(
        (user, at) => stack.users.findIndex(({ party }) => party === user.party) === at,
      )
      for (const { name } of firsts) {
        const seen = await view(await desk(name), ret)
        if (seen === unknown) strangers.push(name)
        else say(`   ${name.padEnd(14)} ${seen}`)
      }
      say(`   ${unknown}: ${strangers.join(', ')}`)
    },
    async refused(who, what, act, code) {
      const refused = await refusalOf(act)
      const { status, code: got } = refused
      if (got !== code) throw new Error(`${who}, ${what}: refused with ${got}, not ${code}.`)
      say(`   ${who.padEnd(14)} ✗ ${what}: ${status} ${got}`)
      return refused
    },
    async later(days) {
      if (!clock) throw new Error('This stack has no clock that can be moved.')
      clock.be(days)
      await stack.tick('watch')
      clock.be(0)
    },
    async delivered(watcher, ret) {
      for (const until = Date.now() + patienceMs; Date.now() < until; await pause(50)) {
        const { events, deliveries } = await watcher.events(ret)
        const behind = events.some(({ seq, to }) =>
          to.some(
            (party) => !deliveries.some((delivery) => delivery.party === party && delivery.seen >= seq),
          ),
        )
        if (!behind) return
      }
      throw new Error('The events did not reach everyone they are for.')
    },
  }
}

const unknown = '✗ 404 not-found'

async function view(desk: Desk, ret: string): Promise<string> {
  try {
    const { phase, label, items, alerts } = await desk.see(ret)
    const who = label ? `${label.initials} …${label.idnpEnd ?? ''} (${label.ageBand})` : 'no label'
    const next = items.map(({ party }) => party).join(', ') || 'nobody'
    return `sees ${phase}, ${who}, waits for ${next}${alerts.length > 0 ? `, alerts: ${alerts.join(', ')}` : ''}`
  } catch (error) {
    const { status, code } = await refusalOf(Promise.reject(error))
    return `✗ ${status} ${code}`
  }
}
