import type * as z from 'zod/mini'
import { type draft, draft as draftForm, drafts, draftVersion } from '../../schemas/api/drafts.ts'
import type { Desk, Sending } from './desk.ts'

type Draft = z.infer<typeof draft>
type Version = z.infer<typeof draftVersion>

/** What a desk does with its party's drafts; every answer is parsed in the form that the contract promises. */
export interface DraftDesk {
  begin(body: object, sending?: Sending): Promise<Version>
  list(): Promise<z.infer<typeof drafts>['drafts']>
  see(id: string): Promise<Draft>
  save(id: string, body: object, ifMatch: number): Promise<Version>
  discard(id: string, ifMatch: number): Promise<Version>
}

export function draftsOf(desk: Desk): DraftDesk {
  const base = `/v1/${desk.kind}/drafts`
  return {
    begin: async (body, sending) => draftVersion.parse(await desk.call('POST', base, body, sending)),
    list: async () => drafts.parse(await desk.call('GET', base)).drafts,
    see: async (id) => draftForm.parse(await desk.call('GET', `${base}/${id}`)),
    save: async (id, body, ifMatch) =>
      draftVersion.parse(await desk.call('POST', `${base}/${id}`, body, { ifMatch })),
    discard: async (id, ifMatch) =>
      draftVersion.parse(await desk.call('POST', `${base}/${id}/delete`, {}, { ifMatch })),
  }
}
