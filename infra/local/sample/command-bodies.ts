import { dayFromToday, witnessedOn } from './days.ts'
import type { SamplePost } from './posts.ts'
import type { SampleSituation } from './situations.ts'

/** The properties of a return of the sample on which its commands depend. */
export interface SampleReturn {
  /** Its number in the sample, from which the numbers of documents come. */
  number: number
  post: SamplePost
  situation: SampleSituation
  /** The day of the journey, counted from today. */
  journeyDay: number
  /** The room at the Centre. */
  room?: string | undefined
}

type Body = Record<string, unknown>

const companion = { kind: 'social', name: 'Însoțitoare Exemplu', phone: '+447700900456' }
const paperNumber = (kind: string, { number }: SampleReturn) => `${kind} ${String(4000 + number)}`
/** The day of a decision about a journey: before the journey, and not after today. */
const dayBefore = (journeyDay: number) => Math.min(journeyDay - 4, 0)

/** The bodies of the commands that the sample gives. */
export const commandBodies = {
  'confirm-identity': ({ journeyDay }: SampleReturn): Body => ({
    identity: { method: 'state-register', on: dayFromToday(dayBefore(journeyDay)) },
  }),
  'issue-document': (sample: SampleReturn): Body => ({
    identity: {
      type: 'titlu',
      number: paperNumber('TC', sample),
      approvedOn: dayFromToday(dayBefore(sample.journeyDay)),
    },
  }),
  'assess-risk': ({ situation }: SampleReturn): Body => ({
    protection: {
      themes: [
        { theme: 'traffickers', level: situation.category === 'victim' ? 'medium' : 'low' },
        { theme: 'family', level: situation.dangers?.includes('from-relatives') ? 'high' : 'low' },
      ],
    },
    decision: { recommendation: 'return-with-conditions', needs: ['companion', 'reception'] },
  }),
  amend: (sample: SampleReturn): Body => ({
    slot: 'official-request',
    case: {
      number: paperNumber('AS', sample),
      on: dayFromToday(dayBefore(sample.journeyDay) - 3),
      body: 'Serviciul Social Exemplu',
    },
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
  'plan-travel': ({ post, journeyDay }: SampleReturn): Body => ({
    travel: {
      legs: post.legs.map((leg) => ({
        ...leg,
        departs: `${dayFromToday(journeyDay)}T${leg.departs}`,
        arrives: `${dayFromToday(journeyDay)}T${leg.arrives}`,
        meetingPoint: 'La biroul de informații, plecări.',
        companion,
      })),
      arrivesAt: post.borderPoint,
      // The sample is filled in one go: what is over by today is planned today.
      ...(journeyDay < 0 ? { overrides: [{ field: 'travel.legs.0.departs', reason: 'as-reported' }] } : {}),
    },
  }),
  'hold-place': ({ situation, journeyDay, room }: SampleReturn): Body => {
    const ages = situation.childrenAges ?? []
    const cots = ages.filter((age) => age < 2).length
    const place = {
      room,
      beds: 1 + ages.length - cots,
      cots,
      from: dayFromToday(journeyDay),
      until: dayFromToday(journeyDay + 30),
    }
    return { until: dayFromToday(Math.max(journeyDay, 0) + 2), case: place }
  },
  'confirm-travel': ({ post, number }: SampleReturn): Body => ({
    travel: { bookings: post.legs.map((_, leg) => ({ leg, reference: `PRB${number}X${leg}` })) },
  }),
  'check-exit': (): Body => ({
    travel: { exitPapers: 'in-hand', fine: 'paid', ban: 'none', transit: 'not-needed' },
  }),
  'assess-child': ({ situation }: SampleReturn): Body => ({
    protection:
      situation.category === 'unaccompanied-child'
        ? {
            travelsWith: 'companion',
            authorityDecision: { number: 'DTS 52/2026', on: dayFromToday(-1) },
            bestInterests: dayFromToday(-1),
            viewHeard: dayFromToday(-1),
            otherParentPermission: 'not-needed',
          }
        : { travelsWith: 'safe-parent', parentPapers: true, otherParentPermission: 'given' },
  }),
  depart: ({ post, journeyDay }: SampleReturn): Body => ({
    case: { happened: witnessedOn(journeyDay, post.zone, '10:15') },
    travel: { leg: 0, seenOff: true },
  }),
  arrive: ({ post, journeyDay }: SampleReturn): Body => ({
    case: {
      happened: witnessedOn(journeyDay, undefined, '20:10'),
      point: post.borderPoint,
      companionPresent: 'yes',
    },
    care: { condition: 'tired' },
  }),
  admit: ({ journeyDay }: SampleReturn): Body => ({
    case: { happened: witnessedOn(journeyDay, undefined, '22:30'), choice: 'centre' },
    care: {
      services: [
        { service: 'medical', answer: 'accepted', owner: 'Medic Exemplu', dueOn: dayFromToday(2) },
        { service: 'psychological', answer: 'accepted' },
        { service: 'legal', answer: 'later' },
        { service: 'work', answer: 'refused' },
      ],
    },
  }),
  'refer-home': ({ journeyDay }: SampleReturn): Body => ({
    case: { happened: witnessedOn(journeyDay, undefined, '22:30'), choice: 'home', referredTo: 'relatives' },
  }),
  'leave-centre': (): Body => ({ case: { happened: witnessedOn(-1), to: 'relatives' } }),
  'follow-up': (): Body => ({
    care: {
      on: dayFromToday(-1),
      by: 'phone',
      wellbeing: 'good',
      nextOn: dayFromToday(30),
      remarks: 'Caută de lucru în oraș.',
    },
  }),
  'send-back': (): Body => ({ talk: { text: 'Lipsește persoana de contact; numărul indicat nu există.' } }),
  cancel: (): Body => ({ case: { reason: 'no-longer-wants', on: dayFromToday(0) } }),
  'contact-lost': ({ post }: SampleReturn): Body => ({
    case: { happened: witnessedOn(-1, post.zone), country: post.country },
  }),
  'in-hospital': ({ post }: SampleReturn): Body => ({
    case: { happened: witnessedOn(-1, post.zone), country: post.country, place: post.towns[0] },
  }),
  'end-otherwise': ({ post }: SampleReturn): Body => ({
    case: { happened: witnessedOn(-1, post.zone), what: 'stays-abroad' },
  }),
  note: (): Body => ({ note: { text: 'Am sunat la adăpost; revin mâine.' }, next: dayFromToday(1) }),
} as const satisfies Record<string, (sample: SampleReturn) => Body>
