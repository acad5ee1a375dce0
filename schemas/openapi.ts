import * as z from 'zod/mini'
import { commanded, exported, filed, opened, problem, seen, stops, timeline, worklist } from './answers.ts'
import { commandShape } from './commands.ts'
import { figureScope, figures } from './figures.ts'
import { deedSummaries, peopleActs } from './openapi-people.ts'
import { holderId, partyId } from './parties.ts'
import { changes, post, register } from './posts.ts'
import { type ProblemCode, problems } from './problems.ts'
import { exportFor } from './requests.ts'
import { forecast, forecastDays, roomChanges, rooms } from './rooms.ts'
import { type Act, type Route, routes } from './routes.ts'
import { personId, requestId, returnId, roomCode } from './texts.ts'

interface Told {
  summary: string
  status: number
  answer?: z.ZodMiniType
  /** Problems that this act can end in, besides those of every route. */
  problems: readonly ProblemCode[]
}

const anywhere: readonly ProblemCode[] = ['unauthorized', 'signed-out', 'wrong-party', 'internal', 'busy']
const body: readonly ProblemCode[] = ['bad-json', 'bad-input', 'body-too-large', 'not-json']
const ofReturn: readonly ProblemCode[] = ['not-found', 'basis-ended', 'trail-broken']

const acts: Record<Act, Told> = {
  file: {
    summary: 'File a request for one or more persons; each has a return of their own.',
    status: 201,
    answer: filed,
    problems: [...body, 'bad-header', 'check-failed', 'key-reused', 'too-large', 'not-found'],
  },
  list: { summary: 'A page of the worklist.', status: 200, answer: worklist, problems: ['bad-cursor'] },
  manifest: {
    summary: 'The returns of a request that you are on, a page at a time: where each stands.',
    status: 200,
    answer: worklist,
    problems: ['bad-cursor', 'not-found'],
  },
  see: {
    summary: 'A return: what is in clear, and the label.',
    status: 200,
    answer: seen,
    problems: ofReturn,
  },
  open: {
    summary: 'Open sections, for a reason. Everyone on the return sees that you did.',
    status: 200,
    answer: opened,
    problems: [...ofReturn, ...body, 'not-readable', 'section-unreadable'],
  },
  events: {
    summary: 'The timeline, with deliveries and who looked.',
    status: 200,
    answer: timeline,
    problems: ofReturn,
  },
  export: {
    summary: 'The trail as a file that anyone can check.',
    status: 200,
    answer: exported,
    problems: [...ofReturn, 'bad-input', 'guardian-suspected', 'not-readable', 'not-yours'],
  },
  stops: {
    summary: 'What a withdrawal from a recipient would stop; asked before it is given.',
    status: 200,
    answer: stops,
    problems: [...ofReturn, 'bad-input', 'unknown-target', 'nothing-to-do'],
  },
  command: {
    summary: '',
    status: 200,
    answer: commanded,
    problems: [
      ...ofReturn,
      ...body,
      'bad-header',
      'check-failed',
      'key-reused',
      'not-readable',
      'wrong-phase',
      'gate-closed',
      'no-place',
      'nothing-to-do',
      'unknown-target',
      'guardian-suspected',
      'no-reader',
      'not-yours',
      'not-your-role',
      'version-lost',
      'version-stale',
      'too-large',
    ],
  },
  posts: {
    summary: 'Every post as it stands, and the countries that no open post answers for.',
    status: 200,
    answer: register,
    problems: ['trail-broken'],
  },
  post: { summary: 'Your own post as it stands.', status: 200, answer: post, problems: ['trail-broken'] },
  'change-post': {
    summary: 'How a post stands from now on: countries, staff, who is on duty, whether it is open.',
    status: 200,
    answer: post,
    problems: [...body, 'bad-header', 'not-found', 'trail-broken', 'version-lost', 'version-stale'],
  },
  'post-changes': {
    summary: 'Who changed which post, when and how: one chain, a page at a time.',
    status: 200,
    answer: changes,
    problems: ['bad-cursor', 'trail-broken'],
  },
  rooms: {
    summary: 'The rooms of your centre as they are.',
    status: 200,
    answer: rooms,
    problems: ['trail-broken'],
  },
  'change-room': {
    summary:
      'How a room is from now on: beds, cots, whom it is for, what is blocked. The version is that of all rooms.',
    status: 200,
    answer: rooms,
    problems: [...body, 'bad-header', 'not-found', 'trail-broken', 'version-lost', 'version-stale'],
  },
  'room-changes': {
    summary: 'Who changed which room, when and how: one chain, a page at a time.',
    status: 200,
    answer: roomChanges,
    problems: ['bad-cursor', 'trail-broken'],
  },
  forecast: {
    summary: 'What is free on each coming day, and for whom of those to come no room has a place.',
    status: 200,
    answer: forecast,
    problems: ['bad-input', 'section-unreadable', 'trail-broken'],
  },
  figures: {
    summary: 'Counts of returns, small ones left out, as they were last made.',
    status: 200,
    answer: figures,
    problems: ['bad-input'],
  },
  ...peopleActs,
  contract: { summary: 'This document.', status: 200, problems: [] },
}

