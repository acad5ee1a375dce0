import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Desk, refusalOf } from '../parts/desk.ts'
import { fileOne, type OwnStack, startRunning } from '../parts/running-stack.ts'
import { bodies } from '../parts/todays-bodies.ts'

let running: OwnStack
let ret = ''
beforeAll(async () => {
  const first = await startRunning()
  ret = await fileOne(await first.desk('istanbul'))
  await first.settled()
  await first.stop('keep')
  running = await startRunning({
    dataDir: first.dataDir,
    replace: { 'functions/api/http/admission.ts': 'test/parts/replacements/slow-to-refuse.ts' },
  })
})
afterAll(() => running.stop())

const room = { beds: 1, cots: 0, tags: [], blocked: [] }
const post = { covers: [], staff: [], duty: [], open: true }

test.each<[string, string, (desk: Desk) => Promise<unknown>]>([
  ['a filing', 'istanbul', (desk) => fileOne(desk)],
  ['a command', 'istanbul', (desk) => desk.command(ret, 'note', bodies.note)],
  ['a command of a kind without codes', 'iom', (desk) => desk.command(ret, 'acknowledge')],
  ['an opening', 'iom', (desk) => desk.open(ret, ['identity'])],
  ['an export', 'iom', (desk) => desk.export(ret)],
  ['a room', 'centre', (desk) => desk.call('POST', '/v1/centre/rooms/12', room, { ifMatch: 0 })],
  ['the forecast', 'centre', (desk) => desk.call('GET', '/v1/centre/forecast')],
  [
    'a post',
    'consular',
    (desk) => desk.call('POST', '/v1/consular/posts/mission:19B6', post, { ifMatch: 0 }),
  ],
])(
  '%s waits until it is known whether its author still works here, and writes nothing',
  async (_, who, operation) => {
    const desk = await running.desk(who)
    const before = running.stored.contents()
    expect(await refusalOf(operation(desk))).toMatchObject({ status: 401, code: 'signed-out' })
    expect(running.stored.contents()).toEqual(before)
  },
)
