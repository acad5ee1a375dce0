import { Hono } from 'hono'
import { commanded } from '../../../../schemas/api/answers.ts'
import { bodyOf } from '../../../../schemas/commands/bodies.ts'
import type { CommandName } from '../../../../schemas/commands/commands.ts'
import { isApiRefusal, type Problem } from '../../api.ts'
import { type DeskEnv, placeOf, typedForm, type Visit } from '../../context.ts'
import { wrongsFrom } from '../../form/errors.ts'
import { Fields } from '../../form/fields.tsx'
import type { Typed } from '../../form/form-data.ts'
import { postedIn } from '../../form/posted.ts'
import { Button, ErrorSummary, Sending, type Wrong } from '../../form/sending.tsx'
import type { Shape } from '../../form/shape.ts'
import { askedBy, judge } from '../../form/validate.ts'
import { colleaguesOf } from '../../parts/colleagues.ts'
import { trouble } from '../../parts/error-page.tsx'
import { Refused, Warnings } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'
import { ReturnHead, type Seen } from '../../parts/return-head.tsx'
import { goingOn } from '../travel/legs.ts'
import { choosable, commandIn, pointed } from './commands.ts'
import { readSeen } from './reading.ts'

interface Shown {
  command: CommandName
  seen: Seen
  typed?: Typed
  wrongs?: readonly Wrong[]
  problem?: Problem
  once?: string
  goesOn?: string | undefined
}

/** One command on a return: its form is the contract's, whatever the command. */
export const act = new Hono<DeskEnv>()
  .get('/returns/:ret/do/:command', async (visit) => {
    const command = commandIn(visit.get('me').kind, visit.req.param('command'))
    if (!command) return trouble(visit, 'trouble.notFound', 404)
    return form(visit, { command, seen: await readSeen(visit), typed: chosenBefore(visit, command) })
  })
  .post('/returns/:ret/do/:command', async (visit) => {
    const [words, me] = [visit.get('words'), visit.get('me')]
    const command = commandIn(me.kind, visit.req.param('command'))
    if (!command) return trouble(visit, 'trouble.notFound', 404)
    const { typed, once, version, rows, goesOn } = await postedIn(visit)
    if (rows) return form(visit, { command, seen: await readSeen(visit), typed: goingOn(rows), once, goesOn })
    const { content, wrongs } = judge(words.about(command), bodyOf(command, me.kind), typed)
    if (wrongs.length > 0) return form(visit, { command, seen: await readSeen(visit), typed, wrongs, once })
    const { ret } = visit.req.param()
    try {
      await me.api.post(['returns', ret, 'commands', command], commanded, {
        body: content,
        key: once,
        version,
      })
      return visit.redirect(`/desk/returns/${ret}?done=${command}`, 303)
    } catch (error) {
      if (!isApiRefusal(error)) throw error
      const { problem } = error
      // Read anew: the form carries on from what is true now, with all that was typed.
      const told = await readSeen(visit)
      return form(visit, {
        command,
        seen: told,
        typed,
        wrongs: wrongsFrom(words.about(command), problem.fields ?? []),
        problem,
      })
    }
  })

/** From whom consent is taken back was chosen on the page before, which said what that stops. */
function chosenBefore(visit: Visit, command: CommandName): Typed {
  const from = visit.req.query('from')
  return new Map(command === 'withdraw' && from ? [['case.recipient', [from]]] : [])
}

async function form(
  visit: Visit,
  { command, seen: told, typed = new Map(), wrongs = [], problem, once, goesOn }: Shown,
) {
  const [words, me] = [visit.get('words'), visit.get('me')]
  const shape = askedBy(bodyOf(command, me.kind))
  const asking = {
    words: words.about(command),
    flat: flatIn(shape),
    typed,
    wrongs,
    goesOn,
    parties: choosable(words, me, command, told),
    targets: new Map([
      ...pointed(words, me, told),
      ...(command === 'assign' ? [['user', await colleaguesOf(me)] as const] : []),
    ]),
  }
  const isAlone = command === 'assign' && asking.targets.get('user')?.length === 0
  const failed = wrongs.length > 0 || problem !== undefined
  return page(
    visit,
    {
      title: words.code('command', command),
      back: `/desk/returns/${told.ret}`,
      failed,
      typed: true,
      status: failed ? 422 : 200,
    },
    <>
      <Refused words={words} problem={problem} />
      <ErrorSummary words={words} wrongs={wrongs} />
      <h1 class="govuk-heading-l">{words.code('command', command)}</h1>
      <ReturnHead words={words} seen={told} />
      <form id={typedForm} method="post" action={placeOf(visit)} novalidate>
        <Sending me={me} once={once} version={told.version} />
        <Warnings words={asking.words} problem={problem} typed={typed} />
        {isAlone ? (
          <p class="govuk-inset-text">{words('act.alone')}</p>
        ) : (
          <>
            <Fields asking={asking} shape={shape} path={[]} />
            <Button>{words('form.send')}</Button>
          </>
        )}
      </form>
    </>,
  )
}

/** Of a body, the one class that has to be told: its fields need no frame of their own. */
function flatIn(shape: Shape): string | undefined {
  const groups = shape.kind === 'group' ? shape.members.filter((member) => member.shape.kind === 'group') : []
  const [first, ...more] = groups.filter((group) => !group.shape.optional)
  return more.length === 0 ? first?.name : undefined
}
