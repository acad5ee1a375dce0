import { afterAll, beforeAll, expect, test } from 'vitest'
import type { WorklistQuery } from '../../../schemas/api/requests.ts'
import { type Desk, refusalOf } from '../../parts/desk.ts'
import { type OwnStack, startRunning } from '../../parts/running-stack.ts'
import { fileGroup } from '../../scenarios/way.ts'

/** Two pages and a bit, so that what is asked for lies behind a page's end. */
const many = 54
/** Every third is acknowledged, of these the first two are taken by who acknowledged them. */
const acknowledged = (at: number) => at % 3 === 2

let running: OwnStack
let iom: Desk
let rets: string[]
// A stack of its own: what is looked at is a whole list, page by page.
beforeAll(async () => {
  running = await startRunning()
  iom = await running.desk('iom')
  const rome = await running.desk('rome')
  rets = [...(await fileGroup(rome, many / 2)).rets, ...(await fileGroup(rome, many / 2)).rets]
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
    ['filed', [25, 11]],
    ['acknowledged', [18]],
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
  expect([mine.lines.length, free.lines.length]).toEqual([2, 16])
  expect(mine.lines.every(({ ret }) => !free.lines.some((line) => line.ret === ret))).toBe(true)
  const rome = await running.desk('rome')
  expect((await pages(rome, { assigned: 'to-me' })).lines).toEqual([])
  expect((await pages(rome, { assigned: 'to-nobody' })).lines).toHaveLength(many)
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
