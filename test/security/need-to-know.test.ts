import { afterAll, beforeAll, describe, expect } from 'vitest'
import * as z from 'zod/mini'
import type { PendingCall } from '../../infra/local/edge/edge.ts'
import { type Message, message } from '../../schemas/events/messages.ts'
import { dataClasses, sectionClassNames } from '../../schemas/values/classes.ts'
import { type HolderId, kindOf, type PartyId, partyId } from '../../schemas/values/parties.ts'
import { centre, everyone, filingWith, iom, istanbul, ministry, refused, sample } from '../parts/bodies.ts'
import { type Desk, lineOf, refusalOf, wholeList } from '../parts/desk.ts'
import { fileOne, type RunningStack } from '../parts/running-stack.ts'
import { test } from '../parts/shared-stack.ts'
import { type StoredQueues, storedQueues } from '../parts/stored-queues.ts'
import { bodies } from '../parts/todays-bodies.ts'

const sent: { queue: string; message: Message }[] = []
const sending = z.looseObject({ QueueUrl: z.string(), MessageBody: z.string() })

/** Keeps what goes to the queues. */
function overhear({ operation, body }: PendingCall): undefined {
  if (operation !== 'SendMessage') return
  const { QueueUrl, MessageBody } = sending.parse(body)
  sent.push({ queue: QueueUrl.split('/').at(-1) ?? '', message: message.parse(JSON.parse(MessageBody)) })
}

let running: RunningStack
let queues: StoredQueues
const users = ['istanbul', 'rome', 'consular', 'iom', 'centre', 'ministry', 'oversight'] as const
const desks = new Map<string, Desk>()
const deskOf = (user: string): Desk => {
  const desk = desks.get(user)
  if (!desk) throw new Error(`Nobody sits at ${user}.`)
  return desk
}

test.beforeAll(async ({ shared }) => {
  running = shared
  shared.onCall(overhear)
  queues = storedQueues(running.stack)
  for (const user of users) desks.set(user, await running.desk(user))
})
afterAll(() => queues.close())

/** A return with a section of every class, on the grounds given, delivered. */
async function richReturn(grounds = everyone): Promise<string> {
  const ret = await fileOne(deskOf('istanbul'), filingWith(grounds))
  const values = grounds.filter(([, basis]) => basis.kind !== 'none').map(([holder]) => holder)
  if (values.includes(iom)) {
    for (const name of ['acknowledge', 'accept', 'assess-risk', 'plan-travel', 'note'] as const)
      await deskOf('iom').command(ret, name, bodies[name])
    const asked = await deskOf('iom').command(ret, 'ask', { for: istanbul, talk: { text: 'Which one?' } })
    await deskOf('istanbul').command(ret, 'answer', { question: asked.seq, talk: { text: 'That one.' } })
  } else {
    await deskOf('istanbul').command(ret, 'depart', bodies.depart)
    await deskOf('centre').command(ret, 'ask', { for: istanbul, talk: { text: 'Which one?' } })
  }
  await running.settled()
  return ret
}

/** The wraps of a return, as `party#cls#sec`. */
const wrapsOf = async (ret: string) =>
  (await running.stored.rows('keys', ret)).map((row) => row.wrap?.S ?? '').sort()

describe.each<[PartyId, 'centre' | 'iom' | 'ministry']>([
  [centre, 'centre'],
  [iom, 'iom'],
  [ministry, 'ministry'],
])('a person who refuses %s', (party, user) => {
  let ret = ''
  beforeAll(async () => {
    const others = everyone.filter(([holder]) => holder !== party)
    ret = await richReturn([...others, [party, refused]])
  })

  test('is on no list of its, and every way of asking answers as for nobody', async () => {
    const desk = deskOf(user)
    expect((await wholeList(desk)).map((row) => row.ret)).not.toContain(ret)
    const operationDescriptions = [
      () => desk.see(ret),
      () => desk.events(ret),
      () => desk.export(ret),
      () => desk.open(ret, ['case']),
      () => desk.command(ret, 'ask', { for: istanbul, talk: { text: 'Who?' } }),
      ...(user === 'ministry' ? [] : [() => desk.command(ret, 'arrive', bodies.arrive)]),
    ]
    for (const operation of operationDescriptions)
      expect(await refusalOf(operation())).toMatchObject({ status: 404, code: 'not-found' })
  })

  test('no message of it is ever sent to it, and no event names it as told', async () => {
    const about = sent.filter(({ message: { subject } }) => subject === ret)
    expect(about.length).toBeGreaterThan(5)
    expect(about.filter(({ message: { recipient } }) => recipient === party)).toEqual([])
    expect(about.map(({ queue }) => queue)).not.toContain(queues.nameOf(user))
    const { events, deliveries } = await deskOf('istanbul').events(ret)
    expect(events.flatMap(({ to }) => to)).not.toContain(party)
    expect(deliveries.map((delivery) => delivery.party)).not.toContain(party)
  })

  test('no row of hers is for it: no wrap, no line, no delivery', async () => {
    expect((await wrapsOf(ret)).filter((wrap) => wrap.startsWith(`${party}#`))).toEqual([])
    const lines = await running.stored.rows('worklists', party)
    expect(lines.map((line) => line.ret?.S)).not.toContain(ret)
    const deliveries = await running.stored.rows('deliveries', ret)
    expect(deliveries.map((row) => row.party?.S)).not.toContain(party)
  })
})

