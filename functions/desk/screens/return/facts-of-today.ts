import { bodyOf } from '../../../../schemas/commands/bodies.ts'
import type { CommandName } from '../../../../schemas/commands/commands.ts'
import { chisinau } from '../../../../schemas/values/clocks.ts'
import type { DeskContext, SignedIn } from '../../context.ts'
import { type FormDataMap, formEntriesOf } from '../../form/form-data.ts'
import type { Path, Shape } from '../../form/shape.ts'
import { formShape } from '../../form/validate.ts'

/** Days on which something was said or done: most are reported on the day itself. */
const factDays: readonly string[] = ['at', 'on']

/** The form of a command in which what is reported happened today, until the user says another day. */
export function factsOfToday(context: DeskContext, command: CommandName): FormDataMap {
  const { me, messages } = context.var
  const today = messages.dayOf(new Date().toISOString())
  return new Map(daysIn(formShape(bodyOf(command, me.kind)), today))
}

/** The entries of the days that a section reports: its own `on`, and the `at` of what happened. */
function daysIn(shape: Shape, today: string, path: Path = []): ReturnType<typeof formEntriesOf> {
  if (shape.kind === 'group' && !shape.optional)
    return shape.members.flatMap(({ name, shape: member }) => daysIn(member, today, [...path, name]))
  const isFactDay = (shape.kind === 'day' || shape.kind === 'moment') && !shape.optional
  return isFactDay && path.length > 1 && factDays.includes(path.at(-1) ?? '')
    ? formEntriesOf(shape, today, path)
    : []
}

/** Commands about what happens in Moldova, whoever tells it. */
const atHome: readonly CommandName[] = [
  'arrive',
  'hand-over',
  'confirm-handover',
  'refer-home',
  'admit',
  'leave-centre',
]

/** The clock on which a command tells a time: that of Moldova for what happens there. The Centre is never asked for it. */
export function clockOf(
  { kind }: Pick<SignedIn, 'kind'>,
  command: CommandName,
): { zone: string; asks: boolean } | undefined {
  if (kind === 'centre') return { zone: chisinau, asks: false }
  return atHome.includes(command) ? { zone: chisinau, asks: true } : undefined
}
