import { search, searchingKinds } from '../../../schemas/api/search.ts'
import type { PartyKind } from '../../../schemas/values/parties.ts'
import { returnId } from '../../../schemas/values/texts.ts'
import { contentIn, type FormDataMap, fieldValue, formEntriesOf } from '../form/form-data.ts'
import { shapeOf } from '../form/shape.ts'
import type { DraftOrigin } from './draft.ts'
import { personPath, personShape } from './topics.ts'

/** Where what is looked for stands on the page of a search. */
export const searchPath = ['sought'] as const
export const searchShape = shapeOf(search)

/** Whether a kind of party looks among its own returns before it begins another. */
export const maySearch = (kind: PartyKind) => (searchingKinds as readonly PartyKind[]).includes(kind)

/** The field of a form by which a filing that begins says that it comes from an alert. */
export const alertField = 'alert'

/** The field by which a filing that begins says that somebody cannot wait: six questions come first. */
export const shortField = 'short'

export function alertIn(formData: FormDataMap): DraftOrigin {
  const alert = returnId.safeParse(fieldValue(formData, alertField)).data
  return alert ? { alert } : {}
}

/** What was typed to look for somebody, as the filing of the same person asks for it: nobody has to type it twice. */
export function identityFromSearch(kind: PartyKind, formData: FormDataMap): FormDataMap {
  const sought = search.safeParse(contentIn(searchShape, formData, searchPath))
  if (!sought.success) return new Map()
  const { data } = sought
  const identity = 'document' in data ? { documents: [{ number: data.document }] } : data
  return new Map(formEntriesOf(personShape(kind), { identity }, personPath(0)))
}
