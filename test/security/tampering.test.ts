import { DecryptCommand, EncryptCommand } from '@aws-sdk/client-kms'
import { afterEach, describe, expect } from 'vitest'
import { centre, iom, istanbul, otherMission } from '../parts/bodies.ts'
import { type Desk, refusalOf } from '../parts/desk.ts'
import { clientsOf, type FunctionClients, outcomeOf, sessionOf } from '../parts/function-clients.ts'
import { fileOne, type RunningStack } from '../parts/running-stack.ts'
import { test } from '../parts/shared-stack.ts'
import type { Item } from '../parts/stored-tables.ts'
import { flipped, type Tampering, tamperingWith } from '../parts/tampered.ts'
import { bodies } from '../parts/todays-bodies.ts'

let running: RunningStack
let tampering: Tampering
let mission: Desk
let iomDesk: Desk
let ret = ''
let other = ''
test.beforeAll(async ({ shared }) => {
  running = shared
  tampering = tamperingWith(running)
  ;[mission, iomDesk] = await Promise.all([running.desk('istanbul'), running.desk('iom')])
  ret = await fileOne(mission)
  other = await fileOne(mission)
  await iomDesk.command(ret, 'acknowledge')
  await running.settled()
})
afterEach(() => tampering.repair())

const broken = { status: 500, code: 'trail-broken' }
const unreadable = { status: 500, code: 'section-unreadable' }

describe('a trail', () => {
  const text = (row: Item) => Buffer.from(row.event?.B ?? []).toString()
  test.each<[string, number, (row: Item) => Item]>([
    ['one byte of whose first event is changed', 0, (row) => ({ event: { B: flipped(row.event?.B, 60) } })],
    [
      'the time of whose first event is changed',
      0,
      (row) => ({ event: { B: Buffer.from(text(row).replace('"at":"2', '"at":"3')) } }),
    ],
    ['whose event is spaced', 1, (row) => ({ event: { B: Buffer.from(text(row).replace(',', ', ')) } })],
    ['whose event is no event', 1, () => ({ event: { B: Buffer.from('{}') } })],
    ['whose event is gone', 1, () => ({ event: { S: 'gone' } })],
  ])('%s is read by nobody, and takes no further event', async (_, seq, change) => {
    const row = await tampering.rowOf('trail', ret, 'seq', String(seq))
    await tampering.overwrite('trail', row, change(row))
    for (const user of ['istanbul', 'iom', 'centre', 'ministry', 'consular', 'oversight']) {
      const desk = await running.desk(user)
      expect(await refusalOf(desk.see(ret))).toMatchObject(broken)
      expect(await refusalOf(desk.events(ret))).toMatchObject(broken)
      expect(await refusalOf(desk.export(ret))).toMatchObject(broken)
    }
    expect(await refusalOf(iomDesk.open(ret, ['case']))).toMatchObject(broken)
    expect(await refusalOf(iomDesk.command(ret, 'accept'))).toMatchObject(broken)
  })

  test('with an event taken out of its middle is read by nobody', async () => {
    const row = await tampering.rowOf('trail', ret, 'seq', '0')
    await tampering.remove('trail', row)
    expect(await refusalOf(iomDesk.see(ret))).toMatchObject(broken)
  })

  test('whose last event was cut off takes no other in its place', async () => {
    const row = await tampering.rowOf('trail', ret, 'seq', '1')
    await tampering.remove('trail', row)
    // What is left is a whole chain; the head knows that more was written.
    expect(await refusalOf(iomDesk.command(ret, 'acknowledge'))).toMatchObject({ status: 503, code: 'busy' })
    expect((await running.stored.rows('trail', ret)).length).toBe(1)
  })

  test('whose access records were changed tells its timeline to nobody', async () => {
    await iomDesk.open(ret, ['case'])
    const row = await tampering.rowOf('access', ret, 'n', '0')
    await tampering.overwrite('access', row, { record: { B: flipped(row.record?.B, 30) } })
    expect(await refusalOf(mission.events(ret))).toMatchObject(broken)
  })
})

