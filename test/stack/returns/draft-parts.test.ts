import { randomBytes } from 'node:crypto'
import { expect } from 'vitest'
import { sample } from '../../parts/bodies.ts'
import { type Desk, refusalOf } from '../../parts/desk.ts'
import { draftsOf } from '../../parts/drafts.ts'
import type { RunningStack } from '../../parts/running-stack.ts'
import { test } from '../../parts/shared-stack.ts'

let running: RunningStack
let officer: Desk
let colleague: Desk

test.beforeAll(async ({ shared }) => {
  running = shared
  officer = await running.desk('istanbul')
  colleague = await running.desk('istanbul-duty')
})

/** The rows of a draft beside its own. */
const partsOf = async (id: string) =>
  (await running.stored.rows('drafts', `${officer.party}#parts`))
    .flatMap((row) => row.draft?.S ?? [])
    .filter((part) => part.startsWith(id))

test('a draft of many persons is stored in parts, which come and go with it', async () => {
  const long = (lines: number) => ({ content: { remarks: randomBytes(lines * 300).toString('base64') } })
  const [first, second] = [long(700), long(1400)]
  const { draft } = await draftsOf(officer).begin(first)
  expect((await draftsOf(colleague).see(draft)).content).toEqual(first.content)
  const before = await partsOf(draft)
  expect(before.length).toBeGreaterThan(2)
  await draftsOf(colleague).save(draft, second, 1)
  expect((await draftsOf(officer).see(draft)).content).toEqual(second.content)
  const after = await partsOf(draft)
  expect(after.length).toBeGreaterThan(before.length)
  expect(after.filter((part) => before.includes(part))).toEqual([])
  // A late save leaves no part behind, and takes none away.
  expect(await refusalOf(draftsOf(officer).save(draft, first, 1))).toMatchObject({ code: 'version-stale' })
  expect(await partsOf(draft)).toEqual(after)
  expect((await draftsOf(officer).list()).map((item) => item.draft)).toContain(draft)
  await draftsOf(officer).discard(draft, 2)
  expect(await partsOf(draft)).toEqual([])
})

test('a draft of fifty persons with long remarks is stored whole, and no part of it is left once it is sent', async () => {
  const remarks = () => randomBytes(1400).toString('base64')
  const persons = Array.from({ length: 50 }, () => ({
    ...sample,
    care: { ...sample.care, remarks: remarks() },
    protection: { ...sample.protection, remarks: remarks() },
    contacts: { ...sample.contacts, remarks: remarks() },
  }))
  const { draft } = await draftsOf(officer).begin({ content: { persons } })
  expect((await draftsOf(colleague).see(draft)).content).toEqual({ persons })
  expect((await partsOf(draft)).length).toBeGreaterThan(1)
  const sent = persons.slice(0, 7)
  const { returns } = await officer.file({ persons: sent, draft: { draft, version: 1 } })
  expect(new Set(returns.map(({ ret }) => ret)).size).toBe(sent.length)
  expect(await refusalOf(draftsOf(officer).see(draft))).toMatchObject({ code: 'draft-sent' })
  expect(await partsOf(draft)).toEqual([])
})
