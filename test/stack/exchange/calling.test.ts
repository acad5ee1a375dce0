import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { logTag } from '../../../functions/trail/chain.ts'
import { readTrail } from '../../../functions/trail/read.ts'
import { callText } from '../../../schemas/deployment/call-text.ts'
import { cancelled } from '../../parts/door.ts'
import { addEvent, centre, consular, fileReturn, iom, type MadeReturn } from '../../parts/events.ts'
import { startPipeline, type TestPipeline } from '../../parts/pipeline.ts'

let pipeline: TestPipeline
beforeAll(async () => {
  pipeline = await startPipeline()
})
afterAll(() => pipeline.stop())
beforeEach(async () => {
  await pipeline.queues.wipe()
  seen = pipeline.topics.letters().length
})
afterEach(() => {
  vi.useRealTimers()
  pipeline.breakCalls(() => undefined)
  pipeline.topics.break(false)
})

/** Letters of earlier tests; each test has a return of its own, and the others are silent by then or are not looked at. */
let seen = 0
const filedAt = new Date('2026-11-21T09:00:00.000Z')

/** So many minutes after the filing, by every clock in this process. */
const clock = (minutes: number) =>
  vi.useFakeTimers({ toFake: ['Date'], now: filedAt.getTime() + minutes * 60_000 })

/** What was called since the last time that somebody asked. */
function calls(): string[] {
  const letters = pipeline.topics.letters().slice(seen)
  seen += letters.length
  return letters.map(({ attributes: { party, line } }) => `${party} ${line}`).sort()
}

/** Danger today, delivered to everyone. */
async function danger(): Promise<MadeReturn> {
  clock(0)
  const made = await fileReturn(undefined, { urgency: 2, at: filedAt })
  await pipeline.write(made)
  await deliver(made)
  return made
}

async function deliver({ ret, rows }: MadeReturn): Promise<void> {
  await pipeline.ring({ ret, seq: rows.length - 1 })
  await pipeline.drain()
}

/** The clock strikes so many minutes after the filing, and what was written is delivered. */
async function strike(made: MadeReturn, minutes: number): Promise<string[]> {
  clock(minutes)
  await pipeline.watch()
  await pipeline.reread(made)
  await deliver(made)
  return calls()
}

const types = ({ rows }: MadeReturn) => rows.map(({ event }) => event.type)

async function answer(made: MadeReturn, by: typeof iom, minutes: number): Promise<void> {
  clock(minutes)
  await addEvent(made, { type: 'call-answered', data: { call: 0 } }, { by, at: new Date() })
  await pipeline.write(made, made.rows.length - 1)
  await deliver(made)
}

test('danger today: line after line is called, then all of them every hour, until everybody has answered', async () => {
  const made = await danger()
  expect(await strike(made, 0)).toEqual(['consular duty', 'iom duty'])
  expect(await strike(made, 1)).toEqual([])
  expect(await strike(made, 10)).toEqual(['consular duty', 'iom duty'])
  expect(await strike(made, 20)).toEqual(['consular stand-in', 'iom stand-in'])
  expect(await strike(made, 39)).toEqual([])
  expect(await strike(made, 40)).toEqual(['consular head', 'iom head'])
  expect(types(made)).toEqual(['filed', ...Array(8).fill('called')])
  const everybody = (party: string) => ['duty', 'head', 'stand-in'].map((line) => `${party} ${line}`)
  expect(await strike(made, 99)).toEqual([])
  expect(await strike(made, 100)).toEqual([...everybody('consular'), ...everybody('iom')])
  expect(await strike(made, 101)).toEqual([])
  await answer(made, iom, 110)
  expect(await strike(made, 160)).toEqual(everybody('consular'))
  await answer(made, consular, 170)
  expect(await strike(made, 220)).toEqual([])
  expect(types(made)).toHaveLength(11)
  expect(await pipeline.due(made.ret)).toEqual({ next: undefined, version: 11 })
})

test('a call names a party and a line, and nobody else', async () => {
  const made = await danger()
  await strike(made, 0)
  for (const { message, attributes } of pipeline.topics.letters().slice(-2)) {
    expect(message).toBe(callText)
    expect(Object.keys(attributes).sort()).toEqual(['line', 'party'])
  }
  expect(callText).not.toMatch(/\d|RET-|http/)
})

test("an event that watch writes is part of the chain, and has the tag of the return's log key", async () => {
  const made = await danger()
  await strike(made, 40)
  const { rows } = await readTrail(pipeline.dynamodb.client(), pipeline.dynamodb.names.trail, made.ret)
  expect(rows).toHaveLength(9)
  for (const { tag, seq } of rows) expect(Buffer.compare(tag, logTag(made.logKey, seq))).toBe(0)
})

