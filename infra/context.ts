import type { Node } from 'constructs'
import * as z from 'zod/mini'
import { thresholds } from '../schemas/api/figures.ts'
import { centreSettings } from '../schemas/api/rooms.ts'
import { hotlineNumbers } from '../schemas/deployment/hotline.ts'
import { rotaConfig } from '../schemas/deployment/rota.ts'
import { calendar } from '../schemas/procedure/calendars.ts'
import { separations } from '../schemas/procedure/duties.ts'
import { partnerKinds, partyCode, partyKinds } from '../schemas/values/parties.ts'

const country = z.string().check(z.regex(/^[A-Z]{2}$/))
const name = z.string().check(z.minLength(1))

const mission = z.strictObject({
  code: partyCode,
  id: name,
  kind: z.enum(['embassy', 'consulate-general', 'consulate', 'permanent-mission']),
  city: name,
  country,
  /** Other countries that the post is responsible for. */
  covers: z.optional(z.array(country)),
  /** Set where the post has other working days than Monday to Friday, or closes on holidays of its host country. */
  calendar: z.optional(calendar),
  /** No available source names the post: ask the ministry before the post gets accounts. */
  unconfirmed: z.optional(z.literal(true)),
})

const centre = z.strictObject({ code: partyCode, id: name, name, city: name, config: centreSettings })

/** A kind with one party has no code in the party's id. The ids of the returns that it files begin with this code. */
const filer = z.strictObject({ code: partyCode })

const partner = z.strictObject({ code: partyCode, name, kind: z.enum(partnerKinds) })

/** A party's own system, which signs in by itself. Only for kinds with one party. */
const machine = z.strictObject({
  name: z.string().check(z.regex(/^[a-z][a-z-]*$/)),
  party: z.enum(['consular', 'iom', 'ministry', 'oversight']),
})

/** The numbers of the hotline, which a person gets on paper, and of the duty officers, which officers call in danger. */
const hotline = z.extend(hotlineNumbers, {
  /** The hotline's were published years ago, and those of the duty officers are made up: test all before a deployment. */
  unconfirmed: z.optional(z.literal(true)),
})

const desk = z.strictObject({
  /** The first one belongs to the pages: it ends in `/desk/callback`, and its origin is the origin of the pages. */
  callback: z.array(z.url()).check(z.minLength(1)),
  /** Where sign-out ends: the origin of the pages, with `/desk/signed-out`. */
  logout: z.array(z.url()),
})

const deployment = z.strictObject({
  stage: z.string().check(z.regex(/^[a-z][a-z0-9]{1,15}$/)),
  region: z.string().check(z.regex(/^[a-z]{2}-[a-z]+-\d$/)),
  missions: z.array(mission),
  iom: filer,
  /** At least one: a request names the centre that it asks. */
  centres: z.array(centre).check(z.minLength(1)),
  partners: z.array(partner),
  hotline,
  machines: z.array(machine),
  /** Who is notified of call-outs and of overdue steps. */
  rota: rotaConfig,
  /** Of each list, no two duties are done by the same person on one return. */
  separateDuties: separations,
  /** The smallest counts that figures show. */
  figures: thresholds.check(z.refine(({ internal, outside }) => outside >= internal, { path: ['outside'] })),
  desk,
})
export type Deployment = z.infer<typeof deployment>

/** Reads the deployment from `cdk.json`. Throws, naming the field, when it is invalid or two parties have one code. */
export function readDeployment(node: Node): Deployment {
  const read = deployment.safeParse(
    Object.fromEntries(Object.keys(deployment.shape).map((field) => [field, node.tryGetContext(field)])),
  )
  if (!read.success)
    throw new Error(`cdk.json: context.${read.error.issues.map((issue) => issue.path.join('.')).join(', ')}`)
  const { missions, centres, partners, iom } = read.data
  const codes = [...missions, ...centres, ...partners, iom].map(({ code }) => code)
  const duplicate = codes.find((code, index) => codes.indexOf(code) !== index)
  if (duplicate) throw new Error(`cdk.json: two parties have the code ${duplicate}; a code names one party.`)
  const parties = partyGroups(read.data)
  const unknown = Object.keys(read.data.rota.parties).find((party) => !parties.includes(party))
  if (unknown) throw new Error(`cdk.json: context.rota.parties.${unknown} is not a party of this deployment.`)
  return read.data
}

/** The groups of the user pool that stand for parties. The name of a group is the id of its party. */
export function partyGroups({ missions, centres, partners }: Deployment): string[] {
  const single = Object.entries(partyKinds).flatMap(([kind, { many }]) => (many ? [] : [kind]))
  return [
    ...missions.map(({ code }) => `mission:${code}`),
    ...centres.map(({ code }) => `centre:${code}`),
    ...partners.map(({ code }) => `partner:${code}`),
    ...single,
  ]
}
