import type { SignedIn } from '../../context.ts'
import { Button } from '../../form/button.tsx'
import { HiddenFields } from '../../form/hidden-fields.tsx'
import type { Messages } from '../../messages/messages.ts'
import { commandAddress } from '../../return/command-pages.ts'
import { type Actions, isChoice, type OwnStep } from '../../return/next-step.ts'
import { type GivenCommand, offers } from '../../return/offers.ts'
import type { ReturnView } from '../../return/return-head.tsx'

interface Props {
  messages: Messages
  seen: ReturnView
  actions: Actions
}

/** The one button of the page: the next step of this party; beside it what else is open for it. */
export function NextStep({ messages, me, seen, actions: { main, also } }: Props & { me: SignedIn }) {
  if (!main && also.length === 0) return null
  return (
    <section class="next no-print" aria-labelledby="next">
      <h2 class="govuk-heading-m" id="next">
        {messages('return.next')}
      </h2>
      {main ? <MainStep messages={messages} me={me} seen={seen} step={main} /> : null}
      {also.length > 0 ? <Links messages={messages} ret={seen.ret} commands={also} /> : null}
    </section>
  )
}

function MainStep(props: { messages: Messages; me: SignedIn; seen: ReturnView; step: OwnStep }) {
  const { messages, me, seen, step } = props
  const [command] = step.commands
  if (!command) return null
  return (
    <>
      {seen.withdrawals.some(({ party, answer }) => party === me.party && !answer) ? (
        <p class="govuk-body">{messages('return.askedBack')}</p>
      ) : null}
      {step.day ? (
        <p class="govuk-body">
          {messages(step.day < messages.dayOf(new Date().toISOString()) ? 'list.late' : 'return.nextBy', {
            day: messages.day(step.day),
          })}
        </p>
      ) : null}
      {offers[command].atOnce ? (
        <form method="post" action={commandAddress(seen.ret, command)}>
          <HiddenFields me={me} version={seen.version} />
          <Button>{messages.code('command', command)}</Button>
        </form>
      ) : (
        <p class="govuk-body">
          <a
            class="govuk-button"
            href={
              isChoice(step)
                ? `/desk/returns/${seen.ret}/do?step=${step.what}`
                : commandAddress(seen.ret, command)
            }
          >
            {isChoice(step) ? stepText(messages, step.what) : messages.code('command', command)}
          </a>
        </p>
      )}
    </>
  )
}

/** The name of a step that several commands can end. */
export function stepText(messages: Messages, what: OwnStep['what']): string {
  const text = messages.code('todo', what)
  return text.slice(0, 1).toLocaleUpperCase(messages.language) + text.slice(1)
}

/** All else that this person can do here, folded by group; and a link to what is rarely needed here. */
export function OtherActions({ messages, seen, actions, files }: Props & { files: boolean }) {
  const { main, also, groups, rarely } = actions
  const nothing = !main && !files && also.length + groups.length + rarely.length === 0
  return (
    <section class="no-print">
      <h2 class="govuk-heading-m">{messages('return.commands')}</h2>
      {groups.map(([group, commands]) => (
        <details class="govuk-details">
          <summary class="govuk-details__summary">
            <span class="govuk-details__summary-text">
              {messages(`return.group.${group}`)} ({messages.number(commands.length)})
            </span>
          </summary>
          <div class="govuk-details__text">
            <Links messages={messages} ret={seen.ret} commands={commands} />
          </div>
        </details>
      ))}
      {rarely.length > 0 ? (
        <p class="govuk-body">
          <a class="govuk-link" href={`/desk/returns/${seen.ret}/do`}>
            {messages('return.rarely')}
          </a>
        </p>
      ) : null}
      {nothing ? <p class="govuk-body">{messages('return.nothing')}</p> : null}
    </section>
  )
}

/** Commands as links to their forms. */
export function Links(props: { messages: Messages; ret: string; commands: readonly GivenCommand[] }) {
  const { messages, ret, commands } = props
  return (
    <ul class="govuk-list">
      {commands.map((command) => (
        <li>
          <a class="govuk-link" href={commandAddress(ret, command)}>
            {messages.code('command', command)}
          </a>
        </li>
      ))}
    </ul>
  )
}
