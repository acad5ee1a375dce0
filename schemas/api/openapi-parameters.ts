import * as z from 'zod/mini'
import { openingReason } from '../values/codes.ts'
import { holderId, partyId } from '../values/parties.ts'
import { draftId, personId, requestId, returnId, roomCode } from '../values/texts.ts'
import { auditQuery } from './audit.ts'
import { rangeQuery } from './check.ts'
import { draftsQuery } from './drafts.ts'
import { figureScope } from './figures.ts'
import { forecastDays } from './forecast.ts'
import { matchesState, matchId } from './matches.ts'
import type { Operation } from './operations.ts'
import { exportFor, worklistQuery } from './requests.ts'
import type { Route } from './routes.ts'
import { workList } from './work.ts'

/** JSON Schema of what a caller sends. */
export const schemaOf = (schema: z.ZodMiniType) => {
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

/** Operations that answer a page at a time; operations that need the version that was read. */
const paged: readonly Operation[] = [
  'list',
  'work-list',
  'manifest',
  'drafts',
  'post-changes',
  'room-changes',
  'people-changes',
  'matches',
]
const versioned: readonly Operation[] = [
  'change-post',
  'change-room',
  'change-people',
  'save-draft',
  'delete-draft',
  'decide-match',
]

const inPath = {
  ret: returnId,
  request: requestId,
  draft: draftId,
  post: partyId,
  room: roomCode,
  user: personId,
  match: matchId,
  list: workList,
} as const

interface QueryParameter {
  name: string
  required: boolean
  schema: unknown
}

const query = (name: string, schema: z.ZodMiniType, required = false): QueryParameter => ({
  name,
  required,
  schema: schemaOf(schema),
})
const allOf = (shape: Record<string, z.ZodMiniType>): QueryParameter[] =>
  Object.entries(shape).map(([name, schema]) => query(name, schema))

/** What the query of an operation may name, besides the cursor of a page. */
const queries: { readonly [O in Operation]?: readonly QueryParameter[] } = {
  list: allOf(worklistQuery.shape),
  drafts: allOf(draftsQuery.shape),
  matches: [query('state', matchesState)],
  forecast: [query('days', forecastDays)],
  export: [query('for', exportFor)],
  htcds: [query('reason', openingReason, true)],
  figures: [query('for', figureScope)],
  audit: allOf(auditQuery.shape),
  'audit-check': Object.entries(rangeQuery.shape).map(([name, schema]) =>
    query(name, schema, name === 'subject'),
  ),
  'withdrawal-preview': [query('recipient', holderId, true)],
}
const cursor: QueryParameter = { name: 'cursor', required: false, schema: { type: 'string' } }

/** Operations that a key makes repeatable. */
const repeatable: readonly Operation[] = ['file', 'alert', 'command', 'begin-draft']

/** The parameters of a route: of its path, its query and its headers. */
export function parametersOf({ path, operation }: Route) {
  const mustMatch = versioned.includes(operation)
  const inQuery = [...(queries[operation] ?? []), ...(paged.includes(operation) ? [cursor] : [])]
  return [
    ...Object.entries(inPath)
      .filter(([name]) => path.includes(`{${name}}`))
      .map(([name, schema]) => ({ name, in: 'path', required: true, schema: schemaOf(schema) })),
    ...inQuery.map(({ name, required, schema }) => ({ name, in: 'query', required, schema })),
    ...(repeatable.includes(operation)
      ? [
          header(
            'Idempotency-Key',
            true,
            'A key of your own. The same key with the same body gets the same answer.',
            '^[\\x21-\\x7e]{16,64}$',
          ),
        ]
      : []),
    ...(operation === 'command' || mustMatch
      ? [header('If-Match', mustMatch, 'The version that was read, from ETag.', '^"(0|[1-9]\\d{0,8})"$')]
      : []),
  ]
}
