import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import type { InjectedFault, PendingCall } from '../../../infra/local/edge/edge.ts'
import { type Message, message } from '../../../schemas/events/messages.ts'
import { type AddressedKind, addressedKinds } from '../../../schemas/values/parties.ts'
import { type Desk, lineOf, wholeList } from '../../parts/desk.ts'
import { fileOne, type OwnStack, startRunning, until } from '../../parts/running-stack.ts'
import { type StoredQueues, storedQueues } from '../../parts/stored-queues.ts'
import { bodies } from '../../parts/todays-bodies.ts'

let running: OwnStack
let queues: StoredQueues
let mission: Desk
let iom: Desk
let fault: (call: PendingCall) => InjectedFault | 'lose' | undefined = () => undefined
/** What the relay and `watch` sent, by the queue's address. */
const sent: { queue: string; body: string; group: string }[] = []
const sending = z.looseObject({ QueueUrl: z.string(), MessageBody: z.string(), MessageGroupId: z.string() })

beforeAll(async () => {
  running = await startRunning({
    visibilitySeconds: 2,
    replace: { 'functions/exchange/overdue-deliveries.ts': 'test/parts/replacements/impatient.ts' },
    intercept(call) {
      const answer = fault(call)
      if (call.operation === 'SendMessage' && !answer) {
        const { QueueUrl, MessageBody, MessageGroupId } = sending.parse(call.body)
        sent.push({ queue: QueueUrl.split('/').at(-1) ?? '', body: MessageBody, group: MessageGroupId })
      }
      return answer
    },
  })
  queues = storedQueues(running.stack)
  ;[mission, iom] = await Promise.all([running.desk('istanbul'), running.desk('iom')])
})
afterEach(() => {
  fault = () => undefined
})
afterAll(async () => {
  queues.close()
  await running.stop()
})

const refusal: InjectedFault = {
  status: 400,
  body: { __type: 'com.amazon.coral.validate#ValidationException' },
}
/** The inbox gets its messages and can do nothing with them. */
const deafInbox = ({ function: name, service }: PendingCall) =>
  name === 'InboxFunction' && service === 'dynamodb' ? refusal : undefined

const sentOf = (ret: string) => sent.filter(({ group }) => group === ret)
/** How many different messages of a return were sent: a relay that rings twice may send one twice. */
const differentOf = (ret: string) =>
  new Set(sentOf(ret).map(({ queue, body }) => `${queue} ${message.parse(JSON.parse(body)).id}`)).size

/** Everyone whom the events of a return are for got each of them, once. */
async function gotOnce(ret: string): Promise<void> {
  const { events, deliveries } = await mission.events(ret)
  const parties = new Set(events.flatMap(({ to }) => to))
  expect(new Set(deliveries.map(({ party }) => party))).toEqual(parties)
  for (const { party, seen, received } of deliveries) {
    const own = events.filter(({ to }) => to.includes(party)).map(({ seq }) => seq)
    expect(received.map(([seq]) => seq)).toEqual(own)
    expect(seen).toBe(own.at(-1))
  }
}

test('an event reaches every party that it is for, by the queue of its kind, and shows on the worklist', async () => {
  const ret = await fileOne(mission)
  await running.settled()
  await gotOnce(ret)
  const addresses = new Set(sentOf(ret).map(({ queue }) => queue))
  // Nobody is sent what no task of theirs needs: partners come later, one by one.
  const kinds = addressedKinds.filter((kind) => kind !== 'partner')
  expect([...addresses].sort()).toEqual(kinds.map((kind) => queues.nameOf(kind)).sort())
  expect(await lineOf(iom, ret)).toMatchObject({
    phase: 'filed',
    version: 1,
  })
})

test('nothing is lost when every queue is wiped: watch sends what is undelivered', async () => {
  fault = deafInbox
  const ret = await fileOne(mission)
  await iom.command(ret, 'acknowledge')
  await until('The relay did not send.', () => differentOf(ret) === 10)
  const lost = await queues.wipe()
  expect(lost).toBeGreaterThanOrEqual(10)
  fault = () => undefined
  expect(await running.stored.rows('deliveries', ret)).toEqual([])
  expect((await running.stored.rows('pending')).length).toBe(2)

  await running.stack.tick('watch')
  await running.settled()
  await gotOnce(ret)
  const line = await lineOf(iom, ret)
  expect(line).toMatchObject({ phase: 'acknowledged', version: 2 })
  expect(line?.label).toBeDefined()
})

test('watch takes an event off pending that everyone has, when the inbox could not', async () => {
  fault = ({ operation, function: name }) =>
    operation === 'DeleteItem' && name === 'InboxFunction' ? refusal : undefined
  const ret = await fileOne(mission)
  await until('Not everyone got it.', async () => (await mission.events(ret)).deliveries.length === 5)
  expect((await running.stored.rows('pending')).length).toBe(1)
  await running.stack.tick('watch')
  expect(await running.stored.rows('pending')).toEqual([])
  await queues.wipe()
  await gotOnce(ret)
})