describe('a section', () => {
  const jweOf = async (of: string, cls: string) =>
    (await tampering.rowOf('sealed', of, 'section', `${cls}#`)).jwe
  test.each<[string, () => Promise<Item>]>([
    ['that is another return’s', async () => ({ jwe: (await jweOf(other, 'identity')) ?? { S: '' } })],
    ['that is another class’s', async () => ({ jwe: (await jweOf(ret, 'contacts')) ?? { S: '' } })],
    [
      'with a letter changed',
      async () => ({ jwe: { S: ((await jweOf(ret, 'identity'))?.S ?? '').replace(/.....$/, 'AAAAA') } }),
    ],
    [
      'that is cut off',
      async () => ({ jwe: { S: ((await jweOf(ret, 'identity'))?.S ?? '').slice(0, -30) } }),
    ],
    ['that is in clear', async () => ({ jwe: { S: '{"name":"not-known"}' } })],
  ])('%s is opened by nobody, and nothing is decided on it', async (_, change) => {
    const row = await tampering.rowOf('sealed', ret, 'section', 'identity#')
    await tampering.overwrite('sealed', row, await change())
    for (const user of ['istanbul', 'iom', 'centre'])
      expect(await refusalOf((await running.desk(user)).open(ret, ['identity']))).toMatchObject(unreadable)
    const check = bodies['confirm-identity']
    expect(await refusalOf(mission.command(ret, 'confirm-identity', check))).toMatchObject(unreadable)
    expect((await mission.see(ret)).version).toBe(2)
  })

  test.each<[string, string, () => Promise<Item>]>([
    [
      'a wrap of another party',
      `${iom}#identity#`,
      () => tampering.rowOf('keys', ret, 'wrap', `${centre}#identity#`),
    ],
    [
      'a wrap of another class',
      `${iom}#identity#`,
      () => tampering.rowOf('keys', ret, 'wrap', `${iom}#contacts#`),
    ],
    [
      'a wrap of another return',
      `${iom}#identity#`,
      () => tampering.rowOf('keys', other, 'wrap', `${iom}#identity#`),
    ],
    [
      'a wrap of a class never read',
      `${istanbul}#identity#`,
      () => tampering.rowOf('keys', ret, 'wrap', `${iom}#care#`),
    ],
    ['no KMS ciphertext', `${iom}#identity#`, async () => ({ blob: { B: Buffer.from('kanar') } })],
  ])('under %s stays shut', async (_, place, from) => {
    const row = await tampering.rowOf('keys', ret, 'wrap', place)
    const { blob = { B: Buffer.of(0) } } = await from()
    await tampering.overwrite('keys', row, { blob })
    const desk = place.startsWith(iom) ? iomDesk : mission
    expect(await refusalOf(desk.open(ret, ['identity']))).toMatchObject(unreadable)
  })
})

