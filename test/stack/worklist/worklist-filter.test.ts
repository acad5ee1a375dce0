import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WorklistQuery } from '../../../schemas/api/requests.ts'
import { type Desk, refusalOf } from '../../parts/desk.ts'
import { type OwnStack, startRunning } from '../../parts/running-stack.ts'
import { fileGroup } from '../../scenarios/way.ts'

/** Two pages and a bit, so that what is asked for lies behind a page's end. */
const many = 60
/** Every third is acknowledged, of these the first two are taken by who acknowledged them. */
const acknowledged = (at: number) => at % 3 === 2

let running: OwnStack
let iom: Desk
let rets: string[]
let requests: string[]
// A stack of its own: what is looked at is a whole list, page by page.
beforeAll(async () => {
  running = await startRunning()
  iom = await running.desk('iom')
  const rome = await running.desk('rome')
  const groups = [await fileGroup(rome, many / 2), await fileGroup(rome, many / 2)]
  requests = groups.map(({ request }) => request)
  rets = groups.flatMap((group) => group.rets)
  const some = rets.filter((_, at) => acknowledged(at))
  for (const ret of some) await iom.command(ret, 'acknowledge')
  for (const ret of some.slice(0, 2)) await iom.command(ret, 'take')
  await running.settled()
})
afterAll(() => running.stop())

/** All pages of a list, as their sizes and their returns. */
async function pages(desk: Desk, only?: WorklistQuery) {
  const sizes: number[] = []
  const lines: Awaited<ReturnType<Desk['list']>>['returns'] = []
  let next: string | undefined
  do {
    const page = await desk.list(next, only)
    sizes.push(page.returns.length)
    lines.push(...page.returns)
    next = page.next
  } while (next)
  return { sizes, lines }
}

test('some of a worklist, by state: each line once, in the order of the whole, full pages first', async () => {
  const whole = await pages(iom)
  expect(whole.lines.map(({ ret }) => ret).toSorted()).toEqual(rets.toSorted())
  for (const [phase, sizes] of [
    ['filed', [25, 15]],
    ['acknowledged', [20]],
    ['planned', [0]],
  ] as const) {
    const some = await pages(iom, { phase })
    expect([phase, some.sizes]).toEqual([phase, sizes])
    expect(some.lines).toEqual(whole.lines.filter((line) => line.phase === phase))
  }
})

test('by who keeps them: what I have taken, and what nobody has; the rest of the party sees the latter alone', async () => {
  const mine = await pages(iom, { assigned: 'to-me' })
  const free = await pages(iom, { assigned: 'to-nobody', phase: 'acknowledged' })
  expect([mine.lines.length, free.lines.length]).toEqual([2, 18])
  expect(mine.lines.every(({ ret }) => !free.lines.some((line) => line.ret === ret))).toBe(true)
  const rome = await running.desk('rome')
  expect((await pages(rome, { assigned: 'to-me' })).lines).toEqual([])
  expect((await pages(rome, { assigned: 'to-nobody' })).lines).toHaveLength(many)
})

/** All returns of a list, from all its pages, and the sizes of the pages. */
async function walked(
  read: (cursor?: string) => Promise<{ returns: { ret: string }[]; next?: string | undefined }>,
) {
  const found: string[] = []
  const sizes: number[] = []
  for (let next: string | undefined, more = true; more; more = next !== undefined) {
    const page = await read(next)
    sizes.push(page.returns.length)
    found.push(...page.returns.map(({ ret }) => ret))
    next = page.next
  }
  return { found, sizes }
}

test('every list is walked to its end: each return once, no empty last page, and the count of what was walked', async () => {
  const rome = await running.desk('rome')
  for (const desk of [iom, rome]) {
    const waits = await walked((cursor) => desk.work('waits', cursor))
    expect([desk.party, waits.sizes]).toEqual([desk.party, [25, 25, 10]])
    expect(waits.found.toSorted()).toEqual(rets.toSorted())
    const { count, bounded } = await desk.work('waits')
    expect([count, bounded]).toEqual([many, false])
    const all = await walked((cursor) => desk.list(cursor))
    expect(all.found.toSorted()).toEqual(rets.toSorted())
    for (const request of requests) {
      const persons = await walked((cursor) => desk.manifest(request, cursor))
      expect(persons.sizes).toEqual([25, 5])
      expect(new Set(persons.found).size).toBe(many / 2)
    }
  }
})

test('a list has the nearest day first, and the whole list what the party owes first', async () => {
  const days = (await walked((cursor) => iom.work('waits', cursor))).found
  const byRet = new Map((await pages(iom)).lines.map((line) => [line.ret, line]))
  const own = days.map((ret) => byRet.get(ret)?.items.find(({ party }) => party === 'iom')?.day ?? '')
  expect(own).toEqual(own.toSorted())
  const assigned = await iom.work('assigned')
  expect([assigned.count, assigned.returns]).toEqual([0, []])
})

test('a return is found by its reference, whole or in part, however it is typed', async () => {
  const [line] = (await pages(iom)).lines
  if (!line) throw new Error('There is no line.')
  const bare = line.reference.slice(4).replace('-', ' ').toLowerCase()
  for (const typed of [line.reference, bare, `ret ${bare}`])
    expect((await pages(iom, { reference: typed })).lines.map(({ ret }) => ret)).toEqual([line.ret])
  const found = (await pages(iom, { text: bare.slice(2) })).lines
  expect(found.map(({ ret }) => ret)).toContain(line.ret)
  expect((await pages(iom, { reference: 'RET-0000-0000' })).lines).toEqual([])
  // Another party's reference finds nothing.
  const istanbul = await running.desk('istanbul')
  expect((await pages(istanbul, { reference: line.reference })).lines).toEqual([])
})

test('by responsible post; a filtered page says how many rows were looked at', async () => {
  const rome = await running.desk('rome')
  const page = await iom.list(undefined, { post: rome.party as WorklistQuery['post'] & string })
  expect([page.returns.length, page.looked]).toEqual([25, 26])
  const none = await iom.list(undefined, { overdue: 'yes' })
  expect([none.returns, none.looked]).toEqual([[], 0])
  expect(await iom.list()).not.toHaveProperty('looked')
})

test('a cursor of one list begins no page of another', async () => {
  const { next = '' } = await iom.work('waits')
  expect(next).not.toBe('')
  expect(await refusalOf(iom.work('danger', next))).toMatchObject({ code: 'bad-cursor' })
  expect((await iom.work('waits', next)).returns.length).toBeGreaterThan(0)
})

test('a list that a party has not, and a cursor of another form, are refused', async () => {
  expect(await refusalOf(iom.call('GET', '/v1/iom/work/decisions'))).toMatchObject({ code: 'not-found' })
  expect(await refusalOf(iom.call('GET', '/v1/iom/work/kanar'))).toMatchObject({ code: 'not-found' })
  expect(await refusalOf(iom.call('GET', '/v1/iom/work/waits?cursor=kanar'))).toMatchObject({
    code: 'bad-cursor',
  })
})

test('a state that there is none of, or a keeper by name, is refused with the field', async () => {
  const wrong = { status: 422, code: 'bad-input' }
  expect(await refusalOf(iom.call('GET', '/v1/iom/returns?phase=lost'))).toMatchObject({
    ...wrong,
    problem: { fields: ['phase'] },
  })
  expect(await refusalOf(iom.call('GET', '/v1/iom/returns?assigned=ana'))).toMatchObject({
    ...wrong,
    problem: { fields: ['assigned'] },
  })
})
