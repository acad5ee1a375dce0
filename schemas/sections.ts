import * as z from 'zod/mini'
import { agreement } from './agreement.ts'
import type { SectionClass } from './classes.ts'
import {
  ageBand,
  arrivalPoint,
  category,
  country,
  language,
  reception,
  referrer,
  service,
  sex,
  urgency,
} from './codes.ts'
import { costLine } from './costs.ts'
import { partyId } from './parties.ts'
import { day, localTime, name, paperNumber, phone, text, zone } from './texts.ts'

const small = z.int().check(z.minimum(0), z.maximum(30))
const list = <T extends z.ZodMiniType>(item: T, max: number) => z.array(item).check(z.maxLength(max))
const remarks = z.optional(text(2000))

/** When something happened, how exactly that is known, and who told it: stated, and corrected later if it was wrong. */
export const happened = z.strictObject({
  at: z.union([localTime, day]),
  zone,
  known: z.enum(['exactly', 'about', 'day-only']),
  toldBy: z.enum(['the-person', 'own-officer', 'companion', 'carrier', 'border-police', 'partner', 'other']),
})

const place = z.strictObject({ name: name(60), country, zone })

const leg = z.strictObject({
  mode: z.enum(['air', 'road', 'rail', 'sea']),
  from: place,
  to: place,
  departs: localTime,
  arrives: localTime,
  carrier: z.optional(paperNumber),
  meetingPoint: z.optional(text(200)),
  companion: z.optional(
    z.strictObject({
      kind: z.enum(['social', 'medical', 'operational', 'parent']),
      name: name(),
      phone: z.optional(phone),
    }),
  ),
})

const document = z.strictObject({
  type: z.enum(['passport', 'identity-card', 'birth-certificate', 'residence-permit', 'other']),
  number: paperNumber,
  country,
  expiresOn: z.optional(day),
})

/** Set when the itinerary could be opened: whether it went as planned. Not part of what is sent. */
const derived = { asPlanned: z.optional(z.boolean()) }

/**
 * What a section holds, by class and slot. A later section of a slot stands in place of the earlier one;
 * which command writes which slot is in `commands.ts`.
 */
