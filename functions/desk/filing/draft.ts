import type * as z from 'zod/mini'
import { draft as draftAnswer, draftVersion } from '../../../schemas/api/drafts.ts'
import { draftId } from '../../../schemas/values/texts.ts'
import type { Me, Visit } from '../context.ts'
import { type Typed, typedAt } from '../form/form-data.ts'
import { keptOf, typedOf } from './progress.ts'
import { personPath } from './topics.ts'

/** A draft with what was typed into it. */
export interface Draft extends Omit<z.infer<typeof draftAnswer>, 'content' | 'label'> {
  typed: Typed
}

/** The draft in the address; what cannot be one is answered by the API as any that is not known. */
export const draftIn = (visit: Visit): string => draftId.safeParse(visit.req.param('draft')).data ?? 'none'

export async function readDraft(visit: Visit): Promise<Draft> {
  const {
    content,
    label: _,
    ...rest
  } = await visit.get('me').api.get(['drafts', draftIn(visit)], draftAnswer)
  return { ...rest, typed: typedOf(content) }
}

/**
 * Saves a draft whole, on the version that its form was made from; gives the new one. `keeper`: the colleague whose work it
 * is from now on.
 */
export async function saveDraft(
  me: Me,
  { draft, version }: Pick<Draft, 'draft' | 'version'>,
  typed: Typed,
  assignee?: string,
): Promise<number> {
  const body = { content: keptOf(typed), label: labelOf(typed), ...(assignee ? { assignee } : {}) }
  return (await me.api.post(['drafts', draft], draftVersion, { body, version })).version
}

/** What a filing belongs to: the alert that it came from, or the request that its persons are added to. */
export interface Belonging {
  alert?: string
  request?: string
}

/** The names under which a draft keeps it: none of them is a field of the contract. */
const belongingNames = { alert: '_alert', request: '_request' } as const

export function belongingOf(typed: Typed): Belonging {
  const [alert, request] = [typedAt(typed, belongingNames.alert), typedAt(typed, belongingNames.request)]
  return { ...(alert ? { alert } : {}), ...(request ? { request } : {}) }
}

/** What a draft holds before anybody has looked at its pages: whom it is about as far as it was typed, and where it belongs. */
export function begun(typed: Typed, { alert, request }: Belonging = {}): Typed {
  return new Map([
    ...typed,
    ...(alert ? [[belongingNames.alert, [alert]] as const] : []),
    ...(request ? [[belongingNames.request, [request]] as const] : []),
  ])
}

/** Begins a draft. The same form sent twice begins one. */
export async function beginDraft(me: Me, typed: Typed, once: string): Promise<string> {
  const body = { content: keptOf(typed), label: labelOf(typed) }
  return (await me.api.post(['drafts'], draftVersion, { body, key: once })).draft
}

/** The mask by which lists show a draft: initials alone, as far as they were typed. */
function labelOf(typed: Typed): { initials?: string } {
  const at = (field: string) => typedAt(typed, [...personPath(0), 'identity', 'name', field].join('.'))
  const initials = [at('given'), at('family')].flatMap((name) => {
    const [first] = name
    return first ? [`${first.toUpperCase()}.`] : []
  })
  return initials.length > 0 ? { initials: initials.join(' ') } : {}
}
