import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { keyOf } from '../../../infra/local/template/synthesis-key.ts'
import { keptUnder } from '../../../infra/local/template/synthesis-store.ts'
import { temporaryDirectory } from '../parts/temporary-directory.ts'

const note = async (folder: string) => writeFileSync(join(folder, 'note'), 'made')
const noteIn = (entry: string) => readFileSync(join(entry, 'note'), 'utf8')

test('parallel requests for a missing synthesis get the same one, made once', async () => {
  const store = temporaryDirectory()
  let made = 0
  const make = async (folder: string) => {
    made++
    await note(folder)
  }
  const entries = await Promise.all([1, 2, 3].map(() => keptUnder('a', make, store)))
  expect(new Set(entries).size).toBe(1)
  expect(noteIn(entries[0] ?? '')).toBe('made')
  expect(made).toBe(1)
})

test('a failed synthesis leaves nothing, and the next request makes it', async () => {
  const store = temporaryDirectory()
  const failing = async (folder: string) => {
    await note(folder)
    throw new Error('no more room')
  }
  await expect(keptUnder('a', failing, store)).rejects.toThrow('no more room')
  expect(readdirSync(store).filter((name) => !name.endsWith('.lock'))).toEqual([])
  expect(noteIn(await keptUnder('a', note, store))).toBe('made')
})

test('a killed process keeps no other process waiting', async () => {
  const store = temporaryDirectory()
  const module = join(import.meta.dirname, '../../../infra/local/template/synthesis-store.ts')
  const program = `
    const { keptUnder } = await import(${JSON.stringify(module)})
    const { setTimeout: pause } = await import('node:timers/promises')
    await keptUnder('a', () => { console.log('at it'); return pause(600_000) }, ${JSON.stringify(store)})`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', program])
  await once(child.stdout, 'data')
  let made = false
  const waiting = keptUnder(
    'a',
    async (folder) => {
      made = true
      await note(folder)
    },
    store,
  )
  // Long enough for the second process to look again: it does not make the synthesis while the first one does.
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(made).toBe(false)
  const gone = once(child, 'exit')
  child.kill('SIGKILL')
  await gone
  expect(noteIn(await waiting)).toBe('made')
})

test('the store removes the synthesis that was unused for longest, and keeps one that was just used', async () => {
  const store = temporaryDirectory()
  const keys = Array.from({ length: 45 }, (_, index) => `k${index}`)
  for (const key of keys.slice(0, 44)) await keptUnder(key, note, store)
  const before = new Date(Date.now() - 3_600_000)
  for (const key of ['k0', 'k7']) utimesSync(join(store, key), before, before)
  const dead = join(store, 'k9.making-dead')
  writeFileSync(dead, '')
  for (const name of readdirSync(store).filter((file) => file.includes('.')))
    utimesSync(join(store, name), before, before)
  await keptUnder('k44', note, store)
  const gone = keys.filter((key) => !existsSync(join(store, key)))
  expect(gone).toEqual(['k0', 'k7'])
  expect(existsSync(dead)).toBe(false)
  expect(existsSync(join(store, 'k0.lock'))).toBe(false)
  expect(existsSync(join(store, 'k9.lock'))).toBe(true)
})

test('another context, another replacement or a template without bundles is another synthesis', async () => {
  const whole = { context: {}, replace: {}, bundle: true }
  const replace = { 'functions/log.ts': 'test/infra/marked-log.ts' }
  const orders = [
    whole,
    { ...whole, context: { stage: 'prod' } },
    { ...whole, replace },
    { ...whole, bundle: false },
  ]
  const keys = await Promise.all(orders.map(keyOf))
  expect(new Set(keys).size).toBe(orders.length)
  expect(await keyOf({ ...whole, replace })).toBe(keys[2])
})
