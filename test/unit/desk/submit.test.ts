import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Hono } from 'hono'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { apiOf } from '../../../functions/desk/api.ts'
import type { DeskEnv } from '../../../functions/desk/context.ts'
import {
  exceptFor,
  type FormAttempt,
  outcomeOf,
  outcomeWithConflict,
  submit,
  submitUnchecked,
} from '../../../functions/desk/form/submit.ts'
import { validate } from '../../../functions/desk/form/validate.ts'
import { messagesIn } from '../../../functions/desk/messages/messages.ts'
import { variable } from '../../../schemas/deployment/settings.ts'

/** The API's end of the wire: what arrives there, and what it answers next. */
let server: Server
const received: { path: string; key: unknown; version: unknown; body: string }[] = []
let answer: { status: number; body: object } = { status: 200, body: {} }
beforeAll(async () => {
  server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { 'idempotency-key': key, 'if-match': version } = request.headers
      received.push({ path: request.url ?? '', key, version, body: Buffer.concat(chunks).toString() })
      response.writeHead(answer.status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(answer.body))
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = z
    .object({ port: z.number() })
    .parse(server.address() satisfies AddressInfo | string | null)
  process.env[variable.apiUrl] = `http://127.0.0.1:${port}`
})
afterAll(() => {
  delete process.env[variable.apiUrl]
  server.close()
})
beforeEach(() => {
  received.length = 0
  answer = { status: 200, body: {} }
})

const messages = await messagesIn('en')
const api = apiOf('mission', async () => 'token')
const schema = z.strictObject({ remarks: z.string() })
const shown = (attempt: FormAttempt) =>
  Response.json(
    { ...attempt, formData: [...(attempt.formData ?? [])] },
    { status: outcomeOf(attempt).status },
  )

/** A desk of two forms: one with a field, and one with a button alone. */
const desk = new Hono<DeskEnv>()
  .post('/form', (context) =>
    submit(context, {
      messages,
      validate: (formData) => validate(messages, schema, formData),
      send: (body, { key, version }) => api.post(['notes'], z.object({}), { body, key, version }),
      done: () => '/desk/done',
      show: shown,
      onRefusal: exceptFor('not-found'),
      fieldOnPage: (field) => `page.${field}`,
    }),
  )
  .post('/button', (context) =>
    submitUnchecked(context, {
      send: ({ key, version }) => api.post(['take'], z.object({}), { body: {}, key, version }),
      done: () => '/desk/taken',
    }),
  )
  .onError((error, context) => context.text(error.name, 500))

const post = (path: string, form: Record<string, string>) =>
  desk.request(path, { method: 'POST', body: new URLSearchParams(form) })
const attemptIn = z.looseObject({
  idempotencyKey: z.optional(z.string()),
  focusId: z.optional(z.string()),
  version: z.optional(z.number()),
  errors: z.optional(z.array(z.unknown())),
})
const filled = { remarks: 'on paper', once: 'key-1', version: '3' }
const refusal = (status: number, code: string, fields?: string[]) => ({
  status,
  body: { type: 'about:blank', title: code, status, code, ...(fields ? { fields } : {}) },
})

test('a form is sent with its own key and version, and leads to the next page', async () => {
  const response = await post('/form', filled)
  expect([response.status, response.headers.get('location')]).toEqual([303, '/desk/done'])
  expect(received).toEqual([
    { path: '/v1/mission/notes', key: 'key-1', version: '"3"', body: '{"remarks":"on paper"}' },
  ])
})

test('a form with errors is shown again with what was typed, and the API is not called', async () => {
  const response = await post('/form', { ...filled, remarks: ' ' })
  expect(response.status).toBe(422)
  expect(await response.json()).toMatchObject({
    formData: expect.arrayContaining([['remarks', [' ']]]),
    errors: [{ id: 'remarks' }],
    idempotencyKey: 'key-1',
    version: 3,
  })
  expect(received).toEqual([])
})

test.each([
  ['in another language', { again: 'ru' }, undefined],
  ['with one more row', { more: 'items' }, 'items-0'],
  ['with one empty row less', { 'items.0._row': '1', 'items.0.a': ' ', less: 'items.0' }, 'items'],
  ['with a question about a row that is filled', { 'items.0.a': 'x', less: 'items.0' }, 'items-0--remove'],
  ['with one filled row less after it', { 'items.0.a': 'x', 'sure-less': 'items.0' }, 'items'],
])('a form is shown again %s without errors, and the API is not called', async (_, button, focusId) => {
  const response = await post('/form', { once: 'key-1', ...button })
  expect(response.status).toBe(200)
  const { errors, ...attempt } = attemptIn.parse(await response.json())
  expect([attempt.idempotencyKey, attempt.focusId, errors]).toEqual(['key-1', focusId, undefined])
  expect(received).toEqual([])
})

test('a refusal is shown with the form, whose next try has a new key and the newest version', async () => {
  answer = refusal(412, 'version-stale', ['remarks'])
  const response = await post('/form', filled)
  const attempt = attemptIn.parse(await response.json())
  expect(attempt).toMatchObject({
    problem: { code: 'version-stale' },
    errors: [{ id: 'page-remarks' }],
    formData: expect.arrayContaining([['remarks', ['on paper']]]),
  })
  expect([attempt.idempotencyKey, attempt.version]).toEqual([undefined, undefined])
})

test('a refusal that the screen does not show gets a page of its own', async () => {
  answer = refusal(404, 'not-found')
  const response = await post('/form', filled)
  expect([response.status, await response.text()]).toEqual([500, 'ApiRefusal'])
})

test('a fault of the API loses nothing: the same form, with its key and version, is shown with what was typed', async () => {
  answer = { status: 500, body: { message: 'down' } }
  const response = await post('/form', filled)
  expect(response.status).toBe(422)
  expect(await response.json()).toMatchObject({
    problem: { code: 'internal' },
    idempotencyKey: 'key-1',
    version: 3,
    formData: expect.arrayContaining([['remarks', ['on paper']]]),
  })
})

test('a button without fields is sent once, and its refusal gets a page of its own', async () => {
  const response = await post('/button', { once: 'key-2', version: '4' })
  expect([response.status, response.headers.get('location')]).toEqual([303, '/desk/taken'])
  expect(received).toMatchObject([{ path: '/v1/mission/take', key: 'key-2', version: '"4"' }])
  answer = refusal(412, 'version-stale')
  expect(await (await post('/button', {})).text()).toBe('ApiRefusal')
})

test('a page says that its form failed, and that somebody else has changed what it shows', () => {
  const problem = { type: 'about:blank', title: '', status: 412, code: 'version-lost' as const }
  expect(outcomeOf({})).toEqual({ failed: false, status: 200 })
  expect(outcomeOf({ errors: [{ id: 'a', text: 'b' }] })).toEqual({ failed: true, status: 422 })
  expect(outcomeOf({ problem })).toEqual({ failed: true, status: 422 })
  expect(outcomeWithConflict({ problem })).toEqual({ failed: true, status: 409 })
  expect(outcomeWithConflict({})).toEqual({ failed: false, status: 200 })
})
