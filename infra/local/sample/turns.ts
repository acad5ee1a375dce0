import type { Caller } from './caller.ts'
import { type Case, contents } from './contents.ts'
import { day } from './days.ts'

/** Who can act on a return: its post, and one user of each other party. */
export interface Callers {
  post: Caller
  iom: Caller
  centre: Caller
  ministry: Caller
  consular: Caller
  guardianship: Caller
  registry: Caller
  'la-strada': Caller
}

/** What else comes of a return, once it is as far as its way leads. */
type Turn = (ret: string, callers: Callers, one: Case) => Promise<unknown>

const byDuty = (recipient: string) => ({ recipient, basis: { kind: 'legal-duty', act: 'HG 948/2008' } })
const forTheChild = (recipient: string) => ({
  recipient,
  basis: { kind: 'child-protection', on: day(-1) },
})
const byConsent = (recipient: string) => ({
  recipient,
  basis: {
    kind: 'consent',
    by: 'self',
    form: 'signed',
    language: 'ro',
    interpreter: false,
    on: day(-1),
    purposes: ['do-a-task'],
  },
})

export const turns = {
  'sent-back': (ret, { iom }) => iom.command(ret, 'send-back', contents['send-back']()),
  'on-hold': (ret, { ministry }) => ministry.command(ret, 'hold', contents.hold()),
  refused: (ret, { ministry }) => ministry.command(ret, 'refuse', contents.refuse()),
  cancelled: (ret, { post }) => post.command(ret, 'cancel', contents.cancel()),
  'stays-abroad': (ret, { post }, one) => post.command(ret, 'end-otherwise', contents['end-otherwise'](one)),
  'contact-lost': (ret, { iom }, one) => iom.command(ret, 'contact-lost', contents['contact-lost'](one)),
  'in-hospital': (ret, { post }, one) => post.command(ret, 'in-hospital', contents['in-hospital'](one)),
  /** IOM asks, and the post has not answered. */
  'question-open': (ret, { iom, post }) =>
    iom.command(ret, 'ask', {
      for: post.party,
      talk: { text: 'Are acte pentru tranzit? Biletul depinde de ele.' },
    }),
  /** She does not want the Centre to know of her any more. */
  withdrawn: (ret, { post, centre }) =>
    post.command(ret, 'withdraw', { case: { recipient: centre.party, by: 'self', on: day(0) } }),
  /** The consular department has seen the call; IOM has not yet. */
  called: (ret, { consular }) => consular.command(ret, 'answer-call', { call: 0 }),
  noted: async (ret, { iom, post }) => {
    await iom.command(ret, 'take')
    await iom.command(ret, 'note', contents.note())
    await post.command(ret, 'note', contents.note())
  },
  citizenship: (ret, { post, registry }) =>
    post.command(ret, 'give-task', {
      partner: registry.party,
      task: 'confirm-citizenship',
      until: day(3),
      case: byDuty(registry.party),
    }),
  /** The guardianship authority is asked about the grandmother, and has not reported yet. */
  family: (ret, { iom, guardianship }) =>
    iom.command(ret, 'give-task', {
      partner: guardianship.party,
      task: 'assess-family',
      until: day(4),
      case: forTheChild(guardianship.party),
      talk: { text: 'Vrea bunica, și poate? Ce spune copilul?' },
    }),
  /** An organisation takes over, and has reported on its first visit. */
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
        on: day(0),
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
          { service: 'documents', answer: 'accepted', dueOn: day(5) },
          { service: 'education', answer: 'offered' },
        ],
      },
    }),
  'followed-up': (ret, { centre }) => centre.command(ret, 'follow-up', contents['follow-up']()),
} as const satisfies Record<string, Turn>

export type TurnName = keyof typeof turns

/** Plays a turn. */
export const take = (name: TurnName, ...about: Parameters<Turn>): Promise<unknown> => turns[name](...about)
