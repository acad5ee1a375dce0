import type { Finding } from '../values/checks.ts'
import type { Choices } from './rooms.ts'

/**
 * Every problem that the API answers with, as HTTP carries it (RFC 9457). A title says what is wrong and what to do.
 * A problem names fields, and never repeats a value that was sent.
 */
export const problems = {
  'bad-json': {
    status: 400,
    title: 'The body is not valid JSON (RFC 8259). Send one JSON object in UTF-8, with each key once.',
  },
  'bad-header': {
    status: 400,
    title: 'A header is missing or has the wrong form. The fields name it; correct it and send again.',
  },
  'bad-cursor': { status: 400, title: 'This cursor is not valid. Read the list again without a cursor.' },
  unauthorized: {
    status: 401,
    title: 'The token names no party. Sign in again, or ask an administrator to add you to a group.',
  },
  'signed-out': {
    status: 401,
    title:
      'Your account was disabled or changed since you signed in. Sign in again, or ask your administrator.',
  },
  'wrong-party': {
    status: 403,
    title: 'This path is for another kind of party. Use the path of your own kind.',
  },
  'not-found': {
    status: 404,
    title: 'Your party has no return, request, draft, post, match or person with this id. Check the id.',
  },
  'basis-ended': {
    status: 403,
    title: 'The person no longer shares this with your party. Delete what you hold.',
  },
  'not-readable': {
    status: 403,
    title: 'Your party may not read a class that you requested. The fields name it; leave it out.',
  },
  'not-yours': {
    status: 403,
    title: 'Your party may not give this command on this return. Ask the party that is responsible.',
  },
  'not-your-role': {
    status: 403,
    title: 'This command is for another role in your party. Ask a colleague with that role.',
  },
  'same-person': {
    status: 403,
    title:
      'You have done another part of this return, and one person may not do both. Ask a colleague to do this one.',
  },
  'last-administrator': {
    status: 409,
    title: 'This is the party’s last administrator. Give another person this role first.',
  },
  'own-account': {
    status: 409,
    title: 'You cannot do this to your own account. Ask another administrator.',
  },
  'sign-in-taken': { status: 409, title: 'This sign-in name is taken. Choose another one.' },
  'still-enabled': { status: 409, title: 'The account is still enabled. Disable it first.' },
  'wrong-phase': {
    status: 409,
    title: 'This command cannot be given in the return’s present phase. Read the return again.',
  },
  'gate-closed': {
    status: 409,
    title: 'A gate before this command is closed. The gates say which one, and which party can open it.',
  },
  'no-place': {
    status: 409,
    title: 'The room has too few free places on these days. Choose one of the alternatives in `choices`.',
  },
  'draft-sent': {
    status: 409,
    title: 'This draft was already sent, or is being sent. Open the request instead.',
  },
  'nothing-to-do': { status: 409, title: 'This command would change nothing. Read the return again.' },
  'unknown-target': {
    status: 409,
    title: 'The target of the command does not exist, or is no longer current. Read the return again.',
  },
  'guardian-suspected': {
    status: 409,
    title:
      'The guardian is under suspicion: no consent, no notification and no export. Ask for another person.',
  },
  'no-reader': {
    status: 409,
    title:
      'No party on the return may read this, so it was not stored. Inform the party that needs it in another way.',
  },
  'version-lost': {
    status: 409,
    title: 'Somebody else changed it at the same time. Read it again, then decide.',
  },
  'version-stale': {
    status: 412,
    title: 'It has changed since you read it. Read it again, then decide.',
  },
  'body-too-large': { status: 413, title: 'The body is larger than this path accepts. Send less.' },
  'not-json': { status: 415, title: 'Send the body as application/json.' },
  'bad-input': {
    status: 422,
    title: 'Some fields have the wrong form. The fields name them; correct them and send again.',
  },
  'check-failed': {
    status: 422,
    title:
      'Some values look wrong. Correct them, or name each field in `overrides` of its section with a reason.',
  },
  'key-reused': {
    status: 422,
    title: 'This Idempotency-Key was used with another body. Use a new key for a new request.',
  },
  'too-large': {
    status: 422,
    title: 'This is larger than one record can hold. Shorten the longest texts.',
  },
  'too-many-requests': { status: 429, title: 'Too many requests. Wait a moment, then send the same again.' },
  'not-canonical': {
    status: 500,
    title: 'A stored record is not in its canonical form. An administrator has been notified.',
  },
  'trail-broken': {
    status: 500,
    title: 'This trail is broken. An administrator has been notified.',
  },
  'section-unreadable': {
    status: 500,
    title: 'A section could not be opened. An administrator has been notified.',
  },
  'wrong-digest': { status: 500, title: 'A message differs from the trail. It is kept as evidence.' },
  internal: {
    status: 500,
    title: 'The server failed. Nothing was written; send the same again with the same Idempotency-Key.',
  },
  busy: {
    status: 503,
    title: 'The server is busy. Nothing was written; send the same again with the same Idempotency-Key.',
  },
} as const satisfies Record<string, { status: number; title: string }>

export type ProblemCode = keyof typeof problems
export const problemCodes = Object.keys(problems) as ProblemCode[]

/** An event that changed meanwhile what a command is about. `own`: the same user wrote it. */
export interface ChangedMeanwhile {
  seq: number
  type: string
  at: string
  party: string
  own: boolean
  /** The slots that it wrote: `identity/document`. */
  slots: readonly string[]
}

/**
 * Details of a refusal besides its code: names of fields, failed checks, closed gates, what the caller has done before,
 * alternatives to a place that is taken, the request that a draft became, the current version.
 */
export interface ProblemDetail {
  /** Which check each of the fields has failed. */
  checks?: readonly Finding[]
  /** Events that the author of a command had not read, and that touch the same. */
  changed?: readonly ChangedMeanwhile[]
  choices?: Choices
  fields?: readonly string[]
  /** What the caller has done on the return, where one person may not do both. */
  duties?: readonly string[]
  gates?: readonly { gate: string; owner: string; reason: string }[]
  /** The request that a draft became. */
  request?: string
  version?: number
  /** Seconds; sent only in the header `Retry-After`. */
  retryAfter?: number
}

/** An error with one of these codes. It is recognised by its shape, since `instanceof` fails across bundles. */
export interface Refusal extends Error {
  readonly code: ProblemCode
  readonly detail: ProblemDetail
}

/** Makes a refusal to throw. Its message is the code alone, so that no log line can carry personal data. */
export function refusal(code: ProblemCode, detail: ProblemDetail = {}, cause?: unknown): Refusal {
  return Object.assign(new Error(code, { cause }), { name: 'Refusal', code, detail })
}

/** Whether a caught error is a refusal. */
export function isRefusal(error: unknown): error is Refusal {
  return (
    error instanceof Error && error.name === 'Refusal' && 'code' in error && String(error.code) in problems
  )
}
