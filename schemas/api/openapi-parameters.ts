import * as z from 'zod/mini'
import { openingReason } from '../values/codes.ts'
import { holderId, partyId } from '../values/parties.ts'
import { draftId, personId, requestId, returnId, roomCode } from '../values/texts.ts'
import { auditQuery } from './audit.ts'
import { rangeQuery } from './check.ts'
import { figureScope } from './figures.ts'
import { forecastDays } from './forecast.ts'
import { matchesState, matchId } from './matches.ts'
import type { Operation } from './operations.ts'
import { exportFor, worklistQuery } from './requests.ts'
import type { Route } from './routes.ts'

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

/** The parameters of a route: of its path, its query and its headers. */
export function parametersOf({ path, operation }: Route) {
  const parameters: unknown[] = []
  if (path.includes('{ret}'))
    parameters.push({ name: 'ret', in: 'path', required: true, schema: schemaOf(returnId) })
  if (path.includes('{request}'))
    parameters.push({ name: 'request', in: 'path', required: true, schema: schemaOf(requestId) })
  if (path.includes('{draft}'))
    parameters.push({ name: 'draft', in: 'path', required: true, schema: schemaOf(draftId) })
  if (path.includes('{post}'))
    parameters.push({ name: 'post', in: 'path', required: true, schema: schemaOf(partyId) })
  if (path.includes('{room}'))
    parameters.push({ name: 'room', in: 'path', required: true, schema: schemaOf(roomCode) })
  if (path.includes('{user}'))
    parameters.push({ name: 'user', in: 'path', required: true, schema: schemaOf(personId) })
  if (path.includes('{match}'))
    parameters.push({ name: 'match', in: 'path', required: true, schema: schemaOf(matchId) })
  if (operation === 'list')
    for (const [name, schema] of Object.entries(worklistQuery.shape))
      parameters.push({ name, in: 'query', required: false, schema: schemaOf(schema) })
  if (operation === 'matches')
    parameters.push({ name: 'state', in: 'query', required: false, schema: schemaOf(matchesState) })
  if (operation === 'forecast')
    parameters.push({ name: 'days', in: 'query', required: false, schema: schemaOf(forecastDays) })
  if (paged.includes(operation))
    parameters.push({ name: 'cursor', in: 'query', required: false, schema: { type: 'string' } })
  if (operation === 'export')
    parameters.push({ name: 'for', in: 'query', required: false, schema: schemaOf(exportFor) })
  if (operation === 'htcds')
    parameters.push({ name: 'reason', in: 'query', required: true, schema: schemaOf(openingReason) })
  if (operation === 'figures')
    parameters.push({ name: 'for', in: 'query', required: false, schema: schemaOf(figureScope) })
  if (operation === 'audit')
    for (const [name, schema] of Object.entries(auditQuery.shape))
      parameters.push({ name, in: 'query', required: false, schema: schemaOf(schema) })
  if (operation === 'audit-check')
    for (const [name, schema] of Object.entries(rangeQuery.shape))
      parameters.push({ name, in: 'query', required: name === 'subject', schema: schemaOf(schema) })
  if (operation === 'withdrawal-preview')
    parameters.push({ name: 'recipient', in: 'query', required: true, schema: schemaOf(holderId) })
  if (operation === 'file' || operation === 'alert' || operation === 'command' || operation === 'begin-draft')
    parameters.push(
      header(
        'Idempotency-Key',
        true,
        'A key of your own. The same key with the same body gets the same answer.',
        '^[\\x21-\\x7e]{16,64}$',
      ),
    )
  const mustMatch = versioned.includes(operation)
  if (operation === 'command' || mustMatch)
    parameters.push(
      header('If-Match', mustMatch, 'The version that was read, from ETag.', '^"(0|[1-9]\\d{0,8})"$'),
    )
  return parameters
}
