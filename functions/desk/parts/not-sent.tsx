import { currentAddress, type DeskContext, ticketField, userField } from '../context.ts'
import { Button } from '../form/button.tsx'
import { parts } from '../form/form-data.ts'
import { idempotencyField, versionField } from '../form/hidden-fields.tsx'
import { plainPage } from './page.tsx'

/** Fields of a form that nobody types into. */
const ownFields: readonly string[] = [
  userField,
  ticketField,
  idempotencyField,
  versionField,
  'again',
  'more',
  'less',
]

/**
 * The page for a form that could neither be sent nor saved: nobody is signed in, and nothing shows any more for whom the form
 * was made. It gives back all that was typed, to send it again after a sign-in in another window.
 */
export function notSentPage(context: DeskContext, sent: URLSearchParams) {
  const { messages } = context.var
  const typed = [...sent].filter(([name, value]) => !ownFields.includes(name) && isText(name, value))
  return plainPage(
    context,
    { title: messages('notSent.title'), status: 403, failed: true },
    <>
      <h1 class="govuk-heading-l">{messages('notSent.title')}</h1>
      <p class="govuk-body">{messages('notSent.text')}</p>
      <p class="govuk-body">
        <a class="govuk-button govuk-button--secondary" href="/desk" target="_blank" rel="noopener">
          {messages('notSent.signIn')}
        </a>
      </p>
      <form method="post" action={currentAddress(context)}>
        {[...sent].map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <Button>{messages('notSent.again')}</Button>
      </form>
      {typed.length > 0 ? <h2 class="govuk-heading-m">{messages('notSent.typed')}</h2> : null}
      <dl class="facts">
        {typed.map(([name, value]) => (
          <div>
            <dt>{messages.field(name.split('.').filter((step) => !step.startsWith('_')))}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>,
  )
}

/** Whether somebody typed a value: what is chosen or counted by the page is a code. */
const isText = (name: string, value: string) =>
  value.trim() !== '' && !name.endsWith(parts.row) && !/^[a-z0-9:-]*$/.test(value)
