import { search } from '../../../schemas/api/search.ts'
import type { PartyKind } from '../../../schemas/values/parties.ts'
import { returnId } from '../../../schemas/values/texts.ts'
import { contentIn, type FormDataMap, fieldValue, formEntriesOf } from '../form/form-data.ts'
import { type Shape, shapeOf } from '../form/shape.ts'
import type { DraftOrigin } from './draft.ts'
import { personPath, personShape } from './topics.ts'

/** The path of the search terms on their page. */
export const searchPath = ['sought'] as const
/** What is asked before a filing: whole names, never their beginning, which the find box takes. */
export const searchShape = withoutFamilyStart(shapeOf(search))

function withoutFamilyStart(shape: Shape): Shape {
  if (shape.kind !== 'union') return shape
  return { ...shape, options: shape.options.filter(({ tag }) => tag !== 'family') }
}

/** The field that names the alert from which a filing comes. */
export const alertField = 'alert'

/** The field that begins a filing with the six questions of the short filing. */
export const shortField = 'short'

export function alertIn(formData: FormDataMap): DraftOrigin {
  const alert = returnId.safeParse(fieldValue(formData, alertField)).data
  return alert ? { alert } : {}
}

/** The search terms as form data of the filing, so that nobody has to type them twice. */
export function identityFromSearch(kind: PartyKind, formData: FormDataMap): FormDataMap {
  const sought = search.safeParse(contentIn(searchShape, formData, searchPath))
  if (!sought.success) return new Map()
  const { data } = sought
  const identity =
    'document' in data
      ? { documents: [{ number: data.document }] }
      : 'family' in data
        ? { name: { family: data.family } }
        : data
  return new Map(formEntriesOf(personShape(kind), { identity }, personPath(0)))
}
