import { Hono } from 'hono'
import { draftVersion } from '../../../../schemas/api/drafts.ts'
import type { DeskEnv } from '../../context.ts'
import { type Draft, draftIn, fetchDraft, sendDraft } from '../../filing/draft.ts'
import { initialsIn } from '../../filing/draft-label.ts'
import { personsIn, withoutPerson } from '../../filing/progress.ts'
import { submitUnchecked } from '../../form/submit.ts'
import type { Messages } from '../../messages/messages.ts'
import { confirmPage } from '../../parts/confirm.tsx'
import { notFound } from '../../parts/error-page.tsx'

/** A draft is deleted, and a person is taken out of it, after a question. */
export const removal = new Hono<DeskEnv>()
  .get('/filing/:draft/delete', async (context) => {
    const { messages } = context.var
    const draft = await fetchDraft(context)
    return confirmPage(context, {
      title: messages('filing.deleteAsk'),
      text: messages('filing.deleteText', { who: whoIn(messages, draft) }),
      button: messages('filing.delete'),
      back: `/desk/filing/${draft.draft}`,
      version: draft.version,
    })
  })
  .post('/filing/:draft/delete', (context) => {
    const { me } = context.var
    return submitUnchecked(context, {
      send: ({ version }) =>
        me.api.post(['drafts', draftIn(context), 'delete'], draftVersion, { body: {}, version }),
      done: () => '/desk/filing?deleted=draft',
    })
  })
  .get('/filing/:draft/:person{\\d+}/remove', async (context) => {
    const { messages } = context.var
    const draft = await fetchDraft(context)
    const person = Number(context.req.param('person'))
    if (person >= personsIn(draft.formData) || personsIn(draft.formData) < 2) return notFound(context)
    const who = [messages('filing.person', { n: person + 1 }), initialsIn(draft.formData, person)]
    return confirmPage(context, {
      title: messages('filing.removeAsk'),
      text: messages('filing.removeText', { who: who.filter((text) => text).join(', ') }),
      button: messages('filing.remove'),
      back: `/desk/filing/${draft.draft}`,
      version: draft.version,
    })
  })
  .post('/filing/:draft/:person{\\d+}/remove', (context) => {
    const person = Number(context.req.param('person'))
    return submitUnchecked(context, {
      send: async ({ version }) => {
        const draft = await fetchDraft(context)
        // Of another version, the number may be somebody else's.
        const read = { draft: draft.draft, version: version ?? draft.version }
        if (personsIn(draft.formData) < 2) return draft.draft
        await sendDraft(context.var.me, read, withoutPerson(draft.formData, person))
        return draft.draft
      },
      done: (draft) => `/desk/filing/${draft}?removed=person`,
    })
  })

/** Of whom a draft is: the initials that were typed, or how many they are. */
function whoIn(messages: Messages, { formData }: Draft): string {
  const persons = personsIn(formData)
  return persons === 1
    ? (initialsIn(formData, 0) ?? messages('list.noLabel'))
    : messages.count('filing.persons', persons)
}
