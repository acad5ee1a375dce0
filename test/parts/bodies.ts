import * as z from 'zod/mini'
import type { DeploymentConfig } from '../../functions/domain/command.ts'
import { sampleRequest } from '../../infra/local/sample/sample-request.ts'
import { type BodyOf, requestBody } from '../../schemas/commands/bodies.ts'
import type { CommandName } from '../../schemas/commands/commands.ts'
import { separatedByDefault } from '../../schemas/procedure/duties.ts'
import type { TaskName } from '../../schemas/procedure/tasks.ts'
import { type SlotContent, sections } from '../../schemas/sections/sections.ts'
import { type LegalBasis, purposes } from '../../schemas/values/basis.ts'
import {
  type HolderId,
  type PartnerKind,
  type PartyId,
  partnerKinds,
  partyId,
} from '../../schemas/values/parties.ts'
import { alarm } from './alarm.ts'

export const istanbul = partyId.parse('mission:1XGE')
export const otherMission = partyId.parse('mission:Y6SB')
export const iom = partyId.parse('iom')
export const centre = partyId.parse('centre:S0DS')
export const otherCentre = partyId.parse('centre:T1ET')
export const madrid = partyId.parse('mission:6HKJ')
/** A guardianship authority, the civil registry and an organisation. */
export const partner = partyId.parse('partner:VQ1Z')
export const registry = partyId.parse('partner:1TRC')
export const ngo = partyId.parse('partner:EJ6Z')
export const police = partyId.parse('partner:P0PC')
/** A partner of each kind. */
export const partnerOf: Record<PartnerKind, PartyId> = {
  'guardianship-authority': partner,
  'civil-registry': registry,
  ngo,
  police,
  'border-police': partyId.parse('partner:P0B0'),
  'anti-trafficking-centre': partyId.parse('partner:P0AT'),
  prosecutor: partyId.parse('partner:P0PR'),
  'district-specialist': partyId.parse('partner:P0DS'),
  'community-social-worker': partyId.parse('partner:P0SW'),
  'multidisciplinary-team': partyId.parse('partner:P0MT'),
  hotline: partyId.parse('partner:P0HT'),
}
export const ministry = partyId.parse('ministry')
export const consular = partyId.parse('consular')
export const oversight = partyId.parse('oversight')

/** The day on which everything in these tests is filed. */
export const today = '2026-11-21'

export const consent = {
  kind: 'consent',
  by: 'self',
  form: 'signed',
  language: 'ro',
  interpreter: false,
  on: '2026-11-20',
  purposes: [...purposes],
} satisfies LegalBasis
export const refused: LegalBasis = { kind: 'none', why: 'refused', on: '2026-11-20' }
export const legalDuty: LegalBasis = { kind: 'legal-duty', act: 'HG 948/2008' }

export type Person = SlotContent<'identity', 'person'>
export type Request = SlotContent<'case', 'request'>
export type Document = SlotContent<'identity', 'document'>
export type Itinerary = SlotContent<'travel', 'itinerary'>
export type Leg = Itinerary['legs'][number]

const filing = z.strictObject({
  case: sections.case.request,
  identity: sections.identity.person,
  contacts: sections.contacts.family,
  safety: sections.safety.safety,
  protection: sections.protection.identification,
  care: sections.care.needs,
})
export type Filing = z.infer<typeof filing>

export const everyone: readonly [HolderId, LegalBasis][] = [
  [iom, consent],
  [centre, consent],
  [ministry, legalDuty],
  ['figures', consent],
]

/** The sample person, as her mission files her: with every purpose agreed to. */
export const sample: Filing = withEveryone(
  filing.parse(requestBody.parse(sampleRequest({ centre, today })).persons[0] satisfies unknown),
)

function withEveryone(item: Filing): Filing {
  const recipients = everyone.map(([recipient, basis]) => ({ recipient, basis }))
  return filing.parse({ ...item, case: { ...item.case, agreement: { ...item.case.agreement, recipients } } })
}

/** The sample filed on other grounds, or with other words in its request. */
export function filingWith(
  grounds: readonly (readonly [HolderId, LegalBasis])[] = everyone,
  request: Partial<Request> = {},
): Filing {
  const recipients = grounds.map(([recipient, basis]) => ({ recipient, basis }))
  const agreement = { ...sample.case.agreement, ...request.agreement, recipients }
  return filing.parse({ ...sample, case: { ...sample.case, ...request, agreement } })
}

