import { randomUUID } from 'node:crypto'
import { type SignedIn, ticketField, userField } from '../context.ts'

/** The field with the form's own key. It becomes the API's `Idempotency-Key`: a form sent twice is done once. */
export const idempotencyField = 'once'
/** The field with the version of the return, draft or list that the form was made from. It becomes `If-Match`. */
export const versionField = 'version'

/** The hidden fields of every form: its user and the session's ticket, its own key, and the version that it was made from. */
export function HiddenFields({
  me,
  idempotencyKey,
  version,
}: {
  me: SignedIn
  idempotencyKey?: string | undefined
  version?: number | undefined
}) {
  return (
    <>
      <input type="hidden" name={userField} value={me.user} />
      <input type="hidden" name={ticketField} value={me.ticket} />
      <input type="hidden" name={idempotencyField} value={idempotencyKey ?? randomUUID()} />
      {version === undefined ? null : <input type="hidden" name={versionField} value={String(version)} />}
    </>
  )
}
