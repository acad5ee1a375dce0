import * as z from 'zod/mini'
import { type PartyKind, partyId } from '../values/parties.ts'

const atMost = (most: number) => z.int().check(z.minimum(0), z.maximum(most))
const aWeek = 7 * 24 * 60

/** Whether rows stand in the order in which their time comes. */
const inOrder = (times: number[]) => times.every((time, at) => (times[at - 1] ?? 0) <= time)

/** Whom a call-out goes to, line after line until somebody answers; phones and mailboxes subscribe by `line`. */
const lines = z
  .array(
    z.strictObject({ line: z.string().check(z.regex(/^[a-z][a-z-]{0,30}$/)), afterMinutes: atMost(aWeek) }),
  )
  .check(
    z.minLength(1),
    z.maxLength(20),
    z.refine((all) => inOrder(all.map(({ afterMinutes }) => afterMinutes))),
  )

/** Hours of Chișinău, `from` included and `to` not: 22 to 6 is over midnight, 0 to 24 always. */
export const night = z.strictObject({ from: atMost(23), to: atMost(24) })
export type Night = z.infer<typeof night>

/** What runs out by itself, in days. */
const limits = z.strictObject({
  /** How long a recipient that was left out has to say what it did with what it held. */
  answerDays: atMost(365),
  /** How long a section that nobody can read any more is kept under the custodian's wrap before it is erased. */
  lockDays: atMost(365),
  /** How long after the arrival missions read, and partners that filed. */
  missionDays: atMost(3650),
  /** How long a draft of a filing stays after it was last saved. */
  draftDays: z.int().check(z.minimum(1), z.maximum(365)),
})

/** Who is called and notified when nobody answers, as `cdk.json` says it. */
export const rotaConfig = z.strictObject({
  calls: lines,
  /** After the last line everybody is called again so often, until somebody answers. */
  againMinutes: z.int().check(z.minimum(1), z.maximum(aWeek)),
  /** The levels of what is overdue: how many days after its day each is reached, and whom it tells. */
  overdue: z
    .array(z.strictObject({ afterDays: atMost(365), notifies: z.enum(['owner', 'responsible', 'consular']) }))
    .check(
      z.minLength(1),
      z.maxLength(20),
      z.refine((all) => inOrder(all.map(({ afterDays }) => afterDays))),
    ),
  /** The levels of an alert that nobody acknowledges: how long after it came each is reached, and whom it tells. */
  alerts: z
    .array(
      z.strictObject({ afterMinutes: atMost(aWeek), notifies: z.enum(['owner', 'responsible', 'consular']) }),
    )
    .check(
      z.minLength(1),
      z.maxLength(20),
      z.refine((all) => inOrder(all.map(({ afterMinutes }) => afterMinutes))),
    ),
  night,
  limits,
  /** Parties with lines of their own. */
  parties: z.record(partyId, z.strictObject({ calls: lines })),
})
export type Rota = z.infer<typeof rotaConfig>

/** Whoever is called by it, or answers for it that somebody is. */
export const readingRota: readonly PartyKind[] = ['consular', 'iom', 'ministry', 'oversight']

/** The rota as functions get it. Throws where the text is not of its form. */
export function rotaIn(text: string): Rota {
  return rotaConfig.parse(JSON.parse(text))
}
