import type * as z from 'zod/mini'
import { draft as draftAnswer, draftVersion } from '../../../schemas/api/drafts.ts'
import { draftId } from '../../../schemas/values/texts.ts'
import type { DeskContext, SignedIn } from '../context.ts'
import { type FormDataMap, fieldValue } from '../form/form-data.ts'
import { draftContentOf, formDataOf } from './progress.ts'
import { personPath } from './topics.ts'

/** A draft with what was typed into it. */
export interface Draft extends Omit<z.infer<typeof draftAnswer>, 'content' | 'label'> {
  formData: FormDataMap
}

/** The draft in the address; what cannot be one is answered by the API as any that is not known. */
export const draftIn = (context: DeskContext): string =>
  draftId.safeParse(context.req.param('draft')).data ?? 'none'

export async function readDraft(context: DeskContext): Promise<Draft> {
  const {
    content,
    label: _,
    ...rest
  } = await context.var.me.api.get(['drafts', draftIn(context)], draftAnswer)
  return { ...rest, formData: formDataOf(content) }
}

/**
 * Saves a draft whole, on the version that its form was made from; gives the new one. `keeper`: the colleague whose work it
 * is from now on.
 */
export async function saveDraft(
  me: SignedIn,
  { draft, version }: Pick<Draft, 'draft' | 'version'>,
  formData: FormDataMap,
  assignee?: string,
): Promise<number> {
  const body = {
    content: draftContentOf(formData),
    label: labelOf(formData),
    ...(assignee ? { assignee } : {}),
  }
  return (await me.api.post(['drafts', draft], draftVersion, { body, version })).version
}

/** What a filing belongs to: the alert that it came from, or the request that its persons are added to. */
export interface DraftOrigin {
  alert?: string
  request?: string
}

/** The names under which a draft keeps it: none of them is a field of the contract. */
const originFields = { alert: '_alert', request: '_request' } as const

export function draftOriginOf(formData: FormDataMap): DraftOrigin {
  const [alert, request] = [
    fieldValue(formData, originFields.alert),
    fieldValue(formData, originFields.request),
  ]
  return { ...(alert ? { alert } : {}), ...(request ? { request } : {}) }
}

/** What a draft holds before anybody has looked at its pages: whom it is about as far as it was typed, and where it belongs. */
export function newDraftData(formData: FormDataMap, { alert, request }: DraftOrigin = {}): FormDataMap {
  return new Map([
    ...formData,
    ...(alert ? [[originFields.alert, [alert]] as const] : []),
    ...(request ? [[originFields.request, [request]] as const] : []),
  ])
}

/** Begins a draft. The same form sent twice begins one. */
export async function beginDraft(
  me: SignedIn,
  formData: FormDataMap,
  key: string | undefined,
): Promise<string> {
  const body = { content: draftContentOf(formData), label: labelOf(formData) }
  return (await me.api.post(['drafts'], draftVersion, { body, key })).draft
}

/** The mask by which lists show a draft: initials alone, as far as they were typed. */
function labelOf(formData: FormDataMap): { initials?: string } {
  const at = (field: string) => fieldValue(formData, [...personPath(0), 'identity', 'name', field].join('.'))
  const initials = [at('given'), at('family')].flatMap((name) => {
    const [first] = name
    return first ? [`${first.toUpperCase()}.`] : []
  })
  return initials.length > 0 ? { initials: initials.join(' ') } : {}
}
