import type { ApiRefusal } from '../api.ts'
import type { Visit } from '../context.ts'
import type { TextKey } from '../messages/messages.ts'
import { type Page, page, plainPage } from './page.tsx'

/** A page that says why another cannot be shown, and where to go on. */
export function trouble(visit: Visit, text: TextKey, status: NonNullable<Page['status']>) {
  const words = visit.get('words')
  return whole(visit, words(text), status, shownTo(visit))
}

/** A page for what the API refused and no form can show beside its fields. */
export function refused(visit: Visit, { problem }: ApiRefusal) {
  const text = visit.get('words').code('problem', problem.code)
  return whole(visit, text, statusOf(problem.status), shownTo(visit))
}

/** The page of somebody whose session the API ended: nothing on it is for who is signed in. */
export function signedOut(visit: Visit, { problem }: ApiRefusal) {
  return whole(visit, visit.get('words').code('problem', problem.code), 403, plainPage)
}

const shownTo = (visit: Visit) => (visit.get('me') ? page : plainPage)

function whole(visit: Visit, text: string, status: NonNullable<Page['status']>, show: typeof page) {
  const words = visit.get('words')
  return show(
    visit,
    { title: words('trouble.title'), status },
    <>
      <h1 class="govuk-heading-l">{words('trouble.title')}</h1>
      <p class="govuk-body">{text}</p>
      <p class="govuk-body">
        <a class="govuk-link" href="/desk">
          {words('trouble.home')}
        </a>
      </p>
    </>,
  )
}

const told: readonly NonNullable<Page['status']>[] = [400, 403, 404, 409, 422, 429, 503]

/** A page's status says what the API's did, as far as it means the same to a browser. */
function statusOf(status: number): NonNullable<Page['status']> {
  if (status === 412) return 409
  return told.find((one) => one === status) ?? 500
}
