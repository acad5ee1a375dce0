import { Hono } from 'hono'
import { isRefusedWith } from '../../api.ts'
import { currentAddress, type DeskContext, type DeskEnv } from '../../context.ts'
import { draftIn, readDraft, saveDraft } from '../../filing/draft.ts'
import { Radios } from '../../form/choices.tsx'
import { fieldValue } from '../../form/form-data.ts'
import { Button, ErrorSummary, type FieldError, HiddenFields } from '../../form/hidden-fields.tsx'
import { readSubmission } from '../../form/submission.ts'
import { colleaguesOf } from '../../parts/colleagues.ts'
import { page } from '../../parts/page.tsx'

const assigneeField = 'assignee'

/** Screen 3: a filing that somebody else of the party goes on with. */
export const handOverDraft = new Hono<DeskEnv>()
  .get('/filing/:draft/hand', (context) => handOverPage(context))
  .post('/filing/:draft/hand', async (context) => {
    const [messages, me] = [context.get('messages'), context.get('me')]
    const { formData, version } = await readSubmission(context)
    const [read, colleagues] = await Promise.all([readDraft(context), colleaguesOf(me)])
    const assignee = colleagues.find(([user]) => user === fieldValue(formData, assigneeField))
    if (!assignee) {
      const text = messages('form.needed', { field: messages.field([assigneeField]) })
      return handOverPage(context, [{ id: assigneeField, text }])
    }
    try {
      const saved = { draft: read.draft, version: version ?? read.version }
      await saveDraft(me, saved, read.formData, assignee[0])
      return context.redirect(`/desk/filing?handed=${assignee[0]}`, 303)
    } catch (error) {
      if (!isRefusedWith(error, 'version-lost', 'version-stale')) throw error
      return handOverPage(context, [
        { id: assigneeField, text: messages.code('problem', error.problem.code) },
      ])
    }
  })

async function handOverPage(context: DeskContext, errors: readonly FieldError[] = []) {
  const [messages, me] = [context.get('messages'), context.get('me')]
  const [{ version }, colleagues] = await Promise.all([readDraft(context), colleaguesOf(me)])
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
