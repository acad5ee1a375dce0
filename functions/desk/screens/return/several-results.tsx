import type { Messages } from '../../messages/messages.ts'
import { maskedPerson } from '../../parts/returns-table.tsx'
import type { SeveralCommand } from '../../parts/several-commands.ts'
import { Table } from '../../parts/table.tsx'
import { commandAddress } from '../../return/command-pages.ts'
import type { ReturnView } from '../../return/return-head.tsx'
import type { Outcome } from '../../return/several.ts'

/** What became of a command on each of several returns: done, or why not in words. */
export function Results(props: {
  messages: Messages
  command: SeveralCommand
  outcomes: readonly Outcome[]
  seen: readonly ReturnView[]
}) {
  const { messages, command, outcomes, seen } = props
  const done = outcomes.filter(({ result }) => result === 'done').length
  const heads = ['list.reference', 'list.label', 'several.became'] as const
  return (
    <>
      <p class="govuk-body" role="status">
        {messages.count('several.done', done, { all: messages.number(outcomes.length) })}
      </p>
      <Table
        caption={messages('several.each')}
        heads={heads.map((head) => messages(head))}
        rows={outcomes.map((outcome) => {
          const line = seen.find(({ ret }) => ret === outcome.ret)
          return [
            <a class="govuk-link" href={`/desk/returns/${outcome.ret}`}>
              {line?.reference ?? messages('return.title')}
            </a>,
            maskedPerson(messages, line?.label),
            <Became messages={messages} command={command} outcome={outcome} />,
          ]
        })}
      />
    </>
  )
}

function Became(props: { messages: Messages; command: SeveralCommand; outcome: Outcome }) {
  const { messages, command, outcome } = props
  const { ret, result, problem } = outcome
  if (result === 'done') return <strong class="govuk-tag govuk-tag--green">{messages('act.done')}</strong>
  const tag = <strong class="govuk-tag govuk-tag--red">{messages(`several.${result}`)}</strong>
  if (!problem)
    return (
      <>
        {tag} {messages('several.unknownHow')}
      </>
    )
  const fields = (problem.fields ?? []).map((field) => messages.about(command).field(field.split('.')))
  const gates = (problem.gates ?? []).map(({ gate, owner }) =>
    messages('act.gate', { gate: messages.code('gate', gate), owner: messages.code('party', owner) }),
  )
  return (
    <>
      {tag} {[messages.code('problem', problem.code), ...gates, ...fields].join(' ')}{' '}
      <a class="govuk-link" href={commandAddress(ret, command)}>
        {messages('several.alone')}
      </a>
    </>
  )
}