test('where nothing was delivered, not even to the consular department, people are called all the same', async () => {
  clock(0)
  const made = await fileReturn(undefined, { urgency: 2, at: filedAt })
  await pipeline.write(made)
  expect(await strike(made, 1.5)).toEqual(['consular duty', 'iom duty'])
})

test('a topic that is down is reported, and people are called in the next minute', async () => {
  const made = await danger()
  pipeline.topics.break(true)
  clock(0)
  await expect(pipeline.watch()).rejects.toThrow('internal')
  await pipeline.reread(made)
  expect(types(made)).toEqual(['filed'])
  pipeline.topics.break(false)
  expect(await strike(made, 1)).toEqual(['consular duty', 'iom duty'])
})

test('after a crash that follows a written call, nobody is called twice, and the next tick notes the next evaluation', async () => {
  const made = await danger()
  const broken = { __type: 'com.amazonaws.dynamodb.v20120810#ValidationException', message: 'injected' }
  pipeline.breakCalls(({ operation }) =>
    operation === 'UpdateItem' ? { kind: 'answer', status: 400, body: broken } : undefined,
  )
  clock(0)
  await expect(pipeline.watch()).rejects.toThrow('internal')
  expect(calls()).toEqual(['consular duty', 'iom duty'])
  pipeline.breakCalls(() => undefined)
  expect(await strike(made, 1)).toEqual([])
  expect(types(made)).toEqual(['filed', 'called', 'called'])
  expect((await pipeline.due(made.ret))?.next).toBe('2026-11-21T09:10:00.000Z')
})

test('an answer that was lost is no failure of the call: it is written once', async () => {
  const made = await danger()
  let lost = 0
  pipeline.breakCalls(({ operation }) =>
    operation === 'ExecuteTransaction' && lost++ === 0 ? { kind: 'cut-after' } : undefined,
  )
  await strike(made, 0)
  await strike(made, 1)
  expect(types(made)).toEqual(['filed', 'called', 'called'])
})

test('watch leaves the rest for its next tick where somebody wrote first, and writes no line twice', async () => {
  const made = await danger()
  let races = 0
  pipeline.breakCalls(({ operation }) =>
    operation === 'ExecuteTransaction' && races++ === 0
      ? cancelled(['None', 'ConditionalCheckFailed', 'None', 'None'])
      : undefined,
  )
  await strike(made, 0)
  expect(types(made)).toEqual(['filed'])
  await strike(made, 1)
  expect(types(made)).toEqual(['filed', 'called', 'called'])
  const lines = made.rows.flatMap(({ event }) => (event.type === 'called' ? [event.data] : []))
  expect(new Set(lines.map(({ party, line }) => `${party} ${line}`))).toEqual(
    new Set(['iom 0', 'consular 0']),
  )
})

test('two ticks at once write each line once', async () => {
  const made = await danger()
  clock(0)
  await Promise.all([pipeline.watch(), pipeline.watch()])
  await strike(made, 1)
  expect(types(made)).toEqual(['filed', 'called', 'called'])
})

test('an event that comes while watch evaluates is evaluated too', async () => {
  const made = await danger()
  await strike(made, 0)
  // Somebody writes, and the inbox notes it, after watch has read the row and before it moves it.
  let moved = false
  pipeline.breakCalls(({ operation }) => {
    if (operation === 'UpdateItem' && !moved) {
      moved = true
      return cancelledUpdate
    }
    return undefined
  })
  await strike(made, 10)
  pipeline.breakCalls(() => undefined)
  expect(moved).toBe(true)
  expect(types(made)).toHaveLength(5)
  expect((await pipeline.due(made.ret))?.next).toBe('2026-11-21T09:20:00.000Z')
})

const cancelledUpdate = {
  kind: 'answer',
  status: 400,
  body: { __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException', message: 'injected' },
} as const

test('a lost contact and an arrival at night each call people for that event', async () => {
  clock(0)
  const made = await fileReturn(undefined, { at: filedAt })
  await addEvent(made, { type: 'contact-lost', data: { unseen: [] } }, { at: filedAt })
  await pipeline.write(made)
  await deliver(made)
  expect(await strike(made, 0)).toEqual(['iom duty'])
  await addEvent(made, { type: 'arrived', data: { unseen: [], night: true } }, { by: iom, at: new Date() })
  await pipeline.write(made, made.rows.length - 1)
  await deliver(made)
  // She is found: IOM is left alone, and the Centre is called to let her in.
  expect(await strike(made, 1)).toEqual([`${centre} duty`])
  expect(await strike(made, 2)).toEqual([])
})
