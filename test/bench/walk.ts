import { setTimeout as pause } from 'node:timers/promises'
import type { CommandName } from '../../schemas/commands/commands.ts'
import type { Desk, Refused } from '../parts/desk.ts'
import { decideAs, matchesOf } from '../parts/likenesses.ts'
import type { Alone } from './containers.ts'
import type { Course, Step } from './course.ts'
import type { Desks } from './officers.ts'

/** Gives a step's command by calling `act`, and may measure it; `ret` is empty before there is a return. */
export type Around = (step: Step, desk: Desk, act: () => Promise<unknown>, ret: string) => Promise<unknown>

/** How a course is followed; unless said, nobody else uses the stack, and a command is given and no more. */
export interface Manner {
  around?: Around
  alone?: Alone
  /** Compares what was filed; for a course that links. */
  compare?: () => Promise<void>
}

/**
 * Takes a new return, or a new alert, through a course, and gives its id. Throws the refusal where a command is
 * refused.
 */
export async function follow(
  course: Course,
  desks: Desks,
  {
    around = (_step, _desk, act) => act(),
    alone = (_desk, act) => act(),
    compare = async () => {},
  }: Manner = {},
): Promise<string> {
  const seqs = new Map<CommandName, number>()
  let ret = ''
  for (const step of course) {
    const desk = await desks(step.by)
    const begun = seqs.size > 0
    // Who comes in later is let in once its worklist has the return.
    if (begun) await alone(desk, () => listed(desk, ret))
    // Oversight gives no command: what it reads is never counted with one.
    const { events } = begun ? await (await desks('oversight')).events(ret) : { events: [] }
    const body = step.body({
      ret,
      eventOf(name) {
        const found = events.find(({ seq }) => seq === seqs.get(name))
        if (!found) throw new Error(`The course has not come to ${name}.`)
        return found
      },
    })
    const decided = decisions[step.name]
    const match = decided && (await alone(desk, () => matchOf(desk, ret, decided.of, compare)))
    const act = async () => {
      if (step.name === 'file') ret = (await desk.file(body)).returns[0]?.ret ?? ''
      else if (step.name === 'alert') ret = (await desk.alert(body)).ret
      else if (step.name === 'become-request') await desk.file(body)
      else if (match) await decideAs(desk, match, decided.answer)
      else await desk.command(ret, step.name, body)
    }
    await alone(desk, () => around(step, desk, act, ret))
    seqs.set(step.name, events.length)
  }
  return ret
}

/** The commands that go with a decision on a match: of which matches, and what it says. */
const decisions: { readonly [N in CommandName]?: { of: 'open' | 'decided'; answer: 'same' | 'unlinked' } } = {
  link: { of: 'open', answer: 'same' },
  unlink: { of: 'decided', answer: 'unlinked' },
}

/** A match of the return that stands so; an open one once it is raised. */
async function matchOf(desk: Desk, ret: string, of: 'open' | 'decided', compare: () => Promise<void>) {
  for (const until = Date.now() + patienceMs; Date.now() < until; await pause(100)) {
    if (of === 'open') await compare()
    const match = (await matchesOf(desk, of)).find(({ returns }) =>
      returns.some((found) => found.ret === ret),
    )
    if (match) return match
  }
  throw new Error('The return has no match.')
}

/** Far beyond what a delivery takes. */
const patienceMs = 120_000

async function listed(desk: Desk, ret: string): Promise<void> {
  for (const until = Date.now() + patienceMs; Date.now() < until; await pause(20)) {
    const seen = await desk.see(ret).catch((error: Refused) => error)
    if ('ret' in seen) return
    if (seen.code !== 'not-found') throw seen
  }
  throw new Error('The return did not reach who is to work on it.')
}
