import { Hono } from 'hono'
import { commandAnswer } from '../../../../schemas/api/answers.ts'
import { bodyOf } from '../../../../schemas/commands/bodies.ts'
import type { CommandName } from '../../../../schemas/commands/commands.ts'
import { currentAddress, type DeskContext, type DeskEnv, pageFormId } from '../../context.ts'
import { Button } from '../../form/button.tsx'
import { ErrorSummary } from '../../form/error-summary.tsx'
import type { FormDataMap } from '../../form/form-data.ts'
import { HiddenFields } from '../../form/hidden-fields.tsx'
import type { Shape } from '../../form/shape.ts'
import { type FormAttempt, outcomeOf, submit } from '../../form/submit.ts'
import { formShape, validate } from '../../form/validate.ts'
import { colleaguesOf } from '../../parts/colleagues.ts'
import { notFound } from '../../parts/error-page.tsx'
import { RefusalSummary, Warnings } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'
import { commandAddress, hasOwnPage } from '../../return/command-pages.ts'
import { fetchReturn, returnIdIn } from '../../return/read-return.ts'
import { ReturnHead } from '../../return/return-head.tsx'
import { commandIn, partiesFor, targetsOf } from './commands.ts'
import { clockOf, factsOfToday } from './facts-of-today.ts'
import { layoutOf } from './layouts.ts'

/** One command on a return. Its form comes from the contract, whatever the command. */
export const commandScreen = new Hono<DeskEnv>()
  .get('/returns/:ret/do/:command', (context) => {
    const command = commandIn(context.var.me.kind, context.req.param('command'))
    if (!command) return notFound(context)
    const chosen = chosenBefore(context, command)
    if (hasOwnPage(command) && chosen.size === 0)
      return context.redirect(commandAddress(returnIdIn(context), command), 303)
    return commandPage(context, command, {
      formData: new Map([...factsOfToday(context, command), ...chosen]),
    })
  })
  .post('/returns/:ret/do/:command', (context) => {
    const { me } = context.var
    const command = commandIn(me.kind, context.req.param('command'))
    if (!command) return notFound(context)
    const { ret } = context.req.param()
    const messages = context.var.messages.about(command)
    return submit(context, {
      messages,
      validate: (formData) => validate(messages, bodyOf(command, me.kind), layoutOf(command).typed(formData)),
      send: (body, { key, version }) =>
        me.api.post(['returns', ret, 'commands', command], commandAnswer, { body, key, version }),
      done: () => `/desk/returns/${ret}?done=${command}`,
      // The return is read anew: the form goes on from what is true now, with all that was typed.
      show: (attempt) => commandPage(context, command, attempt),
      showAgain: (again, { key, focusId }) =>
        commandPage(context, command, {
          formData: again,
          idempotencyKey: key,
          focusId,
        }),
    })
  })

/** From whom consent is taken back: it was chosen on the page before, which said what that stops. */
function chosenBefore(context: DeskContext, command: CommandName): FormDataMap {
  const from = context.req.query('from')
  if (command === 'withdraw' && from) return new Map([['case.recipient', [from]]])
  // The person has another return, and this one is void.
  const isDuplicate = command === 'cancel' && context.req.query('reason') === 'duplicate'
  return new Map(isDuplicate ? [['case.reason', ['duplicate']]] : [])
}

async function commandPage(context: DeskContext, command: CommandName, attempt: FormAttempt) {
  const { messages, me } = context.var
  const { formData = new Map(), errors = [], problem, idempotencyKey, focusId } = attempt
  const seen = await fetchReturn(context)
  const shape = formShape(bodyOf(command, me.kind))
  const colleagues = command === 'assign' ? await colleaguesOf(messages, me) : undefined
  const about = messages.about(command)
  const { Layout } = layoutOf(command)
  return page(
    context,
    {
      title: messages.code('command', command),
      back: `/desk/returns/${seen.ret}`,
      hasForm: true,
      ...outcomeOf(attempt),
    },
    <>
      <RefusalSummary messages={messages} problem={problem} />
      <ErrorSummary messages={messages} errors={errors} />
      <h1 class="govuk-heading-l">{messages.code('command', command)}</h1>
      <ReturnHead messages={messages} seen={seen} />
      <form id={pageFormId} method="post" action={currentAddress(context)} novalidate>
        <HiddenFields me={me} idempotencyKey={idempotencyKey} version={seen.version} />
        <Warnings messages={about} problem={problem} formData={formData} />
        {colleagues?.length === 0 ? (
          <p class="govuk-inset-text">{messages('act.alone')}</p>
        ) : (
          <>
            <Layout
              state={{
                messages: about,
                unframed: unframedIn(shape),
                formData,
                errors,
                focusId,
                clock: clockOf(me, command),
                parties: partiesFor(messages, me, command, seen),
                choices: new Map([
                  ...targetsOf(messages, me, seen),
                  ...(colleagues ? [['user', colleagues] as const] : []),
                ]),
              }}
              shape={shape}
            />
            <Button>{messages('form.send')}</Button>
          </>
        )}
      </form>
    </>,
  )
}

/** The one class that a body requires: its fields need no frame. */
function unframedIn(shape: Shape): string | undefined {
  const groups = shape.kind === 'group' ? shape.members.filter((member) => member.shape.kind === 'group') : []
  const [first, ...more] = groups.filter((group) => !group.shape.optional)
  return more.length === 0 ? first?.name : undefined
}
