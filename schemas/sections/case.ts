import * as z from 'zod/mini'
import { waysIn } from '../procedure/ways.ts'
import { basis, somePurposes, wishToReturn } from '../values/basis.ts'
import {
  ageBand,
  arrivalPoint,
  category,
  country,
  language,
  overridable,
  reception,
  referrer,
  sex,
  urgency,
} from '../values/codes.ts'
import { partyId } from '../values/parties.ts'
import { day, paperNumber, placeName, roomCode } from '../values/texts.ts'
import { happened, listOf, overrides, small } from './parts.ts'

/** Derived, when the itinerary could be opened: whether it went as planned. Not part of the body. */
const derived = { asPlanned: z.optional(z.boolean()) }

/** Milliseconds; a place is held for a year at most. */
const mostNights = 366 * 86_400_000

/** A recipient: a party, or the figures. */
const holder = z.union([partyId, z.literal('figures')])

/** A fact: when, and what looks unlikely in it and is right all the same. */
const fact = { happened, overrides }

const handedOver = {
  ...fact,
  /** Where: at a gate, at the Centre's door. */
  place: z.optional(placeName()),
  from: z.enum(['iom', 'mission', 'border-police', 'companion', 'other']),
  to: z.enum(['centre', 'guardianship-authority', 'relatives', 'other']),
}

/** The agreement of the person: to return at all, and the basis for each recipient. */
export const agreement = z.strictObject({
  toReturn: wishToReturn,
  explainedIn: language,
  recipients: z.array(z.strictObject({ recipient: holder, basis })).check(
    z.minLength(1),
    z.maxLength(8),
    z.refine((all) => new Set(all.map(({ recipient }) => recipient)).size === all.length, 'said-twice'),
  ),
})

