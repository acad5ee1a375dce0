import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { expect, test } from 'vitest'
import { identifiersOf, wordsOf } from '../parts/identifiers.ts'

const root = join(import.meta.dirname, '../..')
const sources = ['schemas', 'functions', 'infra', 'test']
  .flatMap((folder) => readdirSync(join(root, folder), { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile() && /\.(tsx?|mjs)$/.test(entry.name))
  .map((entry) => relative(root, join(entry.parentPath, entry.name)))
  .sort()
  .map((file) => ({ file, source: readFileSync(join(root, file), 'utf8') }))

const anywhere = /^/

/** Words that were retired, by what they stood for, each with what is said now. `within`: where the word is ours to retire. */
const retiredWords: readonly { words: readonly string[]; now: string; within?: RegExp }[] = [
  { words: ['told'], now: 'notified, reported, response or content, by what is meant' },
  { words: ['untold'], now: 'withoutCorrectedFact, guardianNotContacted' },
  { words: ['deed', 'deeds'], now: 'action' },
  { words: ['vouch', 'vouches', 'vouched', 'vouching'], now: 'attest' },
  { words: ['aim', 'aims', 'aimed'], now: 'target' },
  { words: ['circle', 'circles'], now: 'participants' },
  { words: ['outline', 'outlines'], now: 'plan', within: /^(?!functions\/desk\/style)/ },
  { words: ['belonging'], now: 'participation' },
  { words: ['keeper', 'keepers'], now: 'assignee' },
  { words: ['matter', 'matters'], now: 'item, escalation' },
  { words: ['shelf', 'shelves'], now: 'partition' },
  { words: ['pen', 'pens'], now: 'writer' },
  { words: ['outlet', 'outlets'], now: 'sender' },
  { words: ['wrongs'], now: 'errors' },
  { words: ['doubts', 'doubt'], now: 'warnings' },
  { words: ['trouble', 'troubles'], now: 'errorPage' },
  { words: ['judge', 'judges', 'judged'], now: 'validate, evaluate, check' },
  { words: ['visit', 'visits'], now: 'context', within: /^functions\/desk\// },
  { words: ['either'], now: 'union', within: /^functions\/desk\// },
]

/** Names that were retired as they stood, since they said too much at once or nothing. */
const retiredNames: readonly { name: string; now: string }[] = [
  { name: 'Asked', now: 'the request of one operation: CommandRequest' },
  { name: 'Shown', now: 'what is shown: WorklistRow' },
  { name: 'Standing', now: 'CurrentSection, Membership' },
  { name: 'Ground', now: 'BasisStatus' },
  { name: 'so', now: 'state, or what it is' },
  { name: 'one', now: "the element's noun" },
]

const retiredIn = (file: string, name: string) =>
  retiredWords
    .filter(({ within = anywhere }) => within.test(file))
    .filter(({ words }) => wordsOf(name).some((word) => words.includes(word)))
    .map(({ now }) => `${name} (now: ${now})`)

test('no name in code has a retired word in it', () => {
  const hits = sources.flatMap(({ file, source }) =>
    identifiersOf(source).flatMap(({ name, line }) =>
      retiredIn(file, name).map((hit) => `${file}:${line} ${hit}`),
    ),
  )
  expect(hits).toEqual([])
})

test('no variable, function or type has a retired name', () => {
  const hits = sources.flatMap(({ file, source }) =>
    identifiersOf(source)
      .filter(({ member }) => !member)
      .flatMap(({ name, line }) =>
        retiredNames
          .filter((retired) => retired.name === name)
          .map(({ now }) => `${file}:${line} ${name} (now: ${now})`),
      ),
  )
  expect(hits).toEqual([])
})

test('no file name has a retired word in it', () => {
  expect(sources.flatMap(({ file }) => retiredIn(file, file).map((hit) => `${file}: ${hit}`))).toEqual([])
})

test('no code of the tables has a retired word in it', () => {
  const code = /(?<=')[a-z]+(?:-[a-z]+)*(?=')/g
  const hits = sources
    .filter(({ file }) => file.startsWith('schemas/'))
    .flatMap(({ file, source }) => [...new Set(source.match(code))].flatMap((name) => retiredIn(file, name)))
  expect(hits).toEqual([])
})

test('tests are declared with `test`, and with no second word for it', () => {
  const declaring = /import \{[^}]*\bit\b[^}]*\} from 'vitest'/
  expect(sources.filter(({ source }) => declaring.test(source)).map(({ file }) => file)).toEqual([])
})

/** Names that several files export on purpose, each with why it has one meaning in all of them. */
const sharedNames: Readonly<Record<string, string>> = {
  handler: 'What AWS Lambda calls in a bundle: each function has one entry, and the template names it.',
}

test('no exported name is declared twice', () => {
  const declaration =
    /^export (?:declare )?(?:abstract )?(?:async )?(?:const|let|function\*?|class|interface|type|enum) ([\w$]+)/gm
  const places = sources
    .filter(({ file }) => !file.startsWith('test/'))
    .flatMap(({ file, source }) =>
      [...new Set([...source.matchAll(declaration)].map((match) => match[1] ?? ''))].map((name) => ({
        name,
        file,
      })),
    )
  const twice = [...Map.groupBy(places, ({ name }) => name)]
    .filter(([name, all]) => all.length > 1 && !Object.hasOwn(sharedNames, name))
    .map(([name, all]) => `${name}: ${all.map(({ file }) => file).join(', ')}`)
  expect(twice).toEqual([])
})
