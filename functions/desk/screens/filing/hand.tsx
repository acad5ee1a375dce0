import { Hono } from 'hono'
import { isRefusedWith } from '../../api.ts'
import { currentAddress, type DeskContext, type DeskEnv } from '../../context.ts'
import { type Draft, draftIn, fetchDraft, sendDraft } from '../../filing/draft.ts'
import { Button } from '../../form/button.tsx'
import { Radios } from '../../form/choices.tsx'
import { ErrorSummary, type FieldError } from '../../form/error-summary.tsx'
import { fieldValue } from '../../form/form-data.ts'
import { HiddenFields } from '../../form/hidden-fields.tsx'
import { submit } from '../../form/submit.ts'
import type { Validation } from '../../form/validate.ts'
import { colleaguesOf } from '../../parts/colleagues.ts'
import { page } from '../../parts/page.tsx'

const assigneeField = 'assignee'

/** Screen 3: a filing that a colleague of the same party goes on with. */
export const handOverDraft = new Hono<DeskEnv>()
  .get('/filing/:draft/hand', (context) => handOverPage(context))
  .post('/filing/:draft/hand', (context) => {
    const { messages, me } = context.var
    return submit(context, {
      messages,
      validate: async (formData): Promise<Validation<Handover>> => {
        const [draft, colleagues] = await Promise.all([fetchDraft(context), colleaguesOf(messages, me)])
        const assignee = colleagues.find(([user]) => user === fieldValue(formData, assigneeField))?.[0]
        if (assignee) return { content: { draft, assignee }, errors: [] }
        const text = messages('form.needed', { field: messages.field([assigneeField]) })
        return { errors: [{ id: assigneeField, text }] }
      },
      send: async ({ draft, assignee }, { version }) => {
        const saved = { draft: draft.draft, version: version ?? draft.version }
        await sendDraft(me, saved, draft.formData, assignee)
        return assignee
      },
      done: (assignee) => `/desk/filing?handed=${assignee}`,
      show: ({ errors }) => handOverPage(context, errors),
      onRefusal: (refusal) => {
        if (!isRefusedWith(refusal, 'version-lost', 'version-stale')) throw refusal
        const text = messages.code('problem', refusal.problem.code)
        return handOverPage(context, [{ id: assigneeField, text }])
      },
    })
  })

interface Handover {
  draft: Draft
  assignee: string
}

async function handOverPage(context: DeskContext, errors: readonly FieldError[] = []) {
  const { messages, me } = context.var
  const [{ version }, colleagues] = await Promise.all([fetchDraft(context), colleaguesOf(messages, me)])
  const failed = errors.length > 0
  return page(
    context,
    {
      title: messages('filing.hand'),
      back: `/desk/filing/${draftIn(context)}`,
      failed,
      status: failed ? 422 : 200,
    },
    <>
      <ErrorSummary messages={messages} errors={errors} />
      <h1 class="govuk-heading-l">{messages('filing.hand')}</h1>
      {colleagues.length === 0 ? (
        <p class="govuk-inset-text">{messages('act.alone')}</p>
      ) : (
        <form method="post" action={currentAddress(context)} novalidate>
          <HiddenFields me={me} version={version} />
          <Radios
            state={{ messages, formData: new Map(), errors }}
            shape={{ kind: 'line', most: 60, optional: false }}
            path={[assigneeField]}
            values={colleagues}
          />
          <Button>{messages('filing.handSend')}</Button>
        </form>
      )}
    </>,
  )
}
