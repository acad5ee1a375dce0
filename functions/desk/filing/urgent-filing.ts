import { bodyOf } from '../../../schemas/commands/bodies.ts'
import { waysOf } from '../../../schemas/procedure/ways.ts'
import type { LegalBasis } from '../../../schemas/values/basis.ts'
import type { SignedIn } from '../context.ts'
import { type FormDataMap, fieldValue, formEntriesOf, nameOf, parts } from '../form/form-data.ts'
import type { Path } from '../form/shape.ts'
import { type Validation, validate } from '../form/validate.ts'
import type { Messages } from '../messages/messages.ts'
import { partnerKindOf } from '../parts/parties.ts'
import { recipients } from './recipients.tsx'
import { withAssumptions } from './short-filing.ts'
import { personPath, personShape } from './topics.ts'

/**
 * The filing for somebody who is in danger today: few fields, sent at once. What they leave open is sent as not known, and is
 * put right on the return.
 */

type Filer = Pick<SignedIn, 'kind' | 'party'>

const at = (...field: readonly string[]): Path => [...personPath(0), ...field]

/** The fields of the page by their places in the filing. */
export const urgentFields = {
  wayIn: at('case', 'wayIn'),
  category: at('case', 'category'),
  country: at('case', 'country'),
  place: at('case', 'place'),
  childrenAlong: at('case', 'childrenAlong'),
  family: at('identity', 'name', 'family'),
  given: at('identity', 'name', 'given'),
  aged: at('identity', 'birth', 'aged'),
  danger: at('safety', 'dangers'),
  safeWay: at('safety', 'safeWay'),
} as const satisfies Record<string, Path>

/** The one question on who may have the data. */
export const basisField: Path = ['mayHaveData']
export const basisAnswers = ['not-asked', 'unconscious', 'agrees', 'refuses'] as const
type BasisAnswer = (typeof basisAnswers)[number]

/** The kinds of party that have to know at once; the others are asked about later. */
const notifiedAtOnce = ['iom', 'centre']

/** The legal basis of whoever has to know at once, by what the person could be asked. */
const basisFor: Readonly<Record<BasisAnswer, (on: string) => LegalBasis>> = {
  'not-asked': (since) => ({ kind: 'vital-interests', why: 'incapable', since }),
  unconscious: (since) => ({ kind: 'vital-interests', why: 'unconscious', since }),
  agrees: (on) => ({
    kind: 'consent',
    by: 'self',
    form: 'spoken',
    language: 'und',
    interpreter: false,
    on,
    purposes: ['arrange-return', 'receive', 'decide', 'assist-after'],
  }),
  refuses: (on) => ({ kind: 'none', why: 'refused', on }),
}

/** The ways in among which a party chooses. A post has none; where there is one, nobody has to choose. */
export const waysFor = ({ kind, party }: Filer) => waysOf(kind, partnerKindOf(party))

/** The whole form data of the filing: what was typed, on top of a draft if there is one, and assumptions for the rest. */
export function urgentFormData(
  me: Filer,
  typed: FormDataMap,
  before: FormDataMap,
  today: string,
): FormDataMap {
  const value = (path: Path) => fieldValue(typed, nameOf(path))
  const answer = basisAnswers.find((known) => known === value(basisField)) ?? 'not-asked'
  const ofNotified = basisFor[answer](today)
  const others: LegalBasis = { kind: 'none', why: answer === 'refuses' ? 'refused' : 'not-asked', on: today }
  const agreement = {
    recipients: recipients(me.party).map((recipient) => ({
      recipient,
      basis: notifiedAtOnce.includes(recipient.split(':')[0] ?? '') ? ofNotified : others,
    })),
  }
  const [onlyWay, ...otherWays] = waysFor(me)
  const named = value(urgentFields.family) + value(urgentFields.given) !== ''
  const fields = Object.values(urgentFields).map((path) => nameOf(path))
  const chosen: readonly (readonly [string, string])[] = [
    [nameOf(at('identity', 'name'), parts.as), named ? 'family' : 'not-known'],
    [nameOf(at('identity', 'birth'), parts.as), value(urgentFields.aged) ? 'aged' : ''],
    [nameOf(at('case', 'urgency')), 'danger-today'],
    ...(onlyWay && otherWays.length === 0 ? ([[nameOf(urgentFields.wayIn), onlyWay]] as const) : []),
  ]
  const whole = new Map<string, readonly string[]>([
    ...[...before].filter(
      ([name]) => !/\.(?:case\.agreement|identity\.(?:name|birth)|safety\.dangers)\b/.test(name),
    ),
    ...[...typed].filter(([name]) => fields.includes(name)),
    ...chosen.map(([name, text]) => [name, [text]] as const),
    ...formEntriesOf(personShape(me.kind), { case: { agreement } }, personPath(0)),
  ])
  return withAssumptions(me, whole, 0, today, [])
}

/** Checks a filing. An error of what the page does not ask stands at the nearest field that it does ask. */
export function validateUrgent(messages: Messages, me: Filer, formData: FormDataMap): Validation {
  const { content, errors } = validate(messages, bodyOf('file', me.kind), formData, personPath(0))
  return { content, errors: errors.map(({ id, text }) => ({ id: fieldOnUrgentPage(id), text })) }
}

/** The id on the page of a field that the contract or the API names. */
export function fieldOnUrgentPage(id: string): string {
  const separated = id.replaceAll('.', '-')
  const near = (...starts: readonly string[]) =>
    starts.some((start) => separated.startsWith(`persons-0-${start}`))
  const own = Object.values(urgentFields).map((path) => path.join('-'))
  if (own.includes(separated)) return separated
  if (near('case-agreement')) return basisField.join('-')
  if (near('identity-birth')) return urgentFields.aged.join('-')
  if (near('identity')) return urgentFields.family.join('-')
  if (near('safety', 'contacts')) return urgentFields.danger.join('-')
  return urgentFields.category.join('-')
}
