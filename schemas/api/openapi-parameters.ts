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

/** A form as JSON Schema, as it is sent. */
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

/** Acts that answer a page at a time, and acts on the version that was read and no other. */
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
        'Sent again with the same body, it gets the same answer.',
        '^[\\x21-\\x7e]{16,64}$',
      ),
    )
  const keeps = versioned.includes(operation)
  if (operation === 'command' || keeps)
    parameters.push(
      header('If-Match', keeps, 'The version that was read, as it stood in ETag.', '^"(0|[1-9]\\d{0,8})"$'),
    )
  return parameters
}
