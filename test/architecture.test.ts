import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const folders = ['schemas', 'functions', 'infra', 'test']

const files = folders
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && /\.(tsx?|mjs)$/.test(entry.name))
  .map((entry) => relative(root, join(entry.parentPath, entry.name)))
  .sort()

const sourceOf = new Map(files.map((file) => [file, readFileSync(join(root, file), 'utf8')]))

/** Whatever a file imports, exports from or loads, by its specifier: types too, since they couple as well. */
function specifiers(source: string): string[] {
  const from = /^(?:import|export)\s(?:[^'"]*?\sfrom\s+)?['"]([^'"]+)['"]/gm
  const loaded = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/g
  return [from, loaded].flatMap((pattern) => [...source.matchAll(pattern)].map((match) => match[1] ?? ''))
}

/** The files of ours that a file imports. */
const imports = new Map(
  [...sourceOf].map(([file, source]) => [
    file,
    specifiers(source)
      .filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => normalize(join(dirname(file), specifier))),
  ]),
)

const composing = [
  'schemas',
  'functions/domain',
  'functions/dynamodb',
  'functions/trail',
  'functions/vault',
  'functions/exchange',
  'functions/checks',
  'functions',
]

/** What each layer may import besides itself; a file is of the first layer that its path begins with. */
const layers: Readonly<Record<string, readonly string[]>> = {
  schemas: [],
  'functions/domain': ['schemas'],
  // The only place that spells PartiQL, pages and back-off.
  'functions/dynamodb': ['schemas'],
  'functions/trail': ['schemas', 'functions/domain', 'functions/dynamodb'],
  'functions/vault': ['schemas', 'functions/domain', 'functions/dynamodb'],
  'functions/exchange': ['schemas', 'functions/domain', 'functions/dynamodb'],
  // What asks a package whether a value looks right, which the domain may not.
  'functions/checks': ['schemas'],
  'functions/api': composing,
  'functions/pipeline': composing,
  // The desk asks the same of what is typed as the API of what is sent.
  'functions/desk': ['schemas', 'functions/checks'],
  // What api and pipeline share of the machine they run on.
  functions: ['schemas'],
  infra: ['schemas'],
}

const layerOf = (file: string) => Object.keys(layers).find((layer) => file.startsWith(`${layer}/`))

test('there is something to look at, and every file belongs to a layer', () => {
  expect(files.length).toBeGreaterThan(50)
  expect([...imports.values()].flat().length).toBeGreaterThan(100)
  expect(files.filter((file) => !file.startsWith('test/') && !layerOf(file))).toEqual([])
})

test('imports go one way: schemas, domain, then trail, vault and exchange apart, then api and pipeline', () => {
  const astray = [...imports].flatMap(([file, targets]) => {
    const layer = layerOf(file)
    if (!layer) return []
    // Data that describes the deployment lies outside the folders.
    const ours = targets.filter((target) => target !== 'cdk.json')
    const allowed = [layer, ...(layers[layer] ?? [])]
    return ours
      .filter((target) => !allowed.includes(layerOf(target) ?? 'nowhere'))
      .map((target) => `${file} → ${target}`)
  })
  expect(astray).toEqual([])
})

/**
 * The rooms of an area, the lowest first: a room imports from itself and from the rows before its own, never from a
 * neighbour in its row. So the way through an area has one direction. A file at the top of an area is a room of its own.
 */
const roomsOf: Readonly<Record<string, readonly (readonly string[])[]>> = {
  'functions/domain': [
    ['calendar', 'state', 'command'],
    ['access', 'directory'],
    ['matching', 'centre', 'gates', 'initial-state', 'target', 'plan'],
    ['rule'],
    ['schedule'],
    ['reports', 'events', 'commands'],
    ['evolve', 'plan-command'],
    ['decide'],
  ],
  'functions/api': [
    ['http'],
    ['worklist', 'administration'],
    ['matching', 'centre'],
    ['returns'],
    ['router'],
    ['entry'],
  ],
  'functions/desk': [
    ['api', 'assets', 'brotli', 'failures', 'modules.d', 'messages'],
    ['waiting'],
    ['context'],
    ['form', 'session'],
    ['parts', 'security-headers'],
    ['filing', 'return'],
    ['screens'],
    ['app'],
    ['handler'],
  ],
  'infra/local': [
    ['disk'],
    ['template'],
    ['aws'],
    ['iam'],
    ['emulators'],
    ['edge'],
    ['lambda'],
    ['triggers', 'sample', 'gateway'],
    ['sign-in'],
    ['stack'],
    ['cli'],
  ],
}

const nameOfRoom = (area: string, file: string) =>
  (relative(area, file).split('/')[0] ?? '').replace(/\.(tsx?|mjs)$/, '')

