import type { SlotContent } from '../../schemas/sections/sections.ts'
import { ageBandsOf, type Birth, childBands, comesOfAge, yearsBetween } from '../../schemas/values/ages.ts'
import type { CheckName, Finding } from '../../schemas/values/checks.ts'
import { chisinau, dayIn, instantOf } from '../../schemas/values/clocks.ts'
import { type CheckInput, contentAt, newestOf, type PartOf } from './check-input.ts'

/** What is known of a birth, once it was typed whole. */
function birthOf(input: CheckInput): Birth | undefined {
  const { birth } = newestOf(input, 'identity', 'person') ?? {}
  if (!birth) return undefined
  if ('on' in birth && birth.on !== undefined) return { on: birth.on }
  if ('year' in birth && birth.year !== undefined) return { year: birth.year }
  return 'aged' in birth && birth.aged !== undefined ? { aged: birth.aged } : undefined
}

const todayOf = ({ now }: CheckInput) => dayIn(now, chisinau)

/** Lists in which one answer says that there is none of the others. */
const noneAmong: readonly (readonly [
  field: string,
  none: string,
  of: (input: CheckInput) => readonly unknown[] | undefined,
])[] = [
  ['decision.needs', 'none', ({ contents }) => contentAt(contents, 'decision', 'assessment')?.needs],
  [
    'protection.indicators',
    'none-seen',
    ({ contents }) => contentAt(contents, 'protection', 'identification')?.indicators,
  ],
  [
    'protection.exploitation',
    'not-known',
    ({ contents }) => contentAt(contents, 'protection', 'identification')?.exploitation,
  ],
]

/** "None" and something, at once. */
export function noneAndSome(input: CheckInput): Finding[] {
  const safety = contentAt(input.contents, 'safety', 'safety')
  const someDanger = (safety?.dangers?.length ?? 0) + (safety?.mustNotKnow?.length ?? 0) > 0
  return [
    ...noneAmong.flatMap(([field, none, of]): Finding[] => {
      const chosen = of(input) ?? []
      return chosen.includes(none) && chosen.length > 1 ? [{ check: 'none-and-some', fields: [field] }] : []
    }),
    ...(safety?.noneKnown === true && someDanger
      ? [{ check: 'none-and-some' as const, fields: ['safety.noneKnown', 'safety.dangers'] }]
      : []),
  ]
}

/** The age band against the birth, which says it better. */
export function bandOfBirth(input: CheckInput): Finding[] {
  const band = contentAt(input.contents, 'case', 'request')?.ageBand
  const birth = birthOf(input)
  // A request that is put right says again what it said when it was filed: the person has grown older since.
  if (!birth || band === undefined || band === 'not-known' || !input.contents.has('identity/person'))
    return []
  return ageBandsOf(birth, todayOf(input)).includes(band)
    ? []
    : [{ check: 'differs-from-birth', fields: ['case.ageBand', 'identity.birth'] }]
}

/** The category against the age: a child without a companion is no adult, a person in difficulty no child. */
export function categoryOfAge(input: CheckInput): Finding[] {
  const { category } = newestOf(input, 'case', 'request') ?? {}
  const birth = birthOf(input)
  const isSaid = input.contents.has('case/request') || input.contents.has('identity/person')
  if (!birth || !category || !isSaid || newestOf(input, 'identity', 'person')?.ageDisputed) return []
  const isChild = ageBandsOf(birth, todayOf(input)).some((band) => childBands.includes(band))
  const differs =
    (category === 'unaccompanied-child' && !isChild) || (category === 'person-in-difficulty' && isChild)
  // The first field is one of the body: there an override can stand.
  const fields = ['case.category', 'identity.birth']
  if (!input.contents.has('case/request')) fields.reverse()
  return differs ? [{ check: 'category-of-another-age', fields }] : []
}

/**
 * A person who is filed for as a child and travels as an adult. A guardian's consent ends, she is asked herself, and her
 * category changes: whoever plans the journey is asked about it, before a gate closes.
 */
