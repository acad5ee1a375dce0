import type { Node } from 'constructs'
import * as z from 'zod/mini'
import { thresholds } from '../schemas/api/figures.ts'
import { centreSettings } from '../schemas/api/rooms.ts'
import { hotlineNumbers } from '../schemas/deployment/hotline.ts'
import { rotaConfig } from '../schemas/deployment/rota.ts'
import { calendar } from '../schemas/procedure/calendars.ts'
import { partnerKinds, partyCode, partyKinds } from '../schemas/values/parties.ts'

const country = z.string().check(z.regex(/^[A-Z]{2}$/))
const name = z.string().check(z.minLength(1))

const mission = z.strictObject({
  code: partyCode,
  id: name,
  kind: z.enum(['embassy', 'consulate-general', 'consulate', 'permanent-mission']),
  city: name,
  country,
  /** Other countries that the post answers for. */
  covers: z.optional(z.array(country)),
  /** Where the post does not work Monday to Friday, or closes on days of its host country. */
  calendar: z.optional(calendar),
  /** No source at hand names the post: ask the ministry before it is given accounts. */
  unconfirmed: z.optional(z.literal(true)),
})

const centre = z.strictObject({ code: partyCode, id: name, name, city: name, house: centreSettings })

/** The one party of its kind has no code in its id; the returns that it files begin with this one. */
const filer = z.strictObject({ code: partyCode })

const partner = z.strictObject({ code: partyCode, name, kind: z.enum(partnerKinds) })

/** A partner's own system, which signs in by itself: only for kinds of which there is one party. */
const machine = z.strictObject({
  name: z.string().check(z.regex(/^[a-z][a-z-]*$/)),
  party: z.enum(['consular', 'iom', 'ministry', 'oversight']),
})

/** The numbers that a person is given on paper: free in the country, and the one that can be called from abroad. */
const hotline = z.extend(hotlineNumbers, {
  /** Published years ago: call both before a deployment hands them out. */
  unconfirmed: z.optional(z.literal(true)),
})

const desk = z.strictObject({
  /** The first is that of the pages: it ends in `/desk/callback`, and its origin is where the pages are. */
  callback: z.array(z.url()).check(z.minLength(1)),
  /** Where sign-out ends: the origin of the pages, with `/desk/signed-out`. */
  logout: z.array(z.url()),
})

const deployment = z.strictObject({
  stage: z.string().check(z.regex(/^[a-z][a-z0-9]{1,15}$/)),
  region: z.string().check(z.regex(/^[a-z]{2}-[a-z]+-\d$/)),
  missions: z.array(mission),
  iom: filer,
  /** At least one: a filing names the centre that it asks. */
  centres: z.array(centre).check(z.minLength(1)),
  partners: z.array(partner),
  hotline,
  machines: z.array(machine),
  /** Whom call-outs and what is overdue go to. */
  rota: rotaConfig,
  /** The smallest counts that figures tell. */
  figures: thresholds.check(z.refine(({ internal, outside }) => outside >= internal, { path: ['outside'] })),
  desk,
})
export type Deployment = z.infer<typeof deployment>

/** Reads what `cdk.json` says of a deployment. Throws, naming the field, when it is wrong or a code is taken twice. */
export function readDeployment(node: Node): Deployment {
  const read = deployment.safeParse(
    Object.fromEntries(Object.keys(deployment.shape).map((field) => [field, node.tryGetContext(field)])),
  )
  if (!read.success)
    throw new Error(`cdk.json: context.${read.error.issues.map((issue) => issue.path.join('.')).join(', ')}`)
  const { missions, centres, partners, iom } = read.data
  const codes = [...missions, ...centres, ...partners, iom].map(({ code }) => code)
  const twice = codes.find((code, index) => codes.indexOf(code) !== index)
  if (twice) throw new Error(`cdk.json: the code ${twice} is taken twice; a code names one party.`)
  const known = partyGroups(read.data)
  const stranger = Object.keys(read.data.rota.parties).find((party) => !known.includes(party))
  if (stranger) throw new Error(`cdk.json: context.rota.parties.${stranger} is no party of this deployment.`)
  return read.data
}

/** The groups of the user pool that stand for parties, each named by the id of its party. */
export function partyGroups({ missions, centres, partners }: Deployment): string[] {
  const single = Object.entries(partyKinds).flatMap(([kind, { many }]) => (many ? [] : [kind]))
  return [
    ...missions.map(({ code }) => `mission:${code}`),
    ...centres.map(({ code }) => `centre:${code}`),
    ...partners.map(({ code }) => `partner:${code}`),
    ...single,
  ]
}
