import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Figure, figuresAnswer } from '../../../schemas/api/figures.ts'
import { everyone, filingWith } from '../../parts/bodies.ts'
import { refusalOf } from '../../parts/desk.ts'
import { fileOne, type OwnStack, startRunning } from '../../parts/running-stack.ts'

let running: OwnStack
const filed: string[] = []
const refused = { kind: 'none', why: 'refused', on: '2026-11-20' } as const
const uncounted = [...everyone.filter(([holder]) => holder !== 'figures'), ['figures', refused] as const]
const readers = ['consular', 'ministry', 'oversight'] as const

// A stack of its own: what is counted is all that there is.
beforeAll(async () => {
  running = await startRunning()
  const [istanbul, rome] = [await running.desk('istanbul'), await running.desk('rome')]
  // Twelve from Turkey, six from Italy, three from Spain, and four who were not to be counted.
  const of = (country: 'TR' | 'IT' | 'ES', count: number) => Array(count).fill(country)
  for (const country of [...of('TR', 12), ...of('IT', 6), ...of('ES', 3)])
    filed.push(await fileOne(country === 'TR' ? istanbul : rome, filingWith(everyone, { country })))
  for (let left = 4; left > 0; left--)
    filed.push(await fileOne(rome, filingWith(uncounted, { country: 'IT' })))
})
afterAll(() => running.stop())

const read = async (kind: (typeof readers)[number], scope?: string) =>
  figuresAnswer.parse(
    await (await running.desk(kind)).call('GET', `/v1/${kind}/figures${scope ? `?for=${scope}` : ''}`),
  )
const countOf = (all: readonly Figure[], dimension?: string, value?: string) =>
  all.find((item) => item.dimension === dimension && item.value === value && item.year === undefined)?.count

test('before the first night there are none', async () => {
  expect(await read('oversight')).toEqual({ scope: 'internal', figures: [] })
})

test('after it each reader has the same counts, of those who agreed to be counted and of nobody else', async () => {
  await running.stack.tick('figures')
  const [made, ...others] = await Promise.all(readers.map((kind) => read(kind)))
  for (const other of others) expect(other).toEqual(made)
  const all = made?.figures ?? []
  expect(made).toMatchObject({ scope: 'internal', threshold: 5 })
  expect(countOf(all)).toBe(21)
  expect(countOf(all, 'sex', 'female')).toBe(21)
  expect(countOf(all, 'days', 'not-arrived')).toBe(21)
  expect(countOf(all, 'country', 'TR')).toBe(12)
  // Three from Spain are too few, and the six from Italy would tell of them.
  expect(countOf(all, 'country', 'ES')).toBeUndefined()
  expect(countOf(all, 'country', 'IT')).toBeUndefined()
})

test('outside less is told', async () => {
  const { threshold, figures: all } = await read('oversight', 'outside')
  expect(threshold).toBe(11)
  expect(all.every(({ count }) => count >= 11)).toBe(true)
  expect(countOf(all)).toBe(21)
})

test('neither what is stored, nor what is told, nor a log line holds a return', async () => {
  const stored = JSON.stringify(await running.stored.rows('figures'))
  const asText = JSON.stringify(await read('oversight'))
  const lines = running.logs().match(/.*figures-done.*/g) ?? []
  expect(lines.length).toBeGreaterThan(0)
  for (const ret of filed) for (const text of [stored, asText, ...lines]) expect(text).not.toContain(ret)
})

test('a scope that there is not, and a party that reads none, are refused', async () => {
  const oversight = await running.desk('oversight')
  expect(await refusalOf(oversight.call('GET', '/v1/oversight/figures?for=press'))).toMatchObject({
    code: 'bad-input',
    problem: { fields: ['for'] },
  })
  const iom = await running.desk('iom')
  expect(await refusalOf(iom.call('GET', '/v1/oversight/figures'))).toMatchObject({ status: 403 })
  expect(await refusalOf(iom.call('GET', '/v1/iom/figures'))).toMatchObject({ status: 404 })
})

test('who withdraws from being counted is counted no longer', async () => {
  const istanbul = await running.desk('istanbul')
  const body = { case: { recipient: 'figures', by: 'self', on: '2026-11-21' } }
  await istanbul.command(filed[0] ?? '', 'withdraw', body)
  await running.stack.tick('figures')
  const { figures: all } = await read('ministry')
  expect([countOf(all), countOf(all, 'country', 'TR')]).toEqual([20, 11])
})

test('where one return cannot be read the run fails, and the figures stay as they were', async () => {
  const before = await read('oversight')
  const row = (await running.stored.rows('sealed', filed[1])).find((row) =>
    row.section?.S?.startsWith('case#'),
  )
  if (!row?.jwe?.S) throw new Error('The return has no sealed case.')
  await running.stored.put('sealed', { ...row, jwe: { S: `${row.jwe.S.slice(0, -4)}AAAA` } })
  await expect(running.stack.tick('figures')).rejects.toThrow('figures')
  expect(await read('oversight')).toEqual(before)
  await running.stored.put('sealed', row)
  await running.stack.tick('figures')
})
