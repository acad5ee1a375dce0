import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { PendingCall } from '../../infra/local/edge.ts'
import { bodies, istanbul, sample } from '../parts/bodies.ts'
import { type Desk, refusalOf } from '../parts/desk.ts'
import { fileOne, type RunningStack, startRunning } from '../parts/running-stack.ts'
import type { Item } from '../parts/stored-tables.ts'

/** What the sessions of missions were allowed, and under which tags. */
const calls: PendingCall[] = []
let running: RunningStack
let filer: Desk
let rome: Desk
let madrid: Desk
let ret = ''

beforeAll(async () => {
  running = await startRunning({
    replace: { 'functions/domain/readers.ts': 'test/stack/rome-helps.ts' },
    before(call) {
      if (call.caller.role.logicalId === 'MissionSessionRole' || call.service === 'sts') calls.push(call)
      return undefined
    },
  })
  const desks = ['istanbul', 'rome', 'madrid'].map((name) => running.desk(name))
  const [first, second, third] = await Promise.all(desks)
  if (!first || !second || !third) throw new Error('A desk is missing.')
  ;[filer, rome, madrid] = [first, second, third]
  ret = await fileOne(filer)
  await running.settled()
})
afterAll(() => running.stop())
beforeEach(() => {
  calls.length = 0
})

/** All that one can ask of a return, and how each was refused. */
async function refusals(desk: Desk) {
  const acts = [
    () => desk.see(ret),
    () => desk.open(ret, ['identity']),
    () => desk.events(ret),
    () => desk.export(ret),
    () => desk.command(ret, 'ask', bodies.ask),
    () => desk.command(ret, 'depart', bodies.depart),
    () => desk.command(ret, 'cancel', bodies.cancel),
  ]
  const refused = []
  for (const act of acts) refused.push(await refusalOf(act()))
  return refused
}

const ofUnknown = { status: 404, code: 'not-found' }
const tagsOf = ({ caller }: PendingCall) => `${caller.tags.code}/${caller.tags.filer}`

async function rowOf(party: string): Promise<Item> {
  const row = (await running.stored.rows('worklists', party)).find((one) => one.ret?.S === ret)
  if (!row) throw new Error('There is no such row.')
  return row
}

describe('a mission on a return that another filed', () => {
  test('sees, opens, follows and exports it as its own', async () => {
    expect(await rome.see(ret)).toMatchObject({ ret, filer: istanbul, label: { initials: 'P. E.' } })
    const { sections } = await rome.open(ret, ['identity', 'contacts'])
    expect(sections.map(({ content }) => content)).toContainEqual(sample.identity)
    expect((await rome.events(ret)).deliveries.map(({ party }) => party)).toContain(rome.party)
    expect((await rome.export(ret)).sections.length).toBeGreaterThan(3)
    expect(await refusalOf(rome.open(ret, ['care']))).toMatchObject({ code: 'not-readable' })
  })

  test('writes to it, under a claim of its own', async () => {
    const sending = { idempotencyKey: 'asked-by-the-helping-mission' }
    const first = await rome.command(ret, 'ask', bodies.ask, sending)
    expect(await rome.command(ret, 'ask', bodies.ask, sending)).toEqual(first)
    expect((await filer.events(ret)).events[first.seq]?.by.party).toBe(rome.party)
    const claims = await running.stored.rows('claims', rome.party)
    expect(claims.filter((claim) => claim.ret?.S === ret)).toHaveLength(1)
  })

  test('works under its own code and the code of who filed it, and under no other', async () => {
    await rome.command(ret, 'note', bodies.note)
    const [asked, ...rest] = calls.filter(({ service }) => service !== 'sts')
    expect(asked && [asked.operation, tagsOf(asked)]).toEqual(['GetItem', '19B6/19B6'])
    expect(new Set(rest.map(tagsOf))).toEqual(new Set(['19B6/1XGE']))
  })

  test('is given a session for a filer once, however often it asks', async () => {
    for (let count = 0; count < 6; count++) await rome.see(ret)
    // A second worker of the function would ask once more.
    expect(calls.filter(({ service }) => service === 'sts').length).toBeLessThanOrEqual(1)
  })

  test('lists what it filed and what others did on one page, each line with its label', async () => {
    const own = await fileOne(rome)
    const theirs = await fileOne(madrid)
    await running.settled()
    calls.length = 0
    const { returns } = await rome.list()
    expect(new Set(returns.map((row) => row.ret))).toEqual(new Set([ret, own, theirs]))
    for (const { label } of returns) expect(label).toMatchObject({ initials: 'P. E.' })
    const batches = calls.filter(({ operation }) => operation === 'BatchGetItem')
    expect(batches.map(tagsOf).sort()).toEqual(['19B6/19B6', '19B6/1XGE', '19B6/6HKJ'])
  })
})

describe('a mission whose worklist has no row of it', () => {
  test('is answered as for an unknown return, whatever it asks, and not one key of it is touched', async () => {
    for (const refused of await refusals(madrid)) expect(refused).toMatchObject(ofUnknown)
    const asked = calls.filter(({ service }) => service !== 'sts')
    expect(new Set(asked.map(({ operation }) => operation))).toEqual(new Set(['GetItem']))
    expect(new Set(calls.map(tagsOf)).has('6HKJ/1XGE')).toBe(false)
  })

  test('and so is one that was invited, until the inbox has delivered it', async () => {
    const row = await rowOf(rome.party)
    await running.stored.remove('worklists', row)
    for (const refused of await refusals(rome)) expect(refused).toMatchObject(ofUnknown)
    await running.stored.put('worklists', row)
    expect((await rome.see(ret)).ret).toBe(ret)
  })

  test('is not helped by a row of somebody else, nor by one of another return', async () => {
    const row = await rowOf(rome.party)
    await running.stored.put('worklists', {
      ...row,
      party: { S: madrid.party },
      ret: { S: `${ret.slice(0, -1)}0` },
    })
    for (const refused of await refusals(madrid)) expect(refused).toMatchObject(ofUnknown)
  })
})

test('a row alone is not enough: who is not on the return is answered as for an unknown one', async () => {
  const row = await rowOf(rome.party)
  await running.stored.put('worklists', { ...row, party: { S: madrid.party } })
  for (const refused of await refusals(madrid)) expect(refused).toMatchObject(ofUnknown)
  await running.stored.remove('worklists', { ...row, party: { S: madrid.party } })
})