test('a relay that stops after the first of its sends goes on until everyone has it', async () => {
  let failures = 3
  fault = ({ operation, body }) => {
    if (operation !== 'SendMessage' || !sending.parse(body).QueueUrl.endsWith(queues.nameOf('centre')))
      return undefined
    return failures-- > 0 ? refusal : undefined
  }
  const ret = await fileOne(mission)
  await running.settled()
  expect(failures).toBeLessThan(1)
  await gotOnce(ret)
})

/** A message with another author than the trail has. */
function forged(genuine: Message): string {
  const bytes = Buffer.from(genuine.data.event, 'base64').toString()
  const event = Buffer.from(bytes.replace('"role":"officer"', '"role":"system"')).toString('base64')
  return JSON.stringify({ ...genuine, data: { ...genuine.data, event } })
}

describe('a message', () => {
  const newest = (ret: string, kind: AddressedKind) => {
    const found = sentOf(ret).findLast((message) => message.queue === queues.nameOf(kind))
    if (!found) throw new Error('No such message was sent.')
    return found
  }

  test('that comes again, later and behind newer ones, changes nothing', async () => {
    const ret = await fileOne(mission)
    await running.settled()
    const old = newest(ret, 'iom')
    await iom.command(ret, 'acknowledge')
    await running.settled()
    const before = running.stored.contents()
    for (let times = 0; times < 3; times++) await queues.put(old.queue, ret, randomUUID(), old.body)
    await until('The messages were not received.', async () => (await queues.waiting()) === 0)
    expect(running.stored.contents()).toEqual(before)
    expect(await queues.takeDead()).toEqual([])
    await gotOnce(ret)
  })

  test('that is poisoned is put aside with its evidence, and other returns flow', async () => {
    const poisoned = await fileOne(mission)
    await running.settled()
    const poison = [
      ['iom', () => '{"kanar'],
      ['centre', (genuine) => JSON.stringify({ ...genuine, kanar: 1 })],
      ['ministry', forged],
    ] as const satisfies [AddressedKind, (genuine: Message) => string][]
    const bodies = await Promise.all(
      poison.map(async ([kind, made]) => {
        const { queue, body } = newest(poisoned, kind)
        const poisonous = made(message.parse(JSON.parse(body)))
        await queues.put(queue, poisoned, randomUUID(), poisonous)
        return poisonous
      }),
    )

    const other = await fileOne(mission)
    await iom.command(poisoned, 'acknowledge')
    await until('The other did not flow.', async () => (await mission.events(other)).deliveries.length === 5)
    await running.settled()
    await gotOnce(other)
    // What came behind the poison of its own return waits for it to be put aside, and is there then.
    await gotOnce(poisoned)
    expect((await queues.takeDead()).sort()).toEqual(bodies.sort())
    expect((await mission.see(poisoned)).phase).toBe('acknowledged')
    expect(running.logs()).toMatch(/message-rejected/)
    expect(running.logs()).not.toMatch(/kanar/)
  })

  test('for a party that the event is not for is put aside too', async () => {
    const ret = await fileOne(mission)
    await running.settled()
    const { queue, body } = newest(ret, 'mission')
    await queues.put(queue, ret, randomUUID(), body.replaceAll(`"${mission.party}"`, '"mission:19B6"'))
    const dead: string[] = []
    await until('It was not put aside.', async () => dead.push(...(await queues.takeDead())) === 1)
    const rome = await running.desk('rome')
    expect(await wholeList(rome)).toEqual([])
    expect(await running.stored.rows('worklists', 'mission:19B6')).toEqual([])
  })
})

test('an event arrives without a section that was struck on its way', async () => {
  fault = deafInbox
  const ret = await fileOne(mission)
  const person = (await mission.open(ret, ['identity'])).sections[0]?.sec ?? ''
  await until('The relay did not send.', () => differentOf(ret) === 5)
  await mission.command(ret, 'strike', { strikes: [person] })
  // A bell of the strike that came later would make everyone read the trail before watch does.
  await until('The relay did not send the strike.', () => differentOf(ret) === 10)
  await queues.wipe()
  const before = sent.length
  fault = () => undefined
  await running.stack.tick('watch')
  await running.settled()
  await gotOnce(ret)
  const again = sent.slice(before).filter(({ group }) => group === ret)
  expect(again.length).toBeGreaterThan(0)
  const carried = again.flatMap(({ body }) => message.parse(JSON.parse(body)).data.sections)
  expect(carried.length).toBeGreaterThan(0)
  expect(carried.map(({ sec }) => sec)).not.toContain(person)
  expect((await iom.command(ret, 'in-hospital', bodies['in-hospital'])).version).toBe(3)
})
