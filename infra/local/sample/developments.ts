import type { ApiClient } from './api-client.ts'
import { commandBodies, type SampleReturn } from './command-bodies.ts'
import { dayFromToday } from './days.ts'

/** The parties that can act on a return: its post, and one user of each other party. */
export interface Clients {
  post: ApiClient
  iom: ApiClient
  'iom-duty': ApiClient
  centre: ApiClient
  ministry: ApiClient
  consular: ApiClient
  guardianship: ApiClient
  registry: ApiClient
  'la-strada': ApiClient
}

/** Gives further commands to a return that has reached the phase of its request. */
type Development = (ret: string, clients: Clients, sample: SampleReturn) => Promise<unknown>

const byDuty = (recipient: string) => ({ recipient, basis: { kind: 'legal-duty', act: 'HG 948/2008' } })
const forTheChild = (recipient: string) => ({
  recipient,
  basis: { kind: 'child-protection', on: dayFromToday(-1) },
})
const byConsent = (recipient: string) => ({
  recipient,
  basis: {
    kind: 'consent',
    by: 'self',
    form: 'signed',
    language: 'ro',
    interpreter: false,
    on: dayFromToday(-1),
    purposes: ['do-a-task'],
  },
})

export const developments = {
  'sent-back': (ret, { iom }) => iom.command(ret, 'send-back', commandBodies['send-back']()),
  /** The risk is assessed, and the ministry has a decision to make by a day. */
  assessed: (ret, { 'iom-duty': duty }, sample) =>
    duty.command(ret, 'assess-risk', commandBodies['assess-risk'](sample)),
  'on-hold': (ret, { ministry }) => ministry.command(ret, 'hold', commandBodies.hold()),
  refused: (ret, { ministry }) => ministry.command(ret, 'refuse', commandBodies.refuse()),
  cancelled: (ret, { post }) => post.command(ret, 'cancel', commandBodies.cancel()),
  'stays-abroad': (ret, { post }, sample) =>
    post.command(ret, 'end-otherwise', commandBodies['end-otherwise'](sample)),
  'contact-lost': (ret, { iom }, sample) =>
    iom.command(ret, 'contact-lost', commandBodies['contact-lost'](sample)),
  'in-hospital': (ret, { post }, sample) =>
    post.command(ret, 'in-hospital', commandBodies['in-hospital'](sample)),
  /** IOM has asked a question, and the post has not answered. */
  'question-open': (ret, { iom, post }) =>
    iom.command(ret, 'ask', {
      for: post.party,
      talk: { text: 'Are acte pentru tranzit? Biletul depinde de ele.' },
    }),
  /** The person has withdrawn her consent for the Centre. */
  withdrawn: (ret, { post, centre }) =>
    post.command(ret, 'withdraw', { case: { recipient: centre.party, by: 'self', on: dayFromToday(0) } }),
  /** The consular department has answered the call, and IOM has not. */
  'call-answered': (ret, { consular }) => consular.command(ret, 'answer-call', { call: 0 }),
  noted: async (ret, { iom, post }) => {
    await iom.command(ret, 'take')
    await iom.command(ret, 'note', commandBodies.note())
    await post.command(ret, 'note', commandBodies.note())
  },
  citizenship: (ret, { post, registry }) =>
    post.command(ret, 'give-task', {
      partner: registry.party,
      task: 'confirm-citizenship',
      until: dayFromToday(3),
      case: byDuty(registry.party),
    }),
  /** The guardianship authority has the task to assess the grandmother, and has not reported. */
  family: (ret, { iom, guardianship }) =>
    iom.command(ret, 'give-task', {
      partner: guardianship.party,
      task: 'assess-family',
      until: dayFromToday(4),
      case: forTheChild(guardianship.party),
      talk: { text: 'Vrea bunica, și poate? Ce spune copilul?' },
    }),
  /** An organisation has the task to support the person at home, and has reported its first visit. */
  support: async (ret, { centre, 'la-strada': ngo }) => {
    const { seq } = await centre.command(ret, 'give-task', {
      partner: ngo.party,
      task: 'support-at-home',
      case: byConsent(ngo.party),
    })
    await ngo.command(ret, 'report-task', {
      task: seq,
      care: {
        outcome: 'done',
        on: dayFromToday(0),
        suitable: 'yes',
        findings: 'A fost vizitată; are sprijinul surorii.',
      },
    })
  },
  services: (ret, { centre }) =>
    centre.command(ret, 'offer-services', {
      care: {
        services: [
          { service: 'medical', answer: 'done' },
          { service: 'documents', answer: 'accepted', dueOn: dayFromToday(5) },
          { service: 'education', answer: 'offered' },
        ],
      },
    }),
  'followed-up': (ret, { centre }) => centre.command(ret, 'follow-up', commandBodies['follow-up']()),
} as const satisfies Record<string, Development>

export type DevelopmentName = keyof typeof developments

/** Applies a development to a return. */
export const applyDevelopment = (
  name: DevelopmentName,
  ...context: Parameters<Development>
): Promise<unknown> => developments[name](...context)
