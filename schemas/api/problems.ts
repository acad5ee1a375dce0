import type { Choices } from './rooms.ts'

/**
 * The closed set of what can go wrong, and how HTTP tells it (RFC 9457). A title names the cure;
 * no problem ever carries a value that was sent, only the names of the fields concerned.
 */
export const problems = {
  'bad-json': {
    status: 400,
    title: 'The body is not JSON as RFC 8259 has it. Send one JSON object, UTF-8, each key once.',
  },
  'bad-header': { status: 400, title: 'A header is missing or not of its form. The fields say which.' },
  'bad-cursor': { status: 400, title: 'This cursor was not issued here. Begin again without one.' },
  unauthorized: {
    status: 401,
    title: 'The token names no party. Sign in again, or ask an administrator for a group.',
  },
  'signed-out': {
    status: 401,
    title:
      'Your account was disabled or changed since you signed in. Sign in again, or ask your administrator.',
  },
  'wrong-party': {
    status: 403,
    title: 'This path belongs to another kind of party. Use the path of your own.',
  },
  'not-found': {
    status: 404,
    title: 'Your party knows of no such return, request, draft, post, match or person.',
  },
  'basis-ended': {
    status: 403,
    title: 'The person no longer shares this with your party. Delete what you hold.',
  },
  'not-readable': {
    status: 403,
    title: 'Your party may not read a class that was asked for. The fields say which.',
  },
  'not-yours': { status: 403, title: 'Your party may not give this command on this return.' },
  'not-your-role': {
    status: 403,
    title: 'This command is for another role in your party. Ask who holds it.',
  },
  'last-administrator': {
    status: 409,
    title: 'Nobody else of the party is an administrator. Make somebody one first.',
  },
  'own-account': {
    status: 409,
    title: 'This is your own account. Another administrator has to do it for you.',
  },
  'sign-in-taken': { status: 409, title: 'Somebody has this sign-in name. Choose another one.' },
  'still-enabled': { status: 409, title: 'The account is still enabled. Disable it first.' },
  'wrong-phase': {
    status: 409,
    title: 'The return is not in a phase that this command starts from. Read it again.',
  },
  'gate-closed': {
    status: 409,
    title: 'A condition for departure is not met. The gates say which, and whose it is.',
  },
  'no-place': {
    status: 409,
    title: 'The room has too little free on these days. The choices say what is near; hold one of them.',
  },
  'draft-sent': {
    status: 409,
    title: 'This draft was sent already, or is being sent. The request is what has become of it.',
  },
  'nothing-to-do': { status: 409, title: 'The return already stands as this command would leave it.' },
  'unknown-target': {
    status: 409,
    title: 'What the command points at is not there, or no longer current. Read the return again.',
  },
  'guardian-suspected': {
    status: 409,
    title: 'The guardian is under suspicion: cannot consent, is not told, and gets no export.',
  },
  'no-reader': {
    status: 409,
    title: 'Nobody on the return may read this, so it was not kept. Tell who needs it another way.',
  },
  'version-lost': {
    status: 409,
    title: 'Somebody changed it while you wrote. Read it again and decide anew.',
  },
  'version-stale': {
    status: 412,
    title: 'It has changed since you read it. Read it again and decide anew.',
  },
  'body-too-large': { status: 413, title: 'The body is larger than this path takes.' },
  'not-json': { status: 415, title: 'Send the body as application/json.' },
  'bad-input': {
    status: 422,
    title: 'Some fields are not of their form. The fields say which; correct them and send again.',
  },
  'check-failed': {
    status: 422,
    title:
      'Some values look wrong. Correct them, or name each field in `overrides` of its section with a reason.',
  },
  'key-reused': {
    status: 422,
    title: 'This Idempotency-Key was used with another body. Take a new key for a new request.',
  },
  'too-large': {
    status: 422,
    title: 'What is to be kept is larger than one record holds. Shorten the longest texts.',
  },
  'too-many-requests': { status: 429, title: 'Too many requests. Wait a moment, then send the same again.' },
  'not-canonical': { status: 500, title: 'A record is not in its one form. An administrator has been told.' },
  'trail-broken': {
    status: 500,
    title: 'This trail does not hold together. An administrator has been told.',
  },
  'section-unreadable': {
    status: 500,
    title: 'A section could not be opened. An administrator has been told.',
  },
  'wrong-digest': { status: 500, title: 'A message differs from the trail. It is kept as evidence.' },
  internal: {
    status: 500,
    title: 'Something failed here. Nothing was written; send the same again with the same Idempotency-Key.',
  },
  busy: {
    status: 503,
    title: 'Too much at once. Nothing was written; send the same again with the same Idempotency-Key.',
  },
} as const satisfies Record<string, { status: number; title: string }>

export type ProblemCode = keyof typeof problems
export const problemCodes = Object.keys(problems) as ProblemCode[]

/**
 * What a refusal may tell besides its code: names of fields, gates that are closed, what is near
 * to a place that is not free, the request that a draft became, the version that is current.
 */
export interface ProblemDetail {
  choices?: Choices
  fields?: readonly string[]
  gates?: readonly { gate: string; owner: string; reason: string }[]
  /** What a draft became. */
  request?: string
  version?: number
  /** Seconds; told in the header `Retry-After` alone. */
  retryAfter?: number
}

/** An error of the closed set. Recognised by its shape, since `instanceof` does not survive bundling. */
export interface Refusal extends Error {
  readonly code: ProblemCode
  readonly detail: ProblemDetail
}

/** Makes a refusal to throw; its message is the code alone, so that a log line cannot leak. */
export function refusal(code: ProblemCode, detail: ProblemDetail = {}, cause?: unknown): Refusal {
  return Object.assign(new Error(code, { cause }), { name: 'Refusal', code, detail })
}

/** Whether something caught is a refusal of ours. */
export function isRefusal(error: unknown): error is Refusal {
  return (
    error instanceof Error && error.name === 'Refusal' && 'code' in error && String(error.code) in problems
  )
}
