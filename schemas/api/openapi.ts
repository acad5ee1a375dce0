import { commandShape } from '../commands/commands.ts'
import { problem } from './answers.ts'
import { operationDescriptions } from './openapi-operations.ts'
import { parametersOf, schemaOf } from './openapi-parameters.ts'
import { actionSummaries } from './openapi-people.ts'
import { anywhere } from './operation-description.ts'
import { problems } from './problems.ts'
import { type Route, routes } from './routes.ts'

function summaryOf({ operation, command, action }: Route): string {
  if (action) return `${action}: ${actionSummaries[action]}`
  if (operation !== 'command' || !command) return operationDescriptions[operation].summary
  const { states = 'permission', from, to } = commandShape(command)
  const start = from === 'open' ? 'any open phase' : from.join(', ')
  return `${command}: a ${states}, from ${start}${to ? `, to ${to}` : ''}.`
}

function responsesOf(route: Route) {
  const { status, answer, problems: own } = operationDescriptions[route.operation]
  const byStatus = Map.groupBy(
    route.operation === 'contract' ? [] : [...own, ...anywhere],
    (code) => problems[code].status,
  )
  return {
    [status]: {
      description: 'Done.',
      ...(answer
        ? { content: { 'application/json': { schema: { $ref: `#/components/schemas/${route.operation}` } } } }
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

/** The schemas of the answers, by operation. */
function answersOf() {
  return Object.entries(operationDescriptions).flatMap(([operation, { answer }]) =>
    answer ? [[operation, schemaOf(answer)]] : [],
  )
}

/** The API as an OpenAPI 3.1 document, made from the same tables as its routes. */
export function openapi() {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Acasă',
      version: '1',
      description:
        'The return of persons identified abroad: missions, IOM and the Centre. Errors are problem details (RFC 9457) with a stable `code`.',
    },
    paths: Object.fromEntries(
      [...Map.groupBy(routes, ({ path }) => path)].map(([path, methods]) => [
        path,
        Object.fromEntries(methods.map((route) => [route.method.toLowerCase(), operationOf(route)])),
      ]),
    ),
    components: {
      securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
      schemas: { problem: schemaOf(problem), ...Object.fromEntries(answersOf()) },
    },
  }
}
