import { Hono } from 'hono'
import { isRefusedWith } from '../../api.ts'
import { type DeskEnv, placeOf, type Visit } from '../../context.ts'
import { draftIn, readDraft, saveDraft } from '../../filing/draft.ts'
import { Radios } from '../../form/choices.tsx'
import { typedAt } from '../../form/form-data.ts'
import { postedIn } from '../../form/posted.ts'
import { Button, ErrorSummary, Sending, type Wrong } from '../../form/sending.tsx'
import { colleaguesOf } from '../../parts/colleagues.ts'
import { page } from '../../parts/page.tsx'

const assigneeField = 'assignee'

/** Screen 3: a filing that somebody else of the party goes on with. */
export const hand = new Hono<DeskEnv>()
  .get('/filing/:draft/hand', (visit) => asking(visit))
  .post('/filing/:draft/hand', async (visit) => {
    const [words, me] = [visit.get('words'), visit.get('me')]
    const { typed, version } = await postedIn(visit)
    const [read, colleagues] = await Promise.all([readDraft(visit), colleaguesOf(me)])
    const assignee = colleagues.find(([user]) => user === typedAt(typed, assigneeField))
    if (!assignee) {
      const text = words('form.needed', { field: words.field([assigneeField]) })
      return asking(visit, [{ id: assigneeField, text }])
    }
    try {
      const saved = { draft: read.draft, version: version ?? read.version }
      await saveDraft(me, saved, read.typed, assignee[0])
      return visit.redirect(`/desk/filing?handed=${assignee[0]}`, 303)
    } catch (error) {
      if (!isRefusedWith(error, 'version-lost', 'version-stale')) throw error
      return asking(visit, [{ id: assigneeField, text: words.code('problem', error.problem.code) }])
    }
  })

async function asking(visit: Visit, wrongs: readonly Wrong[] = []) {
  const [words, me] = [visit.get('words'), visit.get('me')]
  const [{ version }, colleagues] = await Promise.all([readDraft(visit), colleaguesOf(me)])
  const failed = wrongs.length > 0
  return page(
    visit,
    {
      title: words('filing.hand'),
      back: `/desk/filing/${draftIn(visit)}`,
      failed,
      status: failed ? 422 : 200,
    },
    <>
      <ErrorSummary words={words} wrongs={wrongs} />
      <h1 class="govuk-heading-l">{words('filing.hand')}</h1>
      {colleagues.length === 0 ? (
        <p class="govuk-inset-text">{words('act.alone')}</p>
      ) : (
        <form method="post" action={placeOf(visit)} novalidate>
          <Sending me={me} version={version} />
          <Radios
            asking={{ words, typed: new Map(), wrongs }}
            shape={{ kind: 'line', most: 60, optional: false }}
            path={[assigneeField]}
            values={colleagues}
          />
          <Button>{words('filing.handSend')}</Button>
        </form>
      )}
    </>,
  )
}
