import type { Phase } from '../../../schemas/procedure/phases.ts'
import type { SignedIn } from '../context.ts'
import { Button } from '../form/button.tsx'
import type { Messages } from '../messages/messages.ts'
import { severalOf } from './several-commands.ts'

/** The id of the form that the boxes of a page belong to, wherever on the page they stand. */
const formId = 'several'
/** The fields of its address: what is done, and for which returns. */
export const severalFields = { command: 'do', ret: 'ret' } as const

interface Line {
  ret: string
  reference: string
  phase: Phase
}

/** A box to choose a return for what is done for several at once. */
export function SeveralBox({
  messages,
  line,
}: {
  messages: Messages
  line: Pick<Line, 'ret' | 'reference'>
}) {
  return (
    <input
      type="checkbox"
      class="pick no-print"
      form={formId}
      name={severalFields.ret}
      value={line.ret}
      aria-label={messages('several.choose', { reference: line.reference })}
    />
  )
}

/** Whether a page with these returns offers anything for several of them. */
export const offersSeveral = ({ kind }: Pick<SignedIn, 'kind'>, lines: readonly Pick<Line, 'phase'>[]) =>
  lines.length > 1 &&
  severalOf(
    kind,
    lines.map(({ phase }) => phase),
  ).length > 0

/** What is done for the returns that are chosen. It leads to the form, and changes nothing. */
export function SeveralForm(props: { messages: Messages; me: SignedIn; lines: readonly Line[] }) {
  const { messages, me, lines } = props
  if (!offersSeveral(me, lines)) return null
  const commands = severalOf(
    me.kind,
    lines.map(({ phase }) => phase),
  )
  return (
    <form id={formId} method="get" action="/desk/several" class="filter no-print">
      <div class="govuk-form-group">
        <label class="govuk-label" for="several-do">
          {messages('several.forChosen')}
        </label>
        <select class="govuk-select" id="several-do" name={severalFields.command}>
          {commands.map((command) => (
            <option value={command}>{messages.code('command', command)}</option>
          ))}
        </select>
      </div>
      <Button kind="secondary">{messages('several.goOn')}</Button>
    </form>
  )
}
