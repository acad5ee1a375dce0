import { describe, expect, test } from 'vitest'
import { idempotencyKey, opening, versionTag } from '../../../schemas/api/requests.ts'
import { answeredBy, commandingKinds, openable, routes } from '../../../schemas/api/routes.ts'
import { commandsOf } from '../../../schemas/commands/commands.ts'
import { mayRead, sectionClassNames } from '../../../schemas/values/classes.ts'
import { partyKindNames } from '../../../schemas/values/parties.ts'
import { objectsOf } from '../../parts/schema-walk.ts'

test('no two routes are alike, and none hides another', () => {
  const keys = routes.map(({ method, path }) => `${method} ${path}`)
  expect(new Set(keys).size).toBe(keys.length)
  for (const { path } of routes)
    expect(path).toMatch(
      /^\/(openapi\.json|v1\/[a-z]+\/(alerts|requests(\/\{request\})?|drafts(\/\{draft\}(\/delete)?)?|returns(\/\{ret\}(\/[a-z-]+){0,2})?|work\/(all|count|\{list\})|post|posts(\/changes|\/\{post\})?|(posts\/\{post\}\/)?people(\/(\{user\}\/)?[a-z-]+)?|rooms(\/changes|\/\{room\})?|forecast|figures|rota|audit(\/check)?|search|matches(\/\{match\}(\/decision)?)?))$/,
    )
})

test('every POST has a closed body, and no GET has one', () => {
  for (const { method, path, body } of routes) {
    expect([path, method === 'POST']).toEqual([path, body !== undefined])
    if (body) expect([path, objectsOf(body).filter(({ closed }) => !closed)]).toEqual([path, []])
  }
})

describe.each(partyKindNames)('%s', (kind) => {
  const own = routes.filter((route) => route.kind === kind)

  test('has only paths of its own', () => {
    for (const { path } of own) expect(path.startsWith(`/v1/${kind}/`)).toBe(true)
  })

  test('gives the commands that it owns, and no other', () => {
    const given = own.filter(({ operation }) => operation === 'command').map(({ command }) => command)
    expect(given).toEqual(commandsOf(kind))
    expect(commandingKinds.some((commandingKind) => commandingKind === kind)).toBe(given.length > 0)
  })

  test('opens what it may read, and never the log', () => {
    expect(openable(kind)).toEqual(sectionClassNames.filter((cls) => mayRead(kind, cls)))
    expect(openable(kind)).not.toContain('log')
    for (const opens of ['open', 'htcds'])
      expect(own.some(({ operation }) => operation === opens)).toBe(openable(kind).length > 0)
  })
})

test('every party keeps its people in the same ways, and the consular department those of posts', () => {
  const actions = (base: string) =>
    routes.flatMap(({ path, action }) =>
      action && path.startsWith(`${base}/people/`) ? [path.slice(base.length)] : [],
    )
  const [first, ...others] = [
    ...partyKindNames.map((kind) => `/v1/${kind}`),
    '/v1/consular/posts/{post}',
  ].map(actions)
  expect(first).toEqual([
    '/people/invite',
    '/people/review',
    '/people/{user}/role',
    '/people/{user}/disable',
    '/people/{user}/enable',
    '/people/{user}/reset-factor',
    '/people/{user}/stand-in',
    '/people/{user}/forget',
  ])
  for (const other of others) expect(other).toEqual(first)
  for (const route of routes) expect(answeredBy(route) === 'people').toBe(/people/.test(route.path))
})

test('missions file, and who registers somebody who is home; whoever hears of her raises an alert', () => {
  const kinds = (wanted: string) =>
    routes.filter(({ operation }) => operation === wanted).map(({ kind }) => kind)
  expect(kinds('file')).toEqual(['mission', 'iom', 'centre', 'partner'])
  expect(kinds('alert')).toEqual(['mission', 'iom', 'partner'])
})

test('who files keeps drafts, and nobody else', () => {
  const filing = routes.filter(({ operation }) => operation === 'file').map(({ kind }) => kind)
  for (const operation of ['drafts', 'begin-draft', 'draft', 'save-draft', 'delete-draft'])
    expect([
      operation,
      ...routes.filter((route) => route.operation === operation).map(({ kind }) => kind),
    ]).toEqual([operation, ...filing])
})

test('a partner takes nothing away: it alone has no export', () => {
  const exporting = routes.filter(({ operation }) => operation === 'export').map(({ kind }) => kind)
  expect(exporting).toEqual(partyKindNames.filter((kind) => kind !== 'partner'))
})

test.each([
  ['consular', ['answer-call', 'move-case', undefined, undefined]],
  ['oversight', []],
] as const)('%s opens nothing, and commands no more than %j', (kind, given) => {
  expect(openable(kind)).toEqual([])
  // Besides, every party keeps its own people.
  const posts = routes.filter(
    (route) => route.kind === kind && route.method === 'POST' && route.operation !== 'change-people',
  )
  expect(posts.map(({ command }) => command).sort()).toEqual(given)
})

test.each([
  [{ classes: ['case'], reason: 'prepare-travel' }, true],
  [{ classes: ['case', 'travel'], reason: 'urgent' }, true],
  [{ classes: [], reason: 'urgent' }, false],
  [{ classes: ['case', 'case'], reason: 'urgent' }, false],
  [{ classes: ['log'], reason: 'urgent' }, false],
  [{ classes: ['case'], reason: 'curious' }, false],
  [{ classes: ['case'] }, false],
  [{ classes: ['case'], reason: 'urgent', note: 'x' }, false],
])('an opening %j is taken: %s', (body, good) => {
  expect(opening.safeParse(body).success).toBe(good)
})

test.each([
  ['"0"', true],
  ['"17"', true],
  ['17', false],
  ['"017"', false],
  ['W/"17"', false],
  ['*', false],
])('an entity tag %s is taken: %s', (tag, good) => {
  expect(versionTag.safeParse(tag).success).toBe(good)
})

test.each([
  ['a'.repeat(16), true],
  ['a'.repeat(64), true],
  ['a'.repeat(15), false],
  ['a'.repeat(65), false],
  ['a key with spaces', false],
])('an idempotency key %s is taken: %s', (key, good) => {
  expect(idempotencyKey.safeParse(key).success).toBe(good)
})