describe('a return that everyone may know of', () => {
  let ret = ''
  beforeAll(async () => {
    ret = await richReturn()
  })
  const holders: HolderId[] = [
    istanbul,
    iom,
    centre,
    ministry,
    partyId.parse('consular'),
    'figures',
    'watch',
    'custodian',
  ]
  const mayRead = (holder: HolderId, cls: keyof typeof dataClasses) =>
    (dataClasses[cls].readers as readonly string[]).includes(kindOf(holder))
  /** The ministry may read of a journey when it arranges one; of this it hears nothing. */
  const isOn = (holder: HolderId, cls: string) =>
    holder !== ministry || (cls !== 'travel' && cls !== 'safety')

  test('has a wrap of each section for each of its readers and the custodian, and not one more', async () => {
    const { events } = await deskOf('oversight').events(ret)
    const written = events.flatMap(({ sections }) => sections)
    expect(new Set(written.map(({ cls }) => cls))).toEqual(new Set(sectionClassNames))
    const log = z.object({ log: z.object({ sec: z.string() }) }).parse(events[0]?.data).log
    const expected = [...written, { cls: 'log' as const, sec: log.sec }].flatMap(({ cls, sec }) =>
      holders
        .filter((holder) => {
          if (cls === 'note') return holder === iom
          if (holder === 'custodian') return cls !== 'talk' && cls !== 'log'
          if (cls === 'talk') return [iom, istanbul].some((item) => item === holder)
          return mayRead(holder, cls) && isOn(holder, cls)
        })
        .map((holder) => `${holder}#${cls}#${sec}`),
    )
    expect(await wrapsOf(ret)).toEqual(expected.sort())
  })

  test.each(['istanbul', 'iom', 'centre', 'ministry'] as const)(
    'opens to %s its classes and no other',
    async (user) => {
      const desk = deskOf(user)
      for (const cls of sectionClassNames) {
        if (!mayRead(partyId.parse(desk.party), cls)) {
          expect(await refusalOf(desk.open(ret, [cls]))).toMatchObject({ status: 403, code: 'not-readable' })
          continue
        }
        const { sections } = await desk.open(ret, [cls])
        // Two spoke, and two heard, and IOM wrote a note: whoever may read the class in general hears nothing of it.
        const heard =
          user === 'iom' ||
          (cls === 'talk' ? user === 'istanbul' : cls !== 'note' && isOn(partyId.parse(desk.party), cls))
        expect([cls, sections.length > 0]).toEqual([cls, heard])
        expect(sections.every((section) => section.cls === cls)).toBe(true)
      }
    },
  )

  test('carries to each party the sections that it can open, and to nobody a key', async () => {
    const about = sent.filter(({ message: { subject } }) => subject === ret)
    const wraps = await wrapsOf(ret)
    for (const {
      message: { recipient, data },
    } of about)
      for (const { cls, sec } of data.sections) expect(wraps).toContain(`${recipient}#${cls}#${sec}`)
    const values = new Set(about.map(({ message: { recipient } }) => recipient))
    expect([...values].sort()).toEqual([centre, partyId.parse('consular'), iom, ministry, istanbul].sort())
    // Consular is told of every return, and not handed one section.
    const toConsular = about.filter(({ message: { recipient } }) => recipient === 'consular')
    expect(toConsular.length).toBeGreaterThan(0)
    expect(toConsular.flatMap(({ message: { data } }) => data.sections)).toEqual([])
  })

  test.each<[string, boolean]>([
    ['istanbul', true],
    ['iom', true],
    ['centre', true],
    ['ministry', false],
    ['consular', false],
    ['oversight', false],
  ])('shows %s its line, with the label: %s', async (user, named) => {
    const line = await lineOf(deskOf(user), ret)
    const { label } = await deskOf(user).see(ret)
    expect(line).toMatchObject({ phase: 'planned', membership: 'on' })
    expect([line?.label !== undefined, label !== undefined]).toEqual([named, named])
    expect(label).toEqual(line?.label)
  })

  test('is told of in clear by ids and codes alone: no name, no country, no day of the journey', async () => {
    const { events } = await deskOf('oversight').events(ret)
    const line = await lineOf(deskOf('oversight'), ret)
    // What is owed has the days that steps are due, as the events say them, and no other.
    const due = JSON.stringify(events.map(({ data }) => data))
    const owed = (line?.items ?? []).flatMap(({ day }) => day ?? [])
    const items = line?.items.map(({ day: _, ...item }) => item)
    expect(owed.length).toBeGreaterThan(0)
    for (const day of owed) expect(due).toContain(day)
    // These days are said in clear, and are none of the journey's; a thumbprint may spell anything.
    const clear = JSON.stringify([events, { ...line, items }], (key, value: unknown) =>
      ['due', 'kid'].includes(key) ? [] : value,
    )
    expect(clear).not.toMatch(/exempl|istanbul|"TR"|"RO"|RMO|victim|police/i)
    const journey = JSON.stringify(bodies['plan-travel']).match(/20\d\d-\d\d-\d\d/g) ?? []
    expect(journey.length).toBeGreaterThan(0)
    for (const day of journey) expect(clear).not.toContain(day)
  })

  test('records who opened what and why, for everyone on it, and only when something was opened', async () => {
    const { access } = await deskOf('consular').events(ret)
    const looks = access.map(
      ({ by, kind, classes, reason }) => `${by.party} ${kind} ${classes.join()} ${reason}`,
    )
    expect(looks).toContain('iom open identity review')
    expect(looks.filter((look) => look.startsWith('ministry')).sort()).toEqual([
      'ministry open case review',
      'ministry open decision review',
      'ministry open note review',
      'ministry open safety review',
      'ministry open talk review',
      'ministry open travel review',
    ])
    expect(looks.filter((look) => /mission.*(protection|care)/.test(look))).toEqual([])
    expect(access.map(({ n }) => n)).toEqual(access.map((_, n) => n))
  })
})