/** Class `case`: codes, days and places, and no text longer than a name. */
export const caseSlots = {
  request: z.strictObject({
    category,
    urgency,
    country,
    place: placeName(),
    learnedOn: day,
    referrer,
    sex,
    /** Follows from the birth: whoever files need not say it. As of the filing; who reads the birth reckons it anew. */
    ageBand: z.optional(ageBand),
    reasons: listOf(
      z.enum(['exploited', 'at-risk', 'ill', 'no-means', 'no-papers', 'detained', 'alone', 'other']),
      8,
    ).check(z.minLength(1)),
    childrenAlong: small,
    reception,
    /** What she wishes for the journey, and what is heard of limits; what was checked of them is `travel/exit`. */
    wishes: z.optional(
      z.strictObject({
        earliestOn: z.optional(day),
        exitPapers: z.enum(['in-hand', 'not-needed', 'missing', 'not-known']),
        banOrFine: z.enum(['none', 'ban', 'fine', 'both', 'not-known']),
        luggage: z.enum(['none', 'hand', 'one-bag', 'more', 'not-known']),
      }),
    ),
    agreement,
    /** For a person who was home before anything was filed. */
    wayIn: z.optional(z.enum(waysIn)),
    overrides,
  }),
  /** What is known about a person who needs help, before anybody knows the name. */
  alert: z.strictObject({
    urgency,
    country,
    place: placeName(),
    heardOn: day,
    referrer,
    /** How many they are, children among them. */
    persons: small.check(z.minimum(1)),
    children: small,
  }),
  'alert-end': z.strictObject({
    reason: z.enum(['helped-otherwise', 'no-danger', 'not-found', 'already-known', 'false-alarm', 'other']),
    on: day,
  }),
  /** Of a social or medical body of the host country, for a person in difficulty (HG 875/2018). */
  'official-request': z.strictObject({ number: paperNumber, on: day, body: placeName() }),
  /** Derived from the itinerary. */
  journey: z.strictObject({ leavesOn: day, arrivesOn: day, arrivesAt: arrivalPoint }),
  departure: z.strictObject({ ...fact, ...derived }),
  'did-not-come': z.strictObject({
    ...fact,
    /** `refused`: the person said no. `replaced`: another person of the request has the seat. */
    reason: z.enum(['no-word', 'refused', 'ill', 'held', 'replaced', 'other']),
  }),
  'contact-lost': z.strictObject({ ...fact, country }),
  hospital: z.strictObject({ ...fact, country, place: placeName() }),
  arrival: z.strictObject({
    ...fact,
    point: arrivalPoint,
    companionPresent: z.enum(['yes', 'no', 'none-planned']),
    broughtBy: z.optional(
      z.enum(['iom', 'mission', 'border-police', 'police', 'companion', 'relatives', 'nobody', 'other']),
    ),
    /** Where she wants to go, if she was asked on the spot. */
    choice: z.optional(reception),
    ...derived,
  }),
  choice: z.strictObject({ ...fact, choice: reception }),
  /** What everyone has to know of the way; the rest is in the leg. */
  way: z.strictObject({
    ...fact,
    what: z.enum(['delayed', 'missed-connection', 'rebooked', 'incident', 'held', 'let-on']),
    country: z.optional(country),
    /** When she is expected now. */
    arrivesOn: z.optional(day),
  }),
  ending: z.strictObject({
    ...fact,
    what: z.enum(['died', 'went-own-way', 'missing', 'kept-by-authorities', 'stays-abroad', 'other']),
  }),
  /** Of two sides with an account the other confirms; of one, the signed paper is what proves it. */
  handover: z.discriminatedUnion('sides', [
    z.strictObject({ ...handedOver, sides: z.literal('both'), paper: z.optional(paperNumber) }),
    z.strictObject({ ...handedOver, sides: z.literal('one'), paper: paperNumber }),
  ]),
  'handover-confirmation': z.strictObject({
    ...fact,
    /** Whether the other side's report is right. */
    agrees: z.enum(['yes', 'in-part', 'no']),
  }),
  home: z.strictObject({
    ...fact,
    choice: z.enum(['home', 'elsewhere']),
    referredTo: z.optional(referrer),
  }),
  stay: z.strictObject({ ...fact, choice: z.literal('centre') }),
  /** The planned last day of the crisis stay; a longer stay needs a reason. */
  'stay-plan': z.strictObject({
    until: day,
    longer: z.optional(z.enum(['recovery', 'no-safe-home', 'proceedings', 'child', 'papers', 'other'])),
  }),
  leaving: z.strictObject({
    ...fact,
    to: z.enum(['home', 'relatives', 'another-shelter', 'own-flat', 'abroad', 'elsewhere', 'not-known']),
    /** The day on which the person plans to come back, and is then admitted again. */
    backOn: z.optional(day),
  }),
  /** The bed of a person, and of children who came along; `until` is the last night that is planned. */
  place: z.strictObject({ room: roomCode, beds: small, cots: small, from: day, until: day, overrides }).check(
    z.refine(({ beds, cots }) => beds + cots > 0, { path: ['beds'], error: 'beds-missing' }),
    z.refine(({ from, until }) => from <= until && Date.parse(until) - Date.parse(from) <= mostNights, {
      path: ['until'],
      error: 'until-before-from',
    }),
  ),
  /** Gates that a user with the right role overrides; the person's own wish and a child's companion cannot be. */
  override: z.strictObject({
    gates: listOf(z.enum(overridable), overridable.length).check(z.minLength(1)),
    reason: z.enum(['papers-on-the-way', 'checked-by-phone', 'carrier-accepts', 'danger', 'other']),
  }),
  evacuation: z.strictObject({
    from: z.enum(['violence', 'traffickers', 'disaster', 'war', 'other']),
    on: day,
  }),
  /** What the person says now about returning; it replaces the wish in the agreement. */
  wish: z.strictObject({
    toReturn: wishToReturn,
    on: day,
    reportedBy: z.enum(['the-person', 'own-officer', 'companion', 'partner', 'other']),
  }),
  /** A basis that was added after filing, for one recipient; the newest for a recipient counts. */
  basis: z.strictObject({ recipient: holder, basis }),
  'asked-anew': z.strictObject({
    why: z.enum(['can-answer', 'came-of-age', 'guardian-suspected', 'other']),
    on: day,
  }),
  /** For some purposes, or for all where none is named. */
  withdrawal: z.strictObject({
    recipient: holder,
    purposes: z.optional(somePurposes),
    by: z.enum(['self', 'guardian', 'proxy']),
    on: day,
  }),
  cancellation: z.strictObject({
    reason: z.enum(['no-longer-wants', 'filed-in-error', 'duplicate', 'other']),
    on: day,
  }),
} as const
