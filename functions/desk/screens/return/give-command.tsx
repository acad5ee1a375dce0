import { Hono } from 'hono'
import { commandAnswer } from '../../../../schemas/api/answers.ts'
import { bodyOf } from '../../../../schemas/commands/bodies.ts'
import type { CommandName } from '../../../../schemas/commands/commands.ts'
import { isApiRefusal, type Problem } from '../../api.ts'
import { currentAddress, type DeskContext, type DeskEnv, pageFormId } from '../../context.ts'
import { errorsFrom } from '../../form/errors.ts'
import { Fields } from '../../form/fields.tsx'
import type { FormDataMap } from '../../form/form-data.ts'
import { Button, ErrorSummary, type FieldError, HiddenFields } from '../../form/hidden-fields.tsx'
import type { Shape } from '../../form/shape.ts'
import { readSubmission } from '../../form/submission.ts'
import { formShape, validate } from '../../form/validate.ts'
import { colleaguesOf } from '../../parts/colleagues.ts'
import { errorPage } from '../../parts/error-page.tsx'
import { RefusalSummary, Warnings } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'
import { startingWhereLastLegEnds } from '../../return/legs.ts'
import { readReturn } from '../../return/read-return.ts'
import { ReturnHead, type ReturnView } from '../../return/return-head.tsx'
import { commandIn, partiesFor, targetsOf } from './commands.ts'

interface Shown {
  command: CommandName
  seen: ReturnView
  formData?: FormDataMap
  errors?: readonly FieldError[]
  problem?: Problem
  idempotencyKey?: string
  focusId?: string | undefined
}

/** One command on a return: its form is the contract's, whatever the command. */
export const giveCommand = new Hono<DeskEnv>()
  .get('/returns/:ret/do/:command', async (context) => {
    const command = commandIn(context.get('me').kind, context.req.param('command'))
    if (!command) return errorPage(context, 'trouble.notFound', 404)
    return form(context, {
      command,
      seen: await readReturn(context),
      formData: chosenBefore(context, command),
    })
  })
  .post('/returns/:ret/do/:command', async (context) => {
    const [messages, me] = [context.get('messages'), context.get('me')]
    const command = commandIn(me.kind, context.req.param('command'))
    if (!command) return errorPage(context, 'trouble.notFound', 404)
    const { formData, idempotencyKey, version, again, focusId } = await readSubmission(context)
    if (again)
      return form(context, {
        command,
        seen: await readReturn(context),
        formData: startingWhereLastLegEnds(again),
        idempotencyKey,
        focusId,
      })
    const { content, errors } = validate(messages.about(command), bodyOf(command, me.kind), formData)
    if (errors.length > 0)
      return form(context, { command, seen: await readReturn(context), formData, errors, idempotencyKey })
    const { ret } = context.req.param()
    try {
      await me.api.post(['returns', ret, 'commands', command], commandAnswer, {
        body: content,
        key: idempotencyKey,
        version,
      })
      return context.redirect(`/desk/returns/${ret}?done=${command}`, 303)
    } catch (error) {
      if (!isApiRefusal(error)) throw error
      const { problem } = error
      // Read anew: the form carries on from what is true now, with all that was typed.
      const seen = await readReturn(context)
      return form(context, {
        command,
        seen,
        formData,
        errors: errorsFrom(messages.about(command), problem.fields ?? []),
        problem,
      })
    }
  })

/** From whom consent is taken back was chosen on the page before, which said what that stops. */
function chosenBefore(context: DeskContext, command: CommandName): FormDataMap {
  const from = context.req.query('from')
  return new Map(command === 'withdraw' && from ? [['case.recipient', [from]]] : [])
}

async function form(
  context: DeskContext,
  { command, seen, formData = new Map(), errors = [], problem, idempotencyKey, focusId }: Shown,
) {
  const [messages, me] = [context.get('messages'), context.get('me')]
  const shape = formShape(bodyOf(command, me.kind))
  const state = {
    messages: messages.about(command),
    unframed: unframedIn(shape),
    formData,
    errors,
    focusId,
    parties: partiesFor(messages, me, command, seen),
    choices: new Map([
      ...targetsOf(messages, me, seen),
      ...(command === 'assign' ? [['user', await colleaguesOf(me)] as const] : []),
    ]),
  }
  const isAlone = command === 'assign' && state.choices.get('user')?.length === 0
  const failed = errors.length > 0 || problem !== undefined
  return page(
    context,
    {
      title: messages.code('command', command),
      back: `/desk/returns/${seen.ret}`,
      failed,
      hasForm: true,
      status: failed ? 422 : 200,
    },
    <>
      <RefusalSummary messages={messages} problem={problem} />
      <ErrorSummary messages={messages} errors={errors} />
      <h1 class="govuk-heading-l">{messages.code('command', command)}</h1>
      <ReturnHead messages={messages} seen={seen} />
      <form id={pageFormId} method="post" action={currentAddress(context)} novalidate>
        <HiddenFields me={me} idempotencyKey={idempotencyKey} version={seen.version} />
        <Warnings messages={state.messages} problem={problem} formData={formData} />
        {isAlone ? (
          <p class="govuk-inset-text">{messages('act.alone')}</p>
        ) : (
          <>
            <Fields state={state} shape={shape} path={[]} />
            <Button>{messages('form.send')}</Button>
          </>
        )}
      </form>
    </>,
  )
}

/** Of a body, the one class that has to be told: its fields need no frame of their own. */
function unframedIn(shape: Shape): string | undefined {
  const groups = shape.kind === 'group' ? shape.members.filter((member) => member.shape.kind === 'group') : []
  const [first, ...more] = groups.filter((group) => !group.shape.optional)
  return more.length === 0 ? first?.name : undefined
}