describe.each(Object.entries(roomsOf))('in %s', (area, rows) => {
  const inside = [...imports].filter(([file]) => file.startsWith(`${area}/`))
  const rowOf = (room: string) => rows.findIndex((row) => row.includes(room))

  test('every file stands in a room that is known', () => {
    const found = new Set(inside.map(([file]) => nameOfRoom(area, file)))
    expect([...found].filter((room) => rowOf(room) < 0)).toEqual([])
    expect(rows.flat().filter((room) => !found.has(room))).toEqual([])
  })

  test('a room imports from the rows before its own alone', () => {
    const upward = inside.flatMap(([file, targets]) => {
      const room = nameOfRoom(area, file)
      return targets
        .filter((target) => files.includes(target) && target.startsWith(`${area}/`))
        .filter((target) => nameOfRoom(area, target) !== room)
        .filter((target) => rowOf(nameOfRoom(area, target)) >= rowOf(room))
        .map((target) => `${file} → ${target}`)
    })
    expect(upward).toEqual([])
  })
})

/** What the desk takes in as texts: words, styles, a script for browsers. */
const isText = (file: string) => /\.(json|scss|browser\.js)$/.test(file)

test('every import of ours is of a file that is there', () => {
  const missing = [...imports].flatMap(([file, targets]) =>
    targets
      .filter((target) => !files.includes(target) && !(isText(target) && existsSync(join(root, target))))
      .map((target) => `${file} → ${target}`),
  )
  expect(missing).toEqual([])
})

test('schemas know zod alone, and the domain no package', () => {
  const outside = (layer: string) =>
    files
      .filter((file) => layerOf(file) === layer)
      .flatMap((file) => specifiers(sourceOf.get(file) ?? ''))
      .filter((specifier) => !specifier.startsWith('.'))
  expect([...new Set(outside('schemas'))]).toEqual(['zod/mini'])
  for (const specifier of outside('functions/domain')) expect(['zod/mini', 'node:util']).toContain(specifier)
})

test('the domain reads no clock, draws nothing at random, and knows no environment', () => {
  const impure =
    /\bnew Date\(\s*\)|\bDate\.now\b|\bMath\.random\b|\bprocess\.|\bcrypto\b|\bconsole\.|\bfetch\(/
  for (const [file, source] of sourceOf)
    if (layerOf(file) === 'functions/domain')
      expect([file, source.match(impure)?.[0]]).toEqual([file, undefined])
})

test('only functions/dynamodb spells PartiQL, queries, pages and attribute values', () => {
  const spelled =
    /\b(INSERT INTO|DELETE FROM|(Query|Scan|GetItem|BatchGetItem|ExecuteTransaction)Command|paginate(Query|Scan)|ExclusiveStartKey|KeyConditionExpression)\b|\{ (S|N|B|BOOL|L|M): /
  const elsewhere = [...sourceOf].filter(
    ([file, source]) =>
      /^functions\/(trail|vault|exchange|api|pipeline)\//.test(file) && spelled.test(source),
  )
  // Admission names the commands that only read: a write waits until the caller is known to work for the party.
  expect(elsewhere.map(([file]) => file)).toEqual(['functions/api/http/admission.ts'])
})

test('no file imports itself by way of others', () => {
  const cycles: string[] = []
  const done = new Set<string>()
  const visit = (file: string, path: readonly string[]) => {
    if (path.includes(file)) cycles.push([...path.slice(path.indexOf(file)), file].join(' → '))
    if (path.includes(file) || done.has(file)) return
    for (const target of imports.get(file) ?? []) visit(target, [...path, file])
    done.add(file)
  }
  for (const file of files) visit(file, [])
  expect(cycles).toEqual([])
})

test('nothing that is deployed knows of the local stack, its users and its sample: no function, and not the app', () => {
  const local = (file: string) => file.startsWith('infra/local/')
  const deployed = [...imports].filter(([file]) => !local(file) && !file.startsWith('test/'))
  expect(deployed.length).toBeGreaterThan(150)
  expect(deployed.filter(([, targets]) => targets.some(local)).map(([file]) => file)).toEqual([])
})

test('a file is named for what it holds', () => {
  const vague = /(^|[/.-])(utils?|helpers?|common|misc|managers?|services?)([/.-]|$)/
  expect(files.filter((file) => vague.test(file))).toEqual([])
  for (const file of files) expect(file).toMatch(/^[a-z0-9/.-]+$/)
})

test('no file is longer than 300 lines', () => {
  const long = [...sourceOf].filter(([, source]) => source.split('\n').length - 1 > 300).map(([file]) => file)
  expect(long).toEqual([])
})