export const happened = (at = '2026-12-05T11:40'): SlotContent<'case', 'departure'>['happened'] => ({
  at,
  zone: 'Europe/Istanbul',
  known: 'exactly',
  reportedBy: 'own-officer',
})

const place = (name: string, country: string, zone: string) => ({ name, country, zone })
const otopeni = place('Otopeni', 'RO', 'Europe/Bucharest')

const escort: Leg['companion'] = { kind: 'social', name: 'Escorta Exemplu' }
const firstLeg: Leg = {
  mode: 'air',
  from: place('Istanbul', 'TR', 'Europe/Istanbul'),
  to: otopeni,
  departs: '2026-12-05T11:30',
  arrives: '2026-12-05T12:00',
  meetingPoint: 'Gate, under the clock',
  companion: escort,
}
/** The second leg, without a companion. */
export const legAlone: Leg = {
  mode: 'air',
  from: otopeni,
  to: place('Chișinău', 'MD', 'Europe/Chisinau'),
  departs: '2026-12-05T15:00',
  arrives: '2026-12-05T16:10',
}

/** Two legs on one day: Istanbul, Otopeni, Chișinău. */
export const itinerary: Itinerary = {
  legs: [firstLeg, { ...legAlone, companion: escort }],
  arrivesAt: 'RMO',
}

/** The itinerary with other legs, each the first leg changed. */
export function withLegs(legs: Partial<Leg>[]): Itinerary {
  return { ...itinerary, legs: legs.map((leg) => ({ ...firstLeg, ...leg })) }
}

/** A journey of one leg, from a clock abroad to one in Chișinău. */
export function oneLeg(departs: string, arrives: string, zone = 'Europe/Istanbul'): Itinerary {
  return withLegs([{ from: { ...otopeni, zone }, to: legAlone.to, departs, arrives }])
}

export const passport = (expiresOn: string): Document => ({ type: 'passport', number: 'AB 123', expiresOn })
export const titlu = (approvedOn: string): Document => ({ type: 'titlu', number: 'TC 000001', approvedOn })

const reason = { text: 'Made up for a test.' }

/** An officer, as sign-in names them. */
export const colleague = '00000000-0000-4000-8000-000000000001'

/** The official request that a person in difficulty comes by (HG 875/2018). */
export const officialRequest: SlotContent<'case', 'official-request'> = {
  number: 'AS 17/2026',
  on: '2026-11-18',
  body: 'Serviciul Social Exemplu',
}

