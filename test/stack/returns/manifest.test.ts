import { expect } from 'vitest'
import { sampleRequest } from '../../../infra/local/sample/sample-request.ts'
import { type Desk, refusalOf } from '../../parts/desk.ts'
import type { RunningStack } from '../../parts/running-stack.ts'
import { test } from '../../parts/shared-stack.ts'
import { fileGroup, manifestOf } from '../../scenarios/way.ts'

const many = 27

const { persons } = sampleRequest() as { persons: unknown[] }

let running: RunningStack
let rome: Desk
let rets: string[]
let request: string
test.beforeAll(async ({ shared }) => {
  running = shared
  rome = await running.desk('rome')
  const filed = await fileGroup(rome, many)
  rets = filed.rets
  request = filed.request
  await running.settled()
})

test('a request of many is listed a page at a time, each return once and no other', async () => {
  const other = await fileGroup(rome, 1)
  await running.settled()
  const first = await rome.manifest(request)
  expect([first.returns.length, first.next !== undefined]).toEqual([25, true])
  const lines = await manifestOf(rome, request)
  expect(lines.map(({ ret }) => ret).toSorted()).toEqual(rets.toSorted())
  expect(lines.map(({ request: of, phase, cleared }) => [of, phase, cleared])).toEqual(
    rets.map(() => [request, 'filed', false]),
  )
  expect((await rome.manifest(other.request)).returns.map(({ ret }) => ret)).toEqual(other.rets)
  expect(await refusalOf(rome.manifest(other.request, first.next))).toMatchObject({ code: 'bad-cursor' })
})

test.each([
  ['iom', many, true],
  ['consular', many, false],
  ['oversight', many, false],
] as const)('%s sees its own lines, with labels where it may read them', async (name, count, labelled) => {
  const lines = await manifestOf(await running.desk(name), request)
  expect([lines.length, lines.every(({ label }) => label !== undefined)]).toEqual([count, labelled])
})

test.each(['istanbul', 'guardianship'] as const)(
  '%s is on none of them, and learns nothing',
  async (name) => {
    const desk = await running.desk(name)
    const unknown = { status: 404, code: 'not-found' }
    expect(await refusalOf(desk.manifest(request))).toMatchObject(unknown)
    expect(await refusalOf(desk.manifest('Z'.repeat(26)))).toMatchObject(unknown)
    expect(await refusalOf(desk.manifest('no-id'))).toMatchObject(unknown)
  },
)

test('persons are added to a request by the post that filed it, once however often it is sent', async () => {
  const sending = { idempotencyKey: 'added-to-the-request' }
  const first = await rome.file({ request, persons }, sending)
  expect(await rome.file({ request, persons }, sending)).toEqual(first)
  await running.settled()
  expect(await manifestOf(rome, request)).toHaveLength(many + 1)
  const istanbul = await running.desk('istanbul')
  expect(await refusalOf(istanbul.file({ request, persons }))).toMatchObject({ code: 'not-found' })
  expect(await refusalOf(rome.file({ request: 'Z'.repeat(26), persons }))).toMatchObject({
    code: 'not-found',
  })
  expect(await refusalOf(rome.file({ request: 'no-id', persons }))).toMatchObject({ code: 'bad-input' })
})

test('a post that helps on one of them sees that one, and adds nobody', async () => {
  const [ret = ''] = rets
  const istanbul = await running.desk('istanbul')
  await rome.command(ret, 'give-task', {
    partner: istanbul.party,
    task: 'help-in-transit',
    case: { recipient: istanbul.party, basis: { kind: 'legal-duty', act: 'HG 948/2008' } },
  })
  await running.settled()
  const lines = await manifestOf(istanbul, request)
  expect(lines.map((line) => [line.ret, line.label])).toEqual([[ret, undefined]])
  expect(await refusalOf(istanbul.file({ request, persons }))).toMatchObject({
    code: 'not-found',
  })
})