export function comesOfAgeBeforeTravel(input: CheckInput): Finding[] {
  const { contents, before, filedOn = todayOf(input) } = input
  const birth = birthOf(input)
  const earliest = contentAt(contents, 'case', 'request')?.wishes?.earliestOn
  const leaves = contentAt(contents, 'travel', 'itinerary')?.legs?.[0]?.departs?.slice(0, 10)
  const isAsked = contentAt(before, 'case', 'asked-anew')?.why === 'came-of-age'
  if (!birth || isAsked || newestOf(input, 'identity', 'person')?.ageDisputed) return []
  const days: readonly (readonly [string | undefined, string])[] = [
    [leaves, 'travel.legs.0.departs'],
    [earliest, 'case.wishes.earliestOn'],
  ]
  return days.flatMap(([day, field]): Finding[] =>
    day && comesOfAge(birth, filedOn, day) ? [{ check: 'comes-of-age', fields: [field] }] : [],
  )
}

const youngestParent = 12

/** The children who come along, against the person: none is of age, and none was born when she was a child herself. */
export function childrenOfPerson(input: CheckInput): Finding[] {
  const birth = birthOf(input)
  const children = contentAt(input.contents, 'contacts', 'family')?.children ?? []
  return children.flatMap((child, index): Finding[] => {
    const field = `contacts.children.${index}.bornOn`
    if (!child?.bornOn) return []
    if (birth && 'on' in birth && yearsBetween(birth.on, child.bornOn) < youngestParent)
      return [{ check: 'parent-too-young', fields: [field, 'identity.birth'] }]
    return yearsBetween(child.bornOn, todayOf(input)) >= 18
      ? [{ check: 'child-of-age', fields: [field] }]
      : []
  })
}

/** A pregnancy against sex and age. */
export function pregnancyOfPerson(input: CheckInput): Finding[] {
  if (contentAt(input.contents, 'care', 'needs')?.pregnant !== 'yes') return []
  const birth = birthOf(input)
  const isMale = newestOf(input, 'case', 'request')?.sex === 'male'
  const isSmall =
    birth !== undefined && ageBandsOf(birth, todayOf(input)).every((band) => ['0-5', '6-11'].includes(band))
  return isMale || isSmall
    ? [{ check: 'pregnant-unlikely', fields: ['care.pregnant', isMale ? 'case.sex' : 'identity.birth'] }]
    : []
}

type FactSlot = 'departure' | 'arrival' | 'handover' | 'home' | 'stay' | 'leaving' | 'handover-confirmation'
type Happened = PartOf<SlotContent<'case', 'departure'>['happened']>

/** Which facts cannot come before which, and what is asked where one does. */
const order: readonly (readonly [later: FactSlot, earlier: FactSlot, check: CheckName])[] = [
  ['arrival', 'departure', 'before-the-departure'],
  ['handover', 'departure', 'before-the-departure'],
  ['home', 'departure', 'before-the-departure'],
  ['stay', 'departure', 'before-the-departure'],
  ['home', 'arrival', 'before-the-arrival'],
  ['stay', 'arrival', 'before-the-arrival'],
  ['leaving', 'arrival', 'before-the-arrival'],
  ['leaving', 'stay', 'before-the-arrival'],
  ['handover-confirmation', 'handover', 'before-the-hand-over'],
]

/** Whether one report tells of an earlier time than another; of two of which one knows the day alone, of an earlier day. */
function isEarlier(first: Happened, second: Happened): boolean {
  if (!first.at || !second.at) return false
  const timed = first.at.includes('T') && second.at.includes('T')
  if (timed)
    return instantOf(first.at, first.zone ?? chisinau) < instantOf(second.at, second.zone ?? chisinau)
  return dayOn(first, second.zone) < dayOn(second, first.zone)
}

/** The day of a report: of a time, on the clock of the report that knows the day alone. */
function dayOn({ at = '', zone = chisinau }: Happened, clock = chisinau): string {
  return at.includes('T') ? dayIn(instantOf(at, zone), clock) : at
}

/** A fact against those that stand. Which of the two is wrong nobody knows but who reported it: so it is asked, not refused. */
export function factsInOrder({ contents, before }: CheckInput): Finding[] {
  return order.flatMap(([later, earlier, check]): Finding[] => {
    // Whichever of the two is reported now.
    const [report, stands] = contents.has(`case/${later}`) ? [later, earlier] : [earlier, later]
    const now = contentAt(contents, 'case', report)?.happened
    const then = contentAt(before, 'case', stands)?.happened
    if (!now || !then) return []
    const isWrong = report === later ? isEarlier(now, then) : isEarlier(then, now)
    return isWrong ? [{ check, fields: ['case.happened.at'] }] : []
  })
}