test('figures holds wraps of the case alone, and of nobody who refused to be counted', async () => {
  const counted = await wrapsOf(await richReturn())
  const own = counted.filter((wrap) => wrap.startsWith('figures#'))
  expect(own.length).toBeGreaterThan(1)
  expect(own.every((wrap) => wrap.startsWith('figures#case#'))).toBe(true)
  expect(counted.filter((wrap) => wrap.startsWith('watch#')).map((wrap) => wrap.split('#')[1])).toEqual([
    'log',
  ])
  const uncounted = await richReturn([
    ...everyone.filter(([holder]) => holder !== 'figures'),
    ['figures', refused],
  ])
  expect((await wrapsOf(uncounted)).filter((wrap) => wrap.startsWith('figures#'))).toEqual([])
})

test('what nobody on the return may read is not kept, and later not taken', async () => {
  const alone = everyone.map(([holder, basis]) => [holder, holder === ministry ? basis : refused] as const)
  const ret = await fileOne(deskOf('istanbul'), filingWith(alone))
  await running.settled()
  const kept = (await running.stored.rows('sealed', ret)).map((row) => row.section?.S?.split('#')[0])
  expect(kept.sort()).toEqual(['case', 'contacts', 'identity', 'label', 'safety'])
  const before = running.stored.contents()
  const needs = deskOf('istanbul').command(ret, 'amend', { slot: 'needs', care: sample.care })
  expect(await refusalOf(needs)).toMatchObject({ code: 'no-reader', problem: { fields: ['care'] } })
  expect(running.stored.contents()).toEqual(before)
})

test('a mission lists and sees what it filed, and nothing of another', async () => {
  const foreign = await fileOne(deskOf('rome'))
  // No other file looks at Prague.
  const elsewhere = await running.desk('prague')
  const filed = [await fileOne(elsewhere), await fileOne(elsewhere)]
  await running.settled()
  const listed = async (desk: Desk) => (await wholeList(desk)).map(({ ret }) => ret)
  const own = await listed(deskOf('istanbul'))
  for (const ret of [foreign, ...filed]) expect(own).not.toContain(ret)
  expect(await listed(deskOf('rome'))).toContain(foreign)
  expect((await listed(elsewhere)).sort()).toEqual(filed.sort())
  expect(await refusalOf(deskOf('istanbul').open(foreign, ['case']))).toMatchObject({ status: 404 })
})
