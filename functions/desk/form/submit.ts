import { type ApiRefusal, isApiRefusal, isRefusedWith, type Problem } from '../api.ts'
import type { DeskContext } from '../context.ts'
import type { Messages } from '../messages/messages.ts'
import type { FieldError } from './error-summary.tsx'
import { errorsOfProblem } from './errors.ts'
import type { FormDataMap } from './form-data.ts'
import { readSubmission, type Submission } from './submission.ts'
import type { Validation } from './validate.ts'

/** What a page shows of a form that was sent and not accepted, or that is shown again. */
export interface FormAttempt {
  /** What was typed. Without it nobody has typed yet, and the page fills the form in by itself. */
  formData?: FormDataMap
  errors?: readonly FieldError[]
  /** Why the API refused. */
  problem?: Problem
  /** The key of the form, while it is the same form. After a refusal the form gets a new one. */
  idempotencyKey?: string
  /** The version that the form was made from, while it is the same form. */
  version?: number | undefined
  /** The id of the field in which the user goes on. */
  focusId?: string | undefined
}

type Page = Response | Promise<Response>
/** The address to go to, or a page. */
type Done = string | Response | Promise<string | Response>

/** What differs between the forms that are sent as they are: those of a button alone, and drafts. */
export interface UncheckedSubmit<Result> {
  send: (submission: Submission) => Promise<Result>
  /** The address to go to afterwards, or a page that shows the result. */
  done: (result: Result, submission: Submission) => Done
  /** Answers a refusal of the API. Without it a refusal gets a page of its own. */
  onRefusal?: (refusal: ApiRefusal) => Page
}

/** What differs between the forms of the desk. */
export interface FormSubmit<Content, Result> {
  /** The messages that name the fields of the form. */
  messages: Messages
  validate: (
    formData: FormDataMap,
    submission: Submission,
  ) => Validation<Content> | Promise<Validation<Content>>
  /** Sends the content to the API, with the form's key and version. */
  send: (content: Content, submission: Submission) => Promise<Result>
  /** The address to go to afterwards, or a page that shows the result. */
  done: (result: Result, submission: Submission) => Done
  /** Shows the form again, with all that was typed. */
  show: (attempt: FormAttempt) => Page
  /** Shows the form again where nothing is to be sent, if the screen does that in another way. */
  showAgain?: (again: FormDataMap, submission: Submission) => Page
  /** Answers a refusal in another way. Nothing: the form is shown again. What it throws gets a page of its own. */
  onRefusal?: (refusal: ApiRefusal, submission: Submission) => Page | undefined
  /** The name on the page of a field that the API names. */
  fieldOnPage?: (field: string) => string
}

/**
 * Reads a form, shows it again or checks it, sends it once, and answers: with another address, with the result, or with
 * the form, its errors and all that was typed.
 */
export async function submit<Content, Result>(
  context: DeskContext,
  form: FormSubmit<Content, Result>,
): Promise<Response> {
  const { messages, show, fieldOnPage = (field) => field } = form
  const submission = await readSubmission(context)
  const { formData, key: idempotencyKey, version, again, focusId } = submission
  if (again)
    return form.showAgain?.(again, submission) ?? show({ formData: again, idempotencyKey, version, focusId })
  const checked = await form.validate(formData, submission)
  const { errors } = checked
  if (errors.length > 0 || !hasContent(checked)) return show({ formData, errors, idempotencyKey, version })
  return sendOnce(context, submission, {
    send: () => form.send(checked.content, submission),
    done: form.done,
    onRefusal(refusal) {
      const other = form.onRefusal?.(refusal, submission)
      if (other) return other
      const { problem } = refusal
      return show({
        formData,
        problem,
        // Nobody knows whether it was done: the same form, sent again, is done once.
        ...(problem.code === 'internal' || problem.code === 'busy' ? { idempotencyKey, version } : {}),
        errors: errorsOfProblem(messages, problem, fieldOnPage),
      })
    },
  })
}

/** Reads a form, sends it once as it is, and answers. */
export async function submitUnchecked<Result>(
  context: DeskContext,
  form: UncheckedSubmit<Result>,
): Promise<Response> {
  return sendOnce(context, await readSubmission(context), form)
}

async function sendOnce<Result>(
  context: DeskContext,
  submission: Submission,
  { send, done, onRefusal }: UncheckedSubmit<Result>,
): Promise<Response> {
  let result: Result
  try {
    result = await send(submission)
  } catch (error) {
    if (!onRefusal || !isApiRefusal(error)) throw error
    return onRefusal(error)
  }
  const answer = await done(result, submission)
  return typeof answer === 'string' ? context.redirect(answer, 303) : answer
}

const hasContent = <Content>(
  checked: Validation<Content>,
): checked is Validation<Content> & { content: Content } => 'content' in checked

/** For `onRefusal`: refusals with these codes get a page of their own. */
export function exceptFor(...codes: Problem['code'][]): (refusal: ApiRefusal) => undefined {
  return (refusal) => {
    if (isRefusedWith(refusal, ...codes)) throw refusal
  }
}

/** For `onRefusal`: every refusal gets a page of its own. */
export function noRefusalHere(refusal: ApiRefusal): never {
  throw refusal
}

/** Whether somebody else has changed what the form was made from. */
export const isOutdated = (problem: Problem | undefined) =>
  problem?.code === 'version-lost' || problem?.code === 'version-stale'

/** How a page with a form is answered: a form that was not accepted says so in the page's title and status. */
export function outcomeOf({ errors = [], problem }: FormAttempt): { failed: boolean; status: 200 | 422 } {
  const failed = errors.length > 0 || problem !== undefined
  return { failed, status: failed ? 422 : 200 }
}

/** The same for a page that shows beside the form what somebody else has changed meanwhile. */
export function outcomeWithConflict(attempt: FormAttempt): { failed: boolean; status: 200 | 409 | 422 } {
  const outcome = outcomeOf(attempt)
  return isOutdated(attempt.problem) ? { ...outcome, status: 409 } : outcome
}
