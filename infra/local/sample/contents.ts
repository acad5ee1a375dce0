import { day, seenOn } from './days.ts'
import type { Post } from './posts.ts'
import type { Situation } from './situations.ts'

/** One return of the sample, as far as its commands depend on it. */
export interface Case {
  /** Which of the sample it is; numbers on papers come from it. */
  n: number
  post: Post
  said: Situation
  /** The day of the journey, counted from today. */
  leaves: number
  /** Where she sleeps at the Centre. */
  room?: string | undefined
}

type Body = Record<string, unknown>

const companion = { kind: 'social', name: 'Însoțitoare Exemplu', phone: '+447700900456' }
const paper = (kind: string, { n }: Case) => `${kind} ${String(4000 + n)}`
/** When a journey that was, or will be, is decided on: before it, and not after today. */
const before = (leaves: number) => Math.min(leaves - 4, 0)

/** The body of each command that the sample gives, for one return. */
export const contents = {
  'confirm-identity': ({ leaves }: Case): Body => ({
    identity: { method: 'state-register', on: day(before(leaves)) },
  }),
  'issue-document': (one: Case): Body => ({
    identity: { type: 'titlu', number: paper('TC', one), approvedOn: day(before(one.leaves)) },
  }),
  'assess-risk': ({ said }: Case): Body => ({
    protection: {
      themes: [
        { theme: 'traffickers', level: said.category === 'victim' ? 'medium' : 'low' },
        { theme: 'family', level: said.dangers?.includes('from-relatives') ? 'high' : 'low' },
      ],
    },
    decision: { recommendation: 'return-with-conditions', needs: ['companion', 'reception'] },
  }),
  amend: (one: Case): Body => ({
    slot: 'official-request',
    case: { number: paper('AS', one), on: day(before(one.leaves) - 3), body: 'Serviciul Social Exemplu' },
  }),
  approve: (): Body => ({ decision: { reason: 'Dosarul este complet, iar riscul poate fi acoperit.' } }),
  hold: (): Body => ({ decision: { reason: 'Lipsește certificatul de naștere al copilului.' } }),
  refuse: (): Body => ({ decision: { reason: 'Persoana este deja luată în sarcină de alt stat.' } }),
  fund: (): Body => ({
    decision: {
      source: 'state-budget',
      lines: [
        { cost: 'ticket', amount: 18_900, currency: 'EUR' },
        { cost: 'local-transport', amount: 60_000, currency: 'MDL' },
      ],
    },
  }),
  'plan-travel': ({ post, leaves }: Case): Body => ({
    travel: {
      legs: post.legs.map((leg) => ({
        ...leg,
        departs: `${day(leaves)}T${leg.departs}`,
        arrives: `${day(leaves)}T${leg.arrives}`,
        meetingPoint: 'La biroul de informații, plecări.',
        companion,
      })),
      arrivesAt: post.point,
    },
  }),
  'hold-place': ({ said, leaves, room }: Case): Body => {
    const along = said.along ?? []
    const cots = along.filter((age) => age < 2).length
    const place = { room, beds: 1 + along.length - cots, cots, from: day(leaves), until: day(leaves + 30) }
    return { until: day(Math.max(leaves, 0) + 2), case: place }
  },
  'confirm-travel': ({ post, n }: Case): Body => ({
    travel: { bookings: post.legs.map((_, leg) => ({ leg, reference: `PRB${n}X${leg}` })) },
  }),
  'check-exit': (): Body => ({
    travel: { exitPapers: 'in-hand', fine: 'paid', ban: 'none', transit: 'not-needed' },
  }),
  'assess-child': ({ said }: Case): Body => ({
    protection:
      said.category === 'unaccompanied-child'
        ? {
            travelsWith: 'companion',
            authorityDecision: { number: 'DTS 52/2026', on: day(-1) },
            bestInterests: day(-1),
            viewHeard: day(-1),
            otherParentPermission: 'not-needed',
          }
        : { travelsWith: 'safe-parent', parentPapers: true, otherParentPermission: 'given' },
  }),
  depart: ({ post, leaves }: Case): Body => ({
    case: { happened: seenOn(leaves, post.zone, '10:15') },
    travel: { leg: 0, seenOff: true },
  }),
  arrive: ({ post, leaves }: Case): Body => ({
    case: { happened: seenOn(leaves, undefined, '20:10'), point: post.point, companionPresent: 'yes' },
    care: { condition: 'tired' },
  }),
  admit: ({ leaves }: Case): Body => ({
    case: { happened: seenOn(leaves, undefined, '22:30'), choice: 'centre' },
    care: {
      services: [
        { service: 'medical', answer: 'accepted', owner: 'Medic Exemplu', dueOn: day(2) },
        { service: 'psychological', answer: 'accepted' },
        { service: 'legal', answer: 'later' },
        { service: 'work', answer: 'refused' },
      ],
    },
  }),
  'refer-home': ({ leaves }: Case): Body => ({
    case: { happened: seenOn(leaves, undefined, '22:30'), choice: 'home', referredTo: 'relatives' },
  }),
  'leave-centre': (): Body => ({ case: { happened: seenOn(-1), to: 'relatives' } }),
  'follow-up': (): Body => ({
    care: {
      on: day(-1),
      by: 'phone',
      wellbeing: 'good',
      nextOn: day(30),
      remarks: 'Caută de lucru în oraș.',
    },
  }),
  'send-back': (): Body => ({ talk: { text: 'Lipsește persoana de contact; numărul indicat nu există.' } }),
  cancel: (): Body => ({ case: { reason: 'no-longer-wants', on: day(0) } }),
  'contact-lost': ({ post }: Case): Body => ({
    case: { happened: seenOn(-1, post.zone), country: post.country },
  }),
  'in-hospital': ({ post }: Case): Body => ({
    case: { happened: seenOn(-1, post.zone), country: post.country, place: post.towns[0] },
  }),
  'end-otherwise': ({ post }: Case): Body => ({
    case: { happened: seenOn(-1, post.zone), what: 'stays-abroad' },
  }),
  note: (): Body => ({ note: { text: 'Am sunat la adăpost; revin mâine.' }, next: day(1) }),
} as const satisfies Record<string, (one: Case) => Body>
