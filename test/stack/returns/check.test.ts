import { afterEach, describe, expect } from 'vitest'
import { canonicalBytes, parseCanonical } from '../../../functions/trail/canonical.ts'
import { newReturnId } from '../../../functions/trail/ids.ts'
import type { Exported } from '../../../schemas/api/answers.ts'
import { auditAnswer } from '../../../schemas/api/audit.ts'
import type { Checked } from '../../../schemas/api/check.ts'
import { iom, ministry } from '../../parts/bodies.ts'
import { type Desk, refusalOf } from '../../parts/desk.ts'
import { fileOne, type RunningStack } from '../../parts/running-stack.ts'
import { test } from '../../parts/shared-stack.ts'
import type { Item } from '../../parts/stored-tables.ts'
import { flipped, type Tampering, tamperingWith } from '../../parts/tampered.ts'
import { withdrawalOf } from '../../parts/todays-bodies.ts'

let running: RunningStack
let tampering: Tampering
let mission: Desk
let iomDesk: Desk
let oversight: Desk
let ret = ''

test.beforeAll(async ({ shared }) => {
  running = shared
  tampering = tamperingWith(running)
  ;[mission, iomDesk, oversight] = await Promise.all([
    running.desk('istanbul'),
    running.desk('iom'),
    running.desk('oversight'),
  ])
  ret = await fileOne(mission)
  await iomDesk.command(ret, 'acknowledge')
  await iomDesk.command(ret, 'accept')
  await iomDesk.open(ret, ['case'])
  await mission.open(ret, ['identity'])
  await iomDesk.open(ret, ['travel'])
  await running.settled()
})
afterEach(() => tampering.repair())

const everyone = ['istanbul', 'iom', 'centre', 'ministry', 'consular', 'oversight']
const event = (seq: number) => tampering.rowOf('trail', ret, 'seq', String(seq))
const look = (n: number) => tampering.rowOf('access', ret, 'n', String(n))

/** The bytes of a record with something in it changed, in the one form. */
function changed(bytes: Uint8Array | undefined, change: object): Uint8Array {
  const value = parseCanonical(bytes ?? new Uint8Array())
  return canonicalBytes({ ...(typeof value === 'object' ? value : {}), ...change })
}

test('who is on a return, and oversight, finds it unchanged, with the same last hash as in an export', async () => {
  const hashes = new Set<string | undefined>()
  for (const user of everyone) {
    const before = new Date().toISOString()
    const { at, lastHash, ...rest } = await (await running.desk(user)).check(ret)
    hashes.add(lastHash)
    expect(at >= before).toBe(true)
    // Oversight alone holds no log key.
    const tags = user === 'oversight' ? 0 : 3
    const { reference } = await mission.see(ret)
    expect([user, rest]).toEqual([user, { ret, reference, unchanged: true, events: 3, tags, access: 3 }])
  }
  const exported: Exported = await mission.export(ret)
  expect(hashes.size).toBe(1)
  const { events } = await oversight.events(ret)
  expect([...hashes]).toEqual([events.at(-1)?.hash])
  expect(exported.events).toHaveLength(3)
})

test('who has nothing to do with it is told what is told of a return that is not there', async () => {
  const rome = await running.desk('rome')
  for (const of of [ret, newReturnId('1XGE'), newReturnId('19B6')])
    expect(await refusalOf(rome.check(of))).toMatchObject({ status: 404, code: 'not-found' })
  expect(await refusalOf(oversight.check(newReturnId('1XGE')))).toMatchObject({ status: 404 })
})

test('a check is no look: it is not recorded', async () => {
  const before = (await running.stored.rows('access', ret)).length
  await oversight.check(ret)
  expect((await running.stored.rows('access', ret)).length).toBe(before)
})

test('a return that is being written to is told of as unchanged', async () => {
  const busy = await fileOne(mission)
  const checks: Promise<Checked>[] = []
  const ask = async () => {
    for (let time = 0; time < 6; time++)
      await iomDesk.command(busy, 'ask', { for: 'centre:S0DS', talk: { text: 'When?' } })
  }
  const check = async () => {
    for (let time = 0; time < 12; time++) checks.push(mission.check(busy))
    await Promise.all(checks)
  }
  await Promise.all([ask(), check()])
  for (const item of await Promise.all(checks)) expect(item).toMatchObject({ unchanged: true })
})

