import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')

const documents = [
  ...readdirSync(root).filter((name) => name.endsWith('.md')),
  ...readdirSync(join(root, 'docs'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name))),
].sort()

const textOf = (document: string) => readFileSync(join(root, document), 'utf8')

/** Paths of ours that a text names in backquotes, from the top folder. */
function pathsNamed(text: string): string[] {
  return [...text.matchAll(/`((?:schemas|functions|infra|test|docs)\/[\w./*-]*)`/g)].map(
    ([, path = '']) => path,
  )
}

/** Whether a path is there; `*` stands for the rest of a file's name. */
function isThere(path: string): boolean {
  if (!path.includes('*')) return existsSync(join(root, path))
  const [start = '', end = ''] = path.split('*')
  const folder = join(root, start.endsWith('/') ? start : dirname(start))
  return (
    existsSync(folder) &&
    readdirSync(folder).some((name) => join(folder, name).startsWith(join(root, start)) && name.endsWith(end))
  )
}

test('there are documents to look at, and they name paths', () => {
  expect(documents.length).toBeGreaterThan(25)
  expect(documents.flatMap((document) => pathsNamed(textOf(document))).length).toBeGreaterThan(80)
})

test('every path that a document names is there', () => {
  const missing = documents.flatMap((document) =>
    pathsNamed(textOf(document))
      .filter((path) => !isThere(path))
      .map((path) => `${document}: ${path}`),
  )
  expect(missing).toEqual([])
})

test('every link of a document leads to a file that is there', () => {
  const missing = documents.flatMap((document) =>
    [...textOf(document).matchAll(/\]\((?!https?:|#)([^)#\s]+)(?:#[^)]*)?\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !existsSync(join(root, dirname(document), target)))
      .map((target) => `${document}: ${target}`),
  )
  expect(missing).toEqual([])
})

test('every script that a document calls by `npm run` is in package.json', () => {
  const { scripts }: { scripts: Record<string, string> } = JSON.parse(textOf('package.json'))
  const called = documents.flatMap((document) =>
    [...textOf(document).matchAll(/npm run ([a-z][a-z:-]*)/g)].map(([, name = '']) => name),
  )
  expect([...new Set(called)].filter((name) => !Object.hasOwn(scripts, name))).toEqual([])
})

test('the architecture page draws every room', () => {
  const page = textOf('docs/architecture.md')
  const drawn = page.slice(page.indexOf('## Rooms'), page.indexOf('| folder | holds |'))
  const rooms = [
    'schemas',
    'functions',
    'functions/domain',
    'functions/api',
    'functions/desk',
    'infra/local',
  ].flatMap((folder) =>
    readdirSync(join(root, folder), { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => name),
  )
  expect(rooms.length).toBeGreaterThan(40)
  expect(rooms.filter((room) => !new RegExp(`\\b${room}\\b`).test(drawn))).toEqual([])
})