describe('KMS', () => {
  const shut = /^(AccessDeniedException|InvalidCiphertextException|IncorrectKeyException)$/

  /** Opens a wrap of the return with its own context, changed. */
  async function decryptAs(
    caller: FunctionClients,
    wrap: string,
    change: Record<string, string | undefined> = {},
  ) {
    const row = await tampering.rowOf('keys', ret, 'wrap', wrap)
    const [party = '', cls = '', sec = ''] = (row.wrap?.S ?? '').split('#')
    const context = Object.entries({ ret, sec, cls, party, ...change }).flatMap(([key, value]) =>
      value === undefined ? [] : [[key, value]],
    )
    const call = { CiphertextBlob: row.blob?.B, EncryptionContext: Object.fromEntries(context) }
    return outcomeOf(caller.kms.send(new DecryptCommand(call)))
  }

  test.each<[string, Record<string, string | undefined>, string]>([
    ['as it was wrapped', {}, 'allowed'],
    ['of another return', { ret: 'X' }, 'InvalidCiphertextException'],
    ['of another section', { sec: '0000000000000001' }, 'InvalidCiphertextException'],
    ['of another class that it reads', { cls: 'contacts' }, 'InvalidCiphertextException'],
    ['of a class that there is not', { cls: 'other' }, 'AccessDeniedException'],
    ['of another party', { party: centre }, 'AccessDeniedException'],
    ['with a pair more', { more: 'yes' }, 'AccessDeniedException'],
    ['with a pair less', { sec: undefined }, 'AccessDeniedException'],
    [
      'with nothing',
      { ret: undefined, sec: undefined, cls: undefined, party: undefined },
      'AccessDeniedException',
    ],
  ])('opens to IOM its wrap in a context %s: no, but for its own', async (_, change, outcome) => {
    expect(await decryptAs(clientsOf(running.stack, 'iom'), `${iom}#identity#`, change)).toBe(outcome)
  })

  test.each<[string, () => FunctionClients | Promise<FunctionClients>]>([
    ['the Centre', () => sessionOf(running.stack, 'centre', 'S0DS')],
    ['the mission that filed', () => sessionOf(running.stack, 'mission', '1XGE')],
    ['the ministry', () => clientsOf(running.stack, 'ministry')],
    ...[
      'mission',
      'centre',
      'consular',
      'oversight',
      'contract',
      'relay',
      'inbox',
      'watch',
      'access-token',
    ].map((name): [string, () => FunctionClients] => [
      `the function ${name}`,
      () => clientsOf(running.stack, name),
    ]),
  ])('opens no wrap of IOM to %s', async (_, caller) => {
    expect(await decryptAs(await caller(), `${iom}#identity#`)).toMatch(shut)
  })

  test('opens the wrap of a mission to no other mission, whatever it calls itself', async () => {
    const wrap = `${istanbul}#identity#`
    expect(await decryptAs(await sessionOf(running.stack, 'mission', '1XGE'), wrap)).toBe('allowed')
    const rome = await sessionOf(running.stack, 'mission', '19B6')
    for (const party of [istanbul, otherMission, 'mission:19B6'])
      expect(await decryptAs(rome, wrap, { party })).toMatch(shut)
  })

  test.each<[string, Record<string, string>]>([
    ['without a tag', {}],
    ['with one tag', { code: '1XGE' }],
    ['with an empty tag', { code: '1XGE', filer: '' }],
    ['with a tag that is too short', { code: '1XGE', filer: '1XG' }],
    ['with a tag more', { code: '1XGE', filer: '1XGE', more: 'yes' }],
  ])('and STS give a session %s to nobody', async (_, tags) => {
    const denied = await outcomeOf(sessionOf(running.stack, 'mission', '1XGE', tags))
    expect(denied).toBe('AccessDenied')
  })

  test('wraps what a party may not write for nobody in its name', async () => {
    const encrypt = async (name: string, holder: string, cls: string, party: string) => {
      const call = {
        KeyId: running.stack.template.arnOf(`${holder}Key`),
        Plaintext: Buffer.alloc(32),
        EncryptionContext: { ret, sec: '0000000000000001', cls, party },
      }
      return outcomeOf(clientsOf(running.stack, name).kms.send(new EncryptCommand(call)))
    }
    expect(await encrypt('iom', 'Centre', 'care', centre)).toBe('allowed')
    expect(await encrypt('ministry', 'Centre', 'identity', centre)).toBe('AccessDeniedException')
    expect(await encrypt('iom', 'Centre', 'care', iom)).toBe('AccessDeniedException')
    expect(await encrypt('iom', 'Mission', 'care', istanbul)).toBe('AccessDeniedException')
    expect(await encrypt('ministry', 'Centre', 'contacts', centre)).toBe('AccessDeniedException')
    for (const name of ['relay', 'inbox', 'watch', 'consular', 'oversight'])
      expect(await encrypt(name, 'Centre', 'care', centre)).toBe('AccessDeniedException')
  })
})
