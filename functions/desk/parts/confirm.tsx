import type { Child } from 'hono/jsx'
import { currentAddress, type DeskContext } from '../context.ts'
import { Button } from '../form/button.tsx'
import { HiddenFields } from '../form/hidden-fields.tsx'
import { page } from './page.tsx'

interface Confirm {
  /** The question: what will be gone. */
  title: string
  /** What happens, and what stays. */
  text: string
  /** What the button does. */
  button: string
  /** Where to go if it is not wanted. */
  back: string
  version?: number | undefined
  children?: Child
}

/** Asks before something is removed. Nothing is removed by the page itself: only its button sends anything. */
export function confirmPage(context: DeskContext, { title, text, button, back, version, children }: Confirm) {
  const { messages, me } = context.var
  return page(
    context,
    { title, back },
    <>
      <h1 class="govuk-heading-l">{title}</h1>
      <p class="govuk-body">{text}</p>
      <form method="post" action={currentAddress(context)} novalidate>
        <HiddenFields me={me} version={version} />
        {children}
        <div class="govuk-button-group">
          <Button kind="warning">{button}</Button>
          <a class="govuk-link" href={back}>
            {messages('form.keep')}
          </a>
        </div>
      </form>
    </>,
  )
}
