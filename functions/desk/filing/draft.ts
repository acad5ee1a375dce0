import type * as z from 'zod/mini'
import { draft as draftAnswer, draftVersion } from '../../../schemas/drafts.ts'
import { draftId } from '../../../schemas/texts.ts'
import { type Typed, typedAt } from '../form/typed.ts'
import type { Me, Visit } from '../visit.ts'
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

/** Saves a draft whole, on the version that its form was made from; gives the new one. */
export async function saveDraft(
  me: Me,
  { draft, version }: Pick<Draft, 'draft' | 'version'>,
  typed: Typed,
): Promise<number> {
  const body = { content: keptOf(typed), label: labelOf(typed) }
  return (await me.api.post(['drafts', draft], draftVersion, { body, version })).version
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