const schemaOf = (schema: z.ZodMiniType) => {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  return rest
}

const header = (name: string, required: boolean, description: string, pattern: string) => ({
  name,
  in: 'header',
  required,
  description,
  schema: { type: 'string', pattern },
})

function parametersOf({ path, act }: Route) {
  const parameters: unknown[] = []
  if (path.includes('{ret}'))
    parameters.push({ name: 'ret', in: 'path', required: true, schema: schemaOf(returnId) })
  if (path.includes('{request}'))
    parameters.push({ name: 'request', in: 'path', required: true, schema: schemaOf(requestId) })
  if (path.includes('{post}'))
    parameters.push({ name: 'post', in: 'path', required: true, schema: schemaOf(partyId) })
  if (path.includes('{room}'))
    parameters.push({ name: 'room', in: 'path', required: true, schema: schemaOf(roomCode) })
  if (path.includes('{user}'))
    parameters.push({ name: 'user', in: 'path', required: true, schema: schemaOf(personId) })
  if (act === 'forecast')
    parameters.push({ name: 'days', in: 'query', required: false, schema: schemaOf(forecastDays) })
  if (act === 'list' || act === 'manifest' || act.endsWith('-changes'))
    parameters.push({ name: 'cursor', in: 'query', required: false, schema: { type: 'string' } })
  if (act === 'export')
    parameters.push({ name: 'for', in: 'query', required: false, schema: schemaOf(exportFor) })
  if (act === 'figures')
    parameters.push({ name: 'for', in: 'query', required: false, schema: schemaOf(figureScope) })
  if (act === 'stops')
    parameters.push({ name: 'recipient', in: 'query', required: true, schema: schemaOf(holderId) })
  if (act === 'file' || act === 'command')
    parameters.push(
      header(
        'Idempotency-Key',
        true,
        'Sent again with the same body, it gets the same answer.',
        '^[\\x21-\\x7e]{16,64}$',
      ),
    )
  const keeps = act.startsWith('change-')
  if (act === 'command' || keeps)
    parameters.push(
      header('If-Match', keeps, 'The version that was read, as it stood in ETag.', '^"(0|[1-9]\\d{0,8})"$'),
    )
  return parameters
}

function summaryOf({ act, command, deed }: Route): string {
  if (deed) return `${deed}: ${deedSummaries[deed]}`
  if (act !== 'command' || !command) return acts[act].summary
  const { states = 'permission', from, to } = commandShape(command)
  const start = from === 'open' ? 'any open phase' : from.join(', ')
  return `${command}: a ${states}, from ${start}${to ? `, to ${to}` : ''}.`
}

function responsesOf(route: Route) {
  const { status, answer, problems: own } = acts[route.act]
  const byStatus = Map.groupBy(
    route.act === 'contract' ? [] : [...own, ...anywhere],
    (code) => problems[code].status,
  )
  return {
    [status]: {
      description: 'Done.',
      ...(answer
        ? { content: { 'application/json': { schema: { $ref: `#/components/schemas/${route.act}` } } } }
        : {}),
    },
    ...Object.fromEntries(
      [...byStatus].map(([of, codes]) => [
        of,
        {
          description: codes.map((code) => `${code}: ${problems[code].title}`).join(' '),
          content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/problem' } } },
        },
      ]),
    ),
  }
}

function operationOf(route: Route) {
  return {
    summary: summaryOf(route),
    tags: [route.kind],
    security: route.kind === 'contract' ? [] : [{ token: [] }],
    parameters: parametersOf(route),
    ...(route.body
      ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(route.body) } } } }
      : {}),
    responses: responsesOf(route),
  }
}

/** The forms that answers share, by act. */
function answersOf() {
  return Object.entries(acts).flatMap(([act, { answer }]) => (answer ? [[act, schemaOf(answer)]] : []))
}

/** The API as an OpenAPI 3.1 document, made from the tables that also make its routes. */
export function openapi() {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Acasă',
      version: '1',
      description:
        'The return of persons identified abroad: missions, IOM and the Centre. Problems are RFC 9457 with a `code` that stays.',
    },
    // No path takes two methods.
    paths: Object.fromEntries(
      routes.map((route) => [route.path, { [route.method.toLowerCase()]: operationOf(route) }]),
    ),
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { problem: schemaOf(problem), ...Object.fromEntries(answersOf()) },
    },
  }
}