/** A body for each command that carries no target of its own. */
export const bodies: { readonly [N in CommandName]: BodyOf<N> } = {
  file: sample,
  alert: alarm,
  'acknowledge-alert': {},
  'pass-alert': { to: otherMission },
  'become-request': {},
  'close-alert': { case: { reason: 'false-alarm', on: '2026-11-22' } },
  acknowledge: {},
  accept: { talk: reason },
  'send-back': { talk: reason },
  ask: { for: istanbul, talk: { text: 'Which document has she?' } },
  answer: { question: 1, talk: { text: 'None.' } },
  'confirm-identity': { identity: { method: 'state-register', on: '2026-11-23', reference: 'ASP 17' } },
  'issue-document': { identity: titlu('2026-11-25') },
  'assess-risk': {
    protection: { themes: [{ theme: 'traffickers', level: 'low' }] },
    decision: { recommendation: 'return', needs: ['funding', 'reception'] },
  },
  approve: { decision: { reason: 'The file is complete.' } },
  refuse: { decision: { reason: 'Another state has asked for her.' } },
  hold: { decision: { reason: 'A paper is missing.' } },
  fund: {
    decision: { source: 'state-budget', lines: [{ cost: 'ticket', amount: 31_900, currency: 'EUR' }] },
  },
  take: {},
  assign: { user: colleague },
  note: { note: { text: 'Called the shelter; will call again.' }, next: '2026-11-24' },
  'plan-travel': { travel: itinerary },
  'confirm-travel': { travel: { bookings: [{ leg: 0, reference: 'XK 12' }] } },
  'change-travel': { travel: itinerary },
  'check-exit': { travel: { exitPapers: 'in-hand', fine: 'paid', ban: 'none', transit: 'not-needed' } },
  'assess-child': { protection: { travelsWith: 'companion', otherParentPermission: 'not-needed' } },
  'clear-to-leave': {},
  override: { case: { gates: ['document-valid'], reason: 'papers-on-the-way' } },
  evacuate: { case: { from: 'traffickers', on: '2026-11-21' } },
  'confirm-evacuation': {},
  'answer-call': { call: 0 },
  'hold-place': { until: '2026-12-10' },
  'release-place': {},
  depart: { case: { happened: happened() }, travel: { leg: 0, seenOff: true } },
  'did-not-come': { case: { happened: happened(), reason: 'no-word' } },
  'contact-lost': { case: { happened: happened(), country: 'RO' } },
  'in-hospital': { case: { happened: happened(), country: 'RO', place: 'Otopeni' } },
  arrive: {
    case: { happened: happened('2026-12-05T16:20'), point: 'RMO', companionPresent: 'yes' },
    care: { condition: 'tired' },
  },
  'hand-over': { case: { happened: happened('2026-12-05'), from: 'iom', to: 'centre', sides: 'both' } },
  'report-way': {
    case: { happened: happened('2026-12-05T12:10'), what: 'missed-connection', arrivesOn: '2026-12-06' },
    travel: { leg: 1, departs: '2026-12-06T15:00', arrives: '2026-12-06T16:10' },
  },
  'end-otherwise': { case: { happened: happened('2026-12-05'), what: 'went-own-way' } },
  'record-choice': { case: { happened: happened('2026-12-05'), choice: 'home' } },
  'confirm-handover': { handover: 0, case: { happened: happened('2026-12-05'), agrees: 'yes' } },
  'refer-home': { case: { happened: happened('2026-12-05'), choice: 'home' } },
  admit: {
    case: { happened: happened('2026-12-05'), choice: 'centre' },
    care: { services: [{ service: 'medical', answer: 'accepted' }] },
  },
  'offer-services': { care: { services: [{ service: 'legal', answer: 'offered', dueOn: '2026-12-09' }] } },
  'plan-stay': { case: { until: '2027-01-04' } },
  'leave-centre': { case: { happened: happened('2026-12-20'), to: 'relatives' } },
  'follow-up': { care: { on: '2027-01-20', by: 'phone', wellbeing: 'good' } },
  amend: { slot: 'family', contacts: sample.contacts },
  correct: { corrects: 1 },
  strike: { strikes: ['0000000000000001'] },
  withdraw: { case: { recipient: centre, by: 'self', on: '2026-12-01' } },
  cancel: { case: { reason: 'no-longer-wants', on: '2026-12-01' } },
  close: {},
  reopen: {},
  'record-wish': { case: { toReturn: 'yes', on: '2026-11-22', reportedBy: 'own-officer' } },
  agree: { case: { recipient: otherCentre, basis: consent } },
  share: { recipient: partner },
  'ask-anew': { case: { why: 'can-answer', on: '2026-11-22' } },
  'answer-withdrawal': { answer: 'deleted' },
  'give-task': {
    partner,
    task: 'assess-family',
    until: '2026-12-01',
    case: { recipient: partner, basis: consent },
  },
  'report-task': {
    task: 1,
    protection: { outcome: 'done', on: '2026-11-28', suitable: 'yes', findings: 'Willing and able.' },
  },
  'decline-task': { task: 1, talk: reason },
  'end-task': { task: 1 },
  'hand-over-case': { to: otherMission, case: { recipient: otherMission, basis: legalDuty } },
  'accept-case': {},
  'move-case': { to: otherMission },
  'choose-arranger': { arranger: istanbul },
  attest: {},
  link: { match: '0'.repeat(64), link: 'same', toEnd: 'this' },
  unlink: { match: '0'.repeat(64) },
  'keep-return': {},
}

/** What a deployment has settled, for decisions in tests. */
export const config: DeploymentConfig = {
  posts: {},
  missions: [istanbul, otherMission],
  centres: [centre, otherCentre],
  partners: Object.fromEntries(partnerKinds.map((kind) => [partnerOf[kind], kind])),
  night: { from: 22, to: 6 },
  lockDays: 30,
  separations: separatedByDefault,
}

/** A task for somebody, on a ground of its own. */
export const taskFor = (to: PartyId, task: TaskName, ground: LegalBasis = consent) => ({
  partner: to,
  task,
  case: { recipient: to, basis: ground },
})

/** A ground that somebody is told on from now on. */
export const groundFor = (recipient: HolderId, ground: LegalBasis = consent) => ({
  case: { recipient, basis: ground },
})

export const withdrawalOf = (recipient: HolderId) => ({ case: { recipient, by: 'self', on: '2026-11-21' } })
