import type { Me } from '../context.ts'
import { type Typed, typedAt } from '../form/form-data.ts'
import { recipients } from './recipients.tsx'
import { isAbroad, personPath, type Topic, topics } from './topics.ts'

/**
 * Somebody cannot wait: what six questions leave open is sent as not known, or as what makes nobody safe on paper alone, and is
 * put right later. Each is marked, so that the list of tasks says: this still needs an answer.
 */
const open: Readonly<Record<string, string>> = {
  'case.referrer': 'other',
  'case.reasons': 'other',
  'case.sex': 'not-known',
  'case.ageBand': 'not-known',
  'case.childrenAlong': '0',
  'case.reception': 'not-asked',
  'case.agreement.toReturn': 'cannot-answer',
  'case.agreement.explainedIn': 'ro',
  'identity.citizenship._as': 'not-known',
  'identity.language': 'ro',
  'safety.noneKnown': 'no',
  'protection.by': 'other',
  'protection.exploitation': 'not-known',
  'care.pregnant': 'not-known',
  'care.stepFree': 'no',
  'care.babyItems': 'no',
  'care.fitnessCheck': 'no',
}

const assumedName = (topic: Topic, person: number) => [...personPath(person), `_assumed-${topic}`].join('.')

/** Whether a page holds what nobody has answered yet. */
export function isAssumed(typed: Typed, topic: Topic, person: number): boolean {
  return typed.has(assumedName(topic, person))
}

/** What was typed without the mark of a page: somebody has answered it. */
export function answered(typed: Typed, topic: Topic, person: number): Typed {
  return new Map([...typed].filter(([name]) => name !== assumedName(topic, person)))
}

/** What was typed, with all that the short filing leaves open; `untold`: the topics of which nothing was told; `me`: who files. */
export function withAssumed(
  { kind, party: own }: Pick<Me, 'kind' | 'party'>,
  typed: Typed,
  person: number,
  today: string,
  untold: readonly Topic[],
): Typed {
  const at = personPath(person).join('.')
  const named = (field: string) => `${at}.${field}`
  const [year = '', month = '', day = ''] = today.split('-')
  const learned = { _day: day, _month: month, _year: year }
  const added = [
    ...Object.entries(open),
    ['case.urgency', isAbroad(kind) ? 'danger-today' : 'none'] as const,
    ...Object.entries(learned).map(([part, value]) => [`case.learnedOn.${part}`, value] as const),
    ...untoldRecipients(own, typed, named, learned),
  ].filter(([field]) => typedAt(typed, named(field)) === '')
  return new Map([
    ...typed,
    ...added.map(([field, value]) => [named(field), [value]] as const),
    ...topics
      .filter((topic) => untold.includes(topic))
      .map((topic) => [assumedName(topic, person), ['1']] as const),
  ])
}

/** Recipients that were not asked about are not told. */
function untoldRecipients(
  own: string,
  typed: Typed,
  named: (field: string) => string,
  today: Readonly<Record<string, string>>,
): (readonly [string, string])[] {
  const asked = (at: string) => typedAt(typed, named(`${at}.basis._as`)) !== ''
  return recipients(own).flatMap((recipient, index) => {
    const at = `case.agreement.recipients.${index}`
    const who: (readonly [string, string])[] = [
      [`${at}._row`, '1'],
      [`${at}.recipient._as`, recipient === 'figures' ? 'figures' : 'party'],
      ...(recipient === 'figures' ? [] : [[`${at}.recipient`, recipient] as const]),
    ]
    if (asked(at)) return who
    return [
      ...who,
      [`${at}.basis._as`, 'none'],
      [`${at}.basis.why`, 'not-asked'],
      ...Object.entries(today).map(([part, value]) => [`${at}.basis.on.${part}`, value] as const),
    ]
  })
}
