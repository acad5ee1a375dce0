import { afterEach, expect } from 'vitest'
import { newReturnId } from '../../../functions/trail/ids.ts'
import { checkedRange } from '../../../schemas/api/check.ts'
import { type Desk, refusalOf } from '../../parts/desk.ts'
import { fileOne, type RunningStack } from '../../parts/running-stack.ts'
import { test } from '../../parts/shared-stack.ts'
import { type Tampering, tamperingWith } from '../../parts/tampered.ts'

let running: RunningStack
let tampering: Tampering
let oversight: Desk
let ret = ''
let subject = ''

test.beforeAll(async ({ shared }) => {
  running = shared
  tampering = tamperingWith(running)
  oversight = await running.desk('oversight')
  const mission = await running.desk('istanbul')
  ret = await fileOne(mission)
  for (let time = 0; time < 3; time++) await mission.open(ret, ['case'])
  // Nobody in Athens is refused anything by another file.
  const athens = await running.desk('athens')
  const { sub } = running.stack.users.find(({ name }) => name === 'athens') ?? { sub: '' }
  subject = `refused#${athens.party}#${sub}`
  for (let time = 0; time < 4; time++) await refusalOf(athens.see(ret))
})
afterEach(() => tampering.repair())

const ask = async (filters: Record<string, string>) =>
  checkedRange.parse(await oversight.call('GET', `/v1/oversight/audit/check?${new URLSearchParams(filters)}`))

test('a range of the records of a return, or of what a user was refused, is unchanged', async () => {
  expect(await ask({ subject: ret, from: '1' })).toMatchObject({ unchanged: true, from: 1, to: 2 })
  const whole = await ask({ subject })
  expect(whole).toMatchObject({ unchanged: true, from: 0, to: 3 })
})

test('one is found changed where it is, and where what came before it is', async () => {
  const row = await tampering.rowOf('access', subject, 'n', '1')
  const changed = Buffer.from(
    Buffer.from(row.record?.B ?? [])
      .toString()
      .replace(/"operation":"[a-z-]+"/, '"operation":"withdrawal-preview"'),
  )
  await tampering.overwrite('access', row, { record: { B: changed } })
  const broken = { flaw: 'broken-link', n: 2 }
  expect(await ask({ subject })).toMatchObject({ unchanged: false, broken })
  expect(await ask({ subject, from: '2' })).toMatchObject({ unchanged: false, broken })
  expect(await ask({ subject, from: '3' })).toMatchObject({ unchanged: true })
})

test('one that is not there, or is none, is refused', async () => {
  const absent: Record<string, string>[] = [{ subject: ret, from: '99' }, { subject: newReturnId('1XGE') }]
  for (const filters of absent) expect(await refusalOf(ask(filters))).toMatchObject({ code: 'not-found' })
  const wrong: Record<string, string>[] = [{}, { subject: ret, from: '-1' }, { subject: ret, more: 'x' }]
  for (const filters of wrong) expect(await refusalOf(ask(filters))).toMatchObject({ code: 'bad-input' })
})