describe('a return is found changed, and where, when', () => {
  type Case = [string, () => Promise<void>, Checked['broken'], string?]
  const overwrite = async (row: Promise<Item>, change: (row: Item) => Item) => {
    const before = await row
    await tampering.overwrite('event' in before ? 'trail' : 'access', before, change(before))
  }
  const rewritten = (seq: number, change: object) =>
    overwrite(event(seq), (row) => ({ event: { B: changed(row.event?.B, change) } }))
  const relooked = (n: number, change: object) =>
    overwrite(look(n), (row) => ({ record: { B: changed(row.record?.B, change) } }))

  test.each<Case>([
    [
      'the bytes of an event are spaced',
      () =>
        overwrite(event(1), (row) => ({
          event: {
            B: Buffer.from(
              Buffer.from(row.event?.B ?? [])
                .toString()
                .replace(',', ', '),
            ),
          },
        })),
      { of: 'events', flaw: 'not-canonical', n: 1 },
    ],
    [
      'an event is no event',
      () => rewritten(1, { remarks: 'x' }),
      { of: 'events', flaw: 'not-an-event', n: 1 },
    ],
    [
      'an event is gone',
      async () => tampering.remove('trail', await event(1)),
      { of: 'events', flaw: 'gap', n: 1 },
    ],
    [
      'the first event is gone',
      async () => tampering.remove('trail', await event(0)),
      { of: 'events', flaw: 'gap', n: 0 },
    ],
    [
      'the author of an event is another',
      () => rewritten(1, { by: { party: 'ministry', role: 'officer', user: 'x' } }),
      { of: 'events', flaw: 'broken-link', n: 2 },
    ],
    [
      'the time of an event runs back',
      () => rewritten(2, { at: '2020-01-01T00:00:00.000Z' }),
      { of: 'events', flaw: 'time-runs-back', n: 2 },
    ],
    [
      'the last event was rewritten',
      () => rewritten(2, { by: { party: iom, role: 'administrator', user: 'x' } }),
      { of: 'head', flaw: 'last-differs', n: 2 },
    ],
    [
      'the last event was cut off',
      async () => tampering.remove('trail', await event(2)),
      { of: 'head', flaw: 'cut-off', n: 2 },
    ],
    [
      'head and last event were turned back',
      async () => {
        const [head] = await running.stored.rows('heads', ret)
        const { hash } = (await oversight.events(ret)).events[1] ?? { hash: '' }
        await tampering.overwrite('heads', head ?? {}, {
          head: { M: { version: { N: '2' }, hash: { S: hash }, phase: { S: 'filed' } } },
        })
        await tampering.remove('trail', await event(2))
      },
      { of: 'head', flaw: 'cut-off', n: 2 },
    ],
    [
      'an event was written beside the head',
      async () => {
        const last = await event(2)
        const { hash } = (await oversight.events(ret)).events[2] ?? { hash: '' }
        await tampering.add('trail', {
          ...last,
          seq: { N: '3' },
          event: { B: changed(last.event?.B, { seq: 3, prev: hash }) },
        })
      },
      { of: 'head', flaw: 'beside-head', n: 3 },
    ],
    [
      'the head is gone',
      async () => {
        const [head] = await running.stored.rows('heads', ret)
        await tampering.remove('heads', head ?? {})
      },
      { of: 'head', flaw: 'no-head' },
    ],
    [
      'the whole trail is gone',
      async () => {
        for (const row of await running.stored.rows('trail', ret)) await tampering.remove('trail', row)
      },
      { of: 'events', flaw: 'no-events' },
    ],
    [
      'the reason of a look was changed',
      () => relooked(1, { reason: 'urgent' }),
      { of: 'access', flaw: 'broken-link', n: 2 },
    ],
    [
      'a look is gone',
      async () => tampering.remove('access', await look(0)),
      { of: 'access', flaw: 'gap', n: 0 },
    ],
    [
      'a look is another return’s',
      () => relooked(2, { subject: newReturnId('1XGE') }),
      { of: 'access', flaw: 'other-subject', n: 2 },
    ],
    [
      'a look has bytes that are no record',
      () => overwrite(look(0), (row) => ({ record: { B: flipped(row.record?.B, 0) } })),
      { of: 'access', flaw: 'not-canonical', n: 0 },
    ],
    [
      'a look stands under another user than looked',
      () => overwrite(look(1), () => ({ user: { S: 'x' } })),
      { of: 'access', flaw: 'index-differs', n: 1 },
    ],
  ])('%s', async (_, tamper, broken) => {
    await tamper()
    for (const user of everyone) {
      const found = await (await running.desk(user)).check(ret)
      expect([user, found.unchanged, found.broken]).toEqual([user, false, broken])
    }
    expect(await refusalOf((await running.desk('rome')).check(ret))).toMatchObject({ status: 404 })
  })

  test.each<Case>([
    [
      'a tag is another',
      () => overwrite(event(1), (row) => ({ tag: { B: flipped(row.tag?.B, 3) } })),
      { of: 'events', flaw: 'wrong-tag', n: 1 },
    ],
    [
      'the wrap of the log key is another',
      async () => {
        const row = await tampering.rowOf('keys', ret, 'wrap', `${iom}#log#`)
        await tampering.overwrite('keys', row, { blob: { B: Buffer.from('kanar') } })
      },
      { of: 'events', flaw: 'wrong-log-key', n: 0 },
    ],
  ])('%s: by who holds the log key', async (_, tamper, broken) => {
    await tamper()
    expect(await iomDesk.check(ret)).toMatchObject({ unchanged: false, broken, tags: 0 })
    // The chain itself is whole, which is all that oversight can tell.
    expect(await oversight.check(ret)).toMatchObject({ unchanged: true, tags: 0 })
  })
})

test('an auditor is shown which records do not hold together, beside those that do', async () => {
  const ask = async () => auditAnswer.parse(await oversight.call('GET', '/v1/oversight/audit'))
  const before = await ask()
  const row = await look(1)
  await tampering.overwrite('access', row, { user: { S: 'x' } })
  const { entries, broken } = await ask()
  expect(broken).toEqual([{ subject: ret, n: 1 }])
  expect(entries).toEqual(before.entries.filter(({ subject, n }) => subject !== ret || n !== 1))
})

test('who was left out can check it still', async () => {
  await mission.command(ret, 'withdraw', withdrawalOf(ministry))
  await running.settled()
  expect(await (await running.desk('ministry')).check(ret)).toMatchObject({ unchanged: true })
})
