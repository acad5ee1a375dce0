import { sampleRequest } from '../../infra/local/sample/sample-request.ts'
import type { Desk } from '../parts/desk.ts'
import { placeFor } from '../parts/rooms.ts'
import { assessment, bookings, day, funding, identityCheck, ruling, titlu, twoLegs } from './journey.ts'
import type { Scene } from './scene.ts'

/** The desks that an ordinary return passes. */
export interface Desks {
  mission: Desk
  iom: Desk
  /** Another person of IOM: who confirms a journey has not assessed its risk. */
  iomDuty: Desk
  centre: Desk
  ministry: Desk
}

export async function desksOf({ desk }: Pick<Scene, 'desk'>, post = 'istanbul'): Promise<Desks> {
  const [mission, iom, iomDuty, centre, ministry] = await Promise.all([
    desk(post),
    desk('iom'),
    desk('iom-duty'),
    desk('centre'),
    desk('ministry'),
  ])
  return { mission, iom, iomDuty, centre, ministry }
}

/** A person of a request, as sent. */
export interface SentPerson {
  case: Record<string, unknown>
  identity: Record<string, unknown>
  safety: Record<string, unknown>
}

/** The ground of an authority that protects a child. */
export const childProtection = () => ({ kind: 'child-protection', on: day(-1) })

/** Puts all who are told on one ground, but for the ministry, which is told by law. */
export function groundsOn(person: SentPerson, basis: unknown): void {
  const agreement = person.case.agreement as { recipients: { recipient: string; basis: unknown }[] }
  for (const recipient of agreement.recipients)
    if (recipient.recipient !== 'ministry') recipient.basis = basis
}

/** One made-up person, as sent; `change` is made to the sample before it is filed, from an alert or without one. */
export async function fileOne(
  mission: Desk,
  change: (person: SentPerson) => void = () => {},
  alert?: string,
): Promise<{ ret: string; reference: string }> {
  const request = sampleRequest() as { persons: SentPerson[]; alert?: string }
  if (alert) request.alert = alert
  for (const person of request.persons) change(person)
  const [filed] = (await mission.file(request)).returns
  if (!filed) throw new Error('Nothing was filed.')
  return filed
}

/** A request of several made-up persons; `change` is made to each, by its number. */
export async function fileGroup(
  mission: Desk,
  count: number,
  change: (person: SentPerson, index: number) => void = () => {},
  request?: string,
): Promise<{ request: string; rets: string[] }> {
  const persons = Array.from({ length: count }, (_, index) => {
    const [person] = (sampleRequest() as { persons: SentPerson[] }).persons
    if (!person) throw new Error('The sample has no person.')
    change(person, index)
    return person
  })
  const filed = await mission.file({ persons, ...(request ? { request } : {}) })
  return { request: filed.request, rets: filed.returns.map(({ ret }) => ret) }
}

/** All lines of a request as a desk sees them, page after page. */
export async function manifestOf(desk: Desk, request: string): Promise<Line[]> {
  const lines: Line[] = []
  for (let next: string | undefined, more = true; more; more = next !== undefined) {
    const page = await desk.manifest(request, next)
    lines.push(...page.returns)
    next = page.next
  }
  return lines
}

type Line = Awaited<ReturnType<Desk['manifest']>>['returns'][number]

/** From filing to a plan: accepted, identity and document, risk, decision, money, itinerary, place. */
export async function toPlan({ mission, iom, iomDuty, centre, ministry }: Desks, ret: string): Promise<void> {
  await iom.command(ret, 'acknowledge')
  await iom.command(ret, 'accept')
  await mission.command(ret, 'confirm-identity', identityCheck())
  await mission.command(ret, 'issue-document', titlu())
  await iomDuty.command(ret, 'assess-risk', assessment())
  await ministry.command(ret, 'approve', ruling())
  await ministry.command(ret, 'fund', funding())
  await iom.command(ret, 'plan-travel', twoLegs())
  await centre.command(ret, 'hold-place', await placeFor(centre, 60))
}

/** On to a confirmed journey. */
export async function toConfirmed(desks: Desks, ret: string): Promise<void> {
  await toPlan(desks, ret)
  await desks.iom.command(ret, 'confirm-travel', bookings())
}
