import type { ApiRefusal } from '../api.ts'
import type { DeskContext } from '../context.ts'
import type { TextKey } from '../messages/messages.ts'
import { type Page, page, plainPage } from './page.tsx'

/** A page that says why another cannot be shown, and where to go on. */
export function errorPage(context: DeskContext, text: TextKey, status: NonNullable<Page['status']>) {
  const messages = context.get('messages')
  return errorDocument(context, messages(text), status, documentFor(context))
}

/** A page for what the API refused and no form can show beside its fields. */
export function refusalPage(context: DeskContext, { problem }: ApiRefusal) {
  const text = context.get('messages').code('problem', problem.code)
  return errorDocument(context, text, statusOf(problem.status), documentFor(context))
}

/** The page of somebody whose session the API ended: nothing on it is for who is signed in. */
export function signedOutPage(context: DeskContext, { problem }: ApiRefusal) {
  return errorDocument(context, context.get('messages').code('problem', problem.code), 403, plainPage)
}

const documentFor = (context: DeskContext) => (context.get('me') ? page : plainPage)

function errorDocument(
  context: DeskContext,
  text: string,
  status: NonNullable<Page['status']>,
  show: typeof page,
) {
  const messages = context.get('messages')
  return show(
    context,
    { title: messages('trouble.title'), status },
    <>
      <h1 class="govuk-heading-l">{messages('trouble.title')}</h1>
      <p class="govuk-body">{text}</p>
      <p class="govuk-body">
        <a class="govuk-link" href="/desk">
          {messages('trouble.home')}
        </a>
      </p>
    </>,
  )
}

const passedOn: readonly NonNullable<Page['status']>[] = [400, 403, 404, 409, 422, 429, 503]

/** A page's status says what the API's did, as far as it means the same to a browser. */
function statusOf(status: number): NonNullable<Page['status']> {
  if (status === 412) return 409
  return passedOn.find((known) => known === status) ?? 500
}
