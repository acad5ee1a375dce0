import type * as z from 'zod/mini'
import { draft as draftAnswer, draftVersion } from '../../../schemas/api/drafts.ts'
import { draftId } from '../../../schemas/values/texts.ts'
import type { DeskContext, SignedIn } from '../context.ts'
import { type FormDataMap, fieldValue } from '../form/form-data.ts'
import { draftLabel } from './draft-label.ts'
import { draftContentOf, formDataOf } from './progress.ts'

/** A draft with its form data. */
export interface Draft extends Omit<z.infer<typeof draftAnswer>, 'content' | 'label'> {
  formData: FormDataMap
}

/** The id of the draft in the address. The API answers one that cannot exist like one that it does not know. */
export const draftIn = (context: DeskContext): string =>
  draftId.safeParse(context.req.param('draft')).data ?? 'none'

/** The draft in the address. */
export const fetchDraft = (context: DeskContext): Promise<Draft> =>
  draftById(context.var.me, draftIn(context))

/** Reads a draft by its id. */
export async function draftById(me: Pick<SignedIn, 'api'>, id: string): Promise<Draft> {
  const { content, label: _, ...rest } = await me.api.get(['drafts', id], draftAnswer)
  return { ...rest, formData: formDataOf(content) }
}

/**
 * Saves a whole draft on the version that its form was made from, and gives the new version. `assignee`: the colleague who
 * goes on with it.
 */
export async function sendDraft(
  me: SignedIn,
  { draft, version }: Pick<Draft, 'draft' | 'version'>,
  formData: FormDataMap,
  assignee?: string,
): Promise<number> {
  const body = {
    content: draftContentOf(formData),
    label: draftLabel(me.kind, formData),
    ...(assignee ? { assignee } : {}),
  }
  return (await me.api.post(['drafts', draft], draftVersion, { body, version })).version
}

/** Where a filing comes from: an alert, or a request to which its persons are added. */
export interface DraftOrigin {
  alert?: string
  request?: string
}

/** The names of the origin in a draft. None of them is a field of the contract. */
const originFields = { alert: '_alert', request: '_request' } as const

export function draftOriginOf(formData: FormDataMap): DraftOrigin {
  const [alert, request] = [
    fieldValue(formData, originFields.alert),
    fieldValue(formData, originFields.request),
  ]
  return { ...(alert ? { alert } : {}), ...(request ? { request } : {}) }
}

/** The form data of a new draft: what was typed in the search, and where the draft comes from. */
export function newDraftData(formData: FormDataMap, { alert, request }: DraftOrigin = {}): FormDataMap {
  return new Map([
    ...formData,
    ...(alert ? [[originFields.alert, [alert]] as const] : []),
    ...(request ? [[originFields.request, [request]] as const] : []),
  ])
}

/** Begins a draft. A form that is sent twice begins one draft. */
export async function postDraft(
  me: SignedIn,
  formData: FormDataMap,
  key: string | undefined,
): Promise<string> {
  const body = { content: draftContentOf(formData), label: draftLabel(me.kind, formData) }
  return (await me.api.post(['drafts'], draftVersion, { body, key })).draft
}