export const sections = {
  label: {
    /** Derived from identity at filing: the masked form that worklists show. */
    label: z.strictObject({
      initials: z.string().check(z.maxLength(12)),
      idnpEnd: z.optional(z.string().check(z.regex(/^\d{3}$/))),
      ageBand,
    }),
  },
  case: {
    request: z.strictObject({
      category,
      urgency,
      country,
      place: name(60),
      learnedOn: day,
      referrer,
      sex,
      ageBand,
      reasons: list(
        z.enum(['exploited', 'at-risk', 'ill', 'no-means', 'no-papers', 'detained', 'alone', 'other']),
        8,
      ).check(z.minLength(1)),
      childrenAlong: small,
      reception,
      agreement,
    }),
    /** Of a social or medical body of the host country, for a person in difficulty (HG 875/2018). */
    'official-request': z.strictObject({ number: paperNumber, on: day, body: name(60) }),
    /** Derived from the itinerary. */
    journey: z.strictObject({ leavesOn: day, arrivesOn: day, arrivesAt: arrivalPoint }),
    departure: z.strictObject({ happened, ...derived }),
    'did-not-come': z.strictObject({
      happened,
      reason: z.enum(['no-word', 'refused', 'ill', 'held', 'other']),
    }),
    'contact-lost': z.strictObject({ happened, country }),
    hospital: z.strictObject({ happened, country, place: name(60) }),
    arrival: z.strictObject({
      happened,
      point: arrivalPoint,
      companionPresent: z.enum(['yes', 'no', 'none-planned']),
      ...derived,
    }),
    handover: z.strictObject({
      happened,
      from: z.enum(['iom', 'mission', 'border-police', 'companion', 'other']),
      to: z.enum(['centre', 'guardianship-authority', 'relatives', 'other']),
      sides: z.enum(['both', 'one']),
      paper: z.optional(paperNumber),
    }),
    home: z.strictObject({
      happened,
      choice: z.enum(['home', 'elsewhere']),
      referredTo: z.optional(referrer),
    }),
    stay: z.strictObject({ happened, choice: z.literal('centre') }),
    withdrawal: z.strictObject({
      recipient: z.union([partyId, z.literal('figures')]),
      by: z.enum(['self', 'guardian', 'proxy']),
      on: day,
    }),
    cancellation: z.strictObject({
      reason: z.enum(['no-longer-wants', 'filed-in-error', 'duplicate', 'other']),
      on: day,
    }),
  },
  identity: {
    person: z.strictObject({
      name: z.union([z.strictObject({ family: name(), given: name() }), z.literal('not-known')]),
      birth: z.union([
        z.strictObject({ on: day }),
        z.strictObject({ year: z.int().check(z.minimum(1900), z.maximum(2100)) }),
        z.strictObject({ aged: z.int().check(z.minimum(0), z.maximum(120)) }),
      ]),
      citizenship: z.union([country, z.enum(['stateless', 'not-known'])]),
      language,
      idnp: z.optional(z.string().check(z.regex(/^\d{13}$/))),
      documents: list(document, 8),
    }),
    check: z.strictObject({
      method: z.enum(['document', 'state-register', 'relatives', 'biometric', 'interview']),
      on: day,
      reference: z.optional(paperNumber),
    }),
    /** A titlu de călătorie serves one journey and 30 days from the approval (HG 987/2012). */
    document: z.discriminatedUnion('type', [
      z.strictObject({ type: z.literal('titlu'), number: paperNumber, approvedOn: day }),
      z.strictObject({ type: z.enum(['passport', 'identity-card']), number: paperNumber, expiresOn: day }),
    ]),
  },
  contacts: {
    family: z.strictObject({
      persons: list(
        z.strictObject({
          name: name(),
          relation: z.enum(['parent', 'partner', 'child', 'sibling', 'relative', 'friend', 'other']),
          phone: z.optional(phone),
          mayContact: z.boolean(),
        }),
        12,
      ),
      children: list(z.strictObject({ name: name(), bornOn: z.optional(day) }), 9),
      remarks,
    }),
  },
  safety: {
    safety: z.strictObject({
      dangers: list(
        z.enum(['on-the-way', 'at-home', 'from-relatives', 'from-traffickers', 'from-authorities']),
        5,
      ),
      mustNotKnow: list(text(200), 10),
      safeWay: z.optional(text(500)),
      noneKnown: z.boolean(),
    }),
  },
  travel: {
    itinerary: z.strictObject({
      legs: list(leg, 12).check(z.minLength(1)),
      arrivesAt: arrivalPoint,
      transitHelp: z.optional(text(500)),
    }),
    bookings: z.strictObject({
      bookings: list(z.strictObject({ leg: small, reference: paperNumber }), 12).check(z.minLength(1)),
    }),
    departure: z.strictObject({ leg: small, seenOff: z.boolean(), remarks }),
  },
  protection: {
    identification: z.strictObject({
      by: referrer,
      indicators: list(
        z.enum([
          'documents-taken',
          'movement-restricted',
          'debt',
          'threats',
          'violence',
          'wages-withheld',
          'deceived',
          'minor-exploited',
          'none-seen',
        ]),
        9,
      ),
      exploitation: list(
        z.enum(['sexual', 'labour', 'begging', 'criminal-acts', 'domestic', 'other', 'not-known']),
        7,
      ),
      remarks,
    }),
    risk: z.strictObject({
      themes: list(
        z.strictObject({
          theme: z.enum(['traffickers', 'family', 'community', 'health', 'livelihood', 'journey']),
          level: z.enum(['low', 'medium', 'high', 'not-known']),
        }),
        6,
      ).check(z.minLength(1)),
      remarks,
    }),
  },
  care: {
    needs: z.strictObject({
      health: list(z.enum(['chronic', 'injury', 'infectious', 'mental', 'disability', 'dependency']), 6),
      pregnant: z.enum(['yes', 'no', 'not-known']),
      medicine: z.optional(text(500)),
      stepFree: z.boolean(),
      babyItems: z.boolean(),
      /** Whether a physician has to say that the person can travel. */
      fitnessCheck: z.boolean(),
      remarks,
    }),
    fitness: z.strictObject({ examined: happened, fit: z.boolean(), remarks }),
    condition: z.strictObject({ condition: z.enum(['good', 'tired', 'needs-care', 'emergency']), remarks }),
    intake: z.strictObject({
      services: list(
        z.strictObject({
          service,
          answer: z.enum(['accepted', 'refused', 'later']),
          owner: z.optional(name()),
          dueOn: z.optional(day),
        }),
        9,
      ).check(z.minLength(1)),
      remarks,
    }),
  },
  decision: {
    assessment: z.strictObject({
      recommendation: z.enum(['return', 'return-with-conditions', 'not-now', 'not-advised']),
      needs: list(z.enum(['companion', 'medical-escort', 'funding', 'reception', 'documents', 'none']), 6),
      remarks,
    }),
    /** What the ministry decided, and why. */
    ruling: z.strictObject({ reason: text(2000) }),
    funding: z.strictObject({
      source: z.enum(['state-budget', 'iom', 'host-country', 'ngo', 'the-person', 'other']),
      lines: list(costLine, 20).check(z.minLength(1)),
    }),
  },
  note: {
    note: z.strictObject({ text: text(2000) }),
  },
  talk: {
    question: z.strictObject({ text: text(2000) }),
    answer: z.strictObject({ text: text(2000) }),
    reason: z.strictObject({ text: text(2000) }),
  },
} as const satisfies Record<SectionClass, Record<string, z.ZodMiniType>>

export type Sections = typeof sections
export type Slot<C extends SectionClass> = keyof Sections[C] & string
/** The content of a slot, as sealed. */
export type Content<C extends SectionClass, S extends Slot<C>> = Sections[C][S] extends z.ZodMiniType
  ? z.infer<Sections[C][S]>
  : never

/** The form in which a slot's content is sent: without what is derived. */
export function sentForm(cls: SectionClass, slot: string): z.ZodMiniType {
  const content = contentOf(cls, slot)
  return content instanceof z.ZodMiniObject && 'asPlanned' in content.shape
    ? z.omit(content, { asPlanned: true })
    : content
}

/** The form of a slot's content as sealed. Throws when there is no such slot: our tables disagree. */
export function contentOf(cls: SectionClass, slot: string): z.ZodMiniType {
  const slots: Record<string, z.ZodMiniType> = sections[cls]
  const content = slots[slot]
  if (!content) throw new Error(`There is no slot ${cls}/${slot} in sections.ts.`)
  return content
}
