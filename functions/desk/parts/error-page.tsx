import type { ApiRefusal } from '../api.ts'
import type { DeskContext } from '../context.ts'
import type { Fill, TextKey } from '../messages/messages.ts'
import { type Page, page, plainPage } from './page.tsx'

/** A page that says why another cannot be shown, with a link to go on. */
export function errorPage(
  context: DeskContext,
  text: TextKey,
  status: NonNullable<Page['status']>,
  fill: Fill = {},
) {
  const { messages } = context.var
  return errorDocument(context, messages(text, fill), status, documentFor(context))
}

/** The page for an address that leads nowhere, or to something that is not for this user. */
export const notFound = (context: DeskContext) => errorPage(context, 'trouble.notFound', 404)

/** A page for a refusal of the API that no form can show beside its fields. */
export function refusalPage(context: DeskContext, { problem }: ApiRefusal) {
  const text = context.var.messages.code('problem', problem.code)
  return errorDocument(context, text, statusOf(problem.status), documentFor(context))
}

/** The page for a user whose session the API ended. It shows nothing of the work. */
export function signedOutPage(context: DeskContext, { problem }: ApiRefusal) {
  return errorDocument(context, context.var.messages.code('problem', problem.code), 403, plainPage)
}

const documentFor = (context: DeskContext) => (context.var.me ? page : plainPage)

function errorDocument(
  context: DeskContext,
  text: string,
  status: NonNullable<Page['status']>,
  show: typeof page,
) {
  const { messages } = context.var
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

/** The status of the API's answer, if it means the same to a browser. */
function statusOf(status: number): NonNullable<Page['status']> {
  if (status === 412) return 409
  return passedOn.find((known) => known === status) ?? 500
}
