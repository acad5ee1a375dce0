import type { SignedIn } from '../context.ts'
import { type FormDataMap, fieldValue } from '../form/form-data.ts'
import { recipients } from './recipients.tsx'
import { isAbroad, personPath, type Topic, topics } from './topics.ts'

/**
 * The short filing for somebody who cannot wait. What its six questions leave open is sent as not known, or as the value
 * that claims no safety, and is put right later. The list of tasks marks such a page: it still needs an answer.
 */
const assumptions: Readonly<Record<string, string>> = {
  'case.referrer': 'other',
  'case.reasons': 'other',
  'case.sex': 'not-known',
  'case.childrenAlong': '0',
  'case.reception': 'not-asked',
  'case.agreement.toReturn': 'cannot-answer',
  'case.agreement.explainedIn': 'und',
  'identity.citizenship._as': 'not-known',
  'identity.language': 'und',
  'safety.noneKnown': 'no',
  'protection.by': 'other',
  'protection.exploitation': 'not-known',
  'care.pregnant': 'not-known',
  'care.stepFree': 'no',
  'care.babyItems': 'no',
  'care.fitnessCheck': 'no',
}

const assumedName = (topic: Topic, person: number) => [...personPath(person), `_assumed-${topic}`].join('.')

/** Whether a page holds an assumption that nobody has replaced yet. */
export function isAssumed(formData: FormDataMap, topic: Topic, person: number): boolean {
  return formData.has(assumedName(topic, person))
}

/** The form data without the mark of a page, which somebody has answered now. */
export function withoutAssumption(formData: FormDataMap, topic: Topic, person: number): FormDataMap {
  return new Map([...formData].filter(([name]) => name !== assumedName(topic, person)))
}

/** The form data with an assumption for all that the short filing leaves open. `unanswered`: the topics to mark. */
export function withAssumptions(
  { kind, party: own }: Pick<SignedIn, 'kind' | 'party'>,
  formData: FormDataMap,
  person: number,
  today: string,
  unanswered: readonly Topic[],
): FormDataMap {
  const at = personPath(person).join('.')
  const named = (field: string) => `${at}.${field}`
  const [year = '', month = '', day = ''] = today.split('-')
  const learned = { _day: day, _month: month, _year: year }
  const added = [
    ...Object.entries(assumptions),
    ['case.urgency', isAbroad(kind) ? 'danger-today' : 'none'] as const,
    ...Object.entries(learned).map(([part, value]) => [`case.learnedOn.${part}`, value] as const),
    ...recipientsNotAskedAbout(own, formData, named, learned),
  ].filter(([field]) => fieldValue(formData, named(field)) === '')
  return new Map([
    ...formData,
    ...added.map(([field, value]) => [named(field), [value]] as const),
    ...topics
      .filter((topic) => unanswered.includes(topic))
      .map((topic) => [assumedName(topic, person), ['1']] as const),
  ])
}

/** Recipients that she was not asked about are not notified. */
function recipientsNotAskedAbout(
  own: string,
  formData: FormDataMap,
  named: (field: string) => string,
  today: Readonly<Record<string, string>>,
): (readonly [string, string])[] {
  const isAnswered = (at: string) => fieldValue(formData, named(`${at}.basis._as`)) !== ''
  return recipients(own).flatMap((recipient, index) => {
    const at = `case.agreement.recipients.${index}`
    const who: (readonly [string, string])[] = [
      [`${at}._row`, '1'],
      [`${at}.recipient._as`, recipient === 'figures' ? 'figures' : 'party'],
      ...(recipient === 'figures' ? [] : [[`${at}.recipient`, recipient] as const]),
    ]
    if (isAnswered(at)) return who
    return [
      ...who,
      [`${at}.basis._as`, 'none'],
      [`${at}.basis.why`, 'not-asked'],
      ...Object.entries(today).map(([part, value]) => [`${at}.basis.on.${part}`, value] as const),
    ]
  })
}
