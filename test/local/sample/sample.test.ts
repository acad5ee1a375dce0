import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fillSample } from '../../../infra/local/sample/fill-sample.ts'
import { startStack } from '../../../infra/local/stack.ts'
import { forecast } from '../../../schemas/api/forecast.ts'
import { postsAnswer } from '../../../schemas/api/posts.ts'
import { rooms } from '../../../schemas/api/rooms.ts'
import { arrivalDays, type WorkList, waitingLists } from '../../../schemas/api/work.ts'
import { workAnswer } from '../../../schemas/api/work-answers.ts'
import { chisinau, dayIn, daysAfter } from '../../../schemas/values/clocks.ts'
import { type Desk, wholeList } from '../../parts/desk.ts'
import { draftsOf } from '../../parts/drafts.ts'
import { expectedLists, type Line } from '../../parts/expected-lists.ts'
import { type OwnStack, startRunning } from '../../parts/running-stack.ts'

let running: OwnStack
const logged: string[] = []
let filled = 0
beforeAll(async () => {
  running = await startRunning()
  filled = await fillSample(running.stack, (line) => logged.push(line))
  // The clock would start it within a minute.
  await running.stack.tick('watch')
  await running.settled()
}, 400_000)
afterAll(() => running.stop())

const linesFor = async (user: string) => wholeList(await running.desk(user))
const countBy = (lines: readonly Line[], of: (line: Line) => string) =>
  Object.fromEntries([...Map.groupBy(lines, of)].map(([key, some]) => [key, some.length]))

test('the sample has returns in every phase, for every party that sees all returns', async () => {
  const phases = {
    filed: 5,
    'sent-back': 2,
    acknowledged: 4,
    accepted: 14,
    planned: 13,
    confirmed: 4,
    travelling: 5,
    arrived: 3,
    received: 20,
    cancelled: 3,
    closed: 3,
  }
  const oversight = await linesFor('oversight')
  expect(countBy(oversight, ({ phase }) => phase)).toEqual(phases)
  expect(oversight).toHaveLength(filled)
  expect(countBy(await linesFor('iom'), ({ phase }) => phase)).toEqual(phases)
  expect(countBy(await linesFor('consular'), ({ phase }) => phase)).toEqual(phases)
  expect(filled).toBeGreaterThan(60)
})

test('more than twelve posts have filed, and each post sees only its own returns', async () => {
  const posts = running.stack.users.filter(
    ({ party, groups }) => party.startsWith('mission:') && groups.includes('role:officer'),
  )
  const each = await Promise.all(posts.map(({ name }) => linesFor(name)))
  const filing = each.filter((lines) => lines.length > 0)
  expect(filing.length).toBeGreaterThan(12)
  // No post filed the return of the woman whom the Centre registered.
  expect(filing.flat()).toHaveLength(filled - 1)
  const centre = await running.desk('centre')
  const registered = (await wholeList(centre)).filter(({ ret }) => ret.startsWith('S0DS'))
  expect(registered.map(({ phase }) => phase)).toEqual(['received'])
  expect((await centre.see(registered[0]?.ret ?? '')).responsible).toBe(centre.party)
})

test('the sample has rulings of the ministry, withdrawn consents and open alarms', async () => {
  const ministry = await running.desk('ministry')
  const seen = await Promise.all((await wholeList(ministry)).map(({ ret }) => ministry.see(ret)))
  const rulings = seen.map(({ ruling }) => ruling)
  expect(rulings.filter((ruling) => ruling === 'on-hold')).toHaveLength(2)
  expect(rulings.filter((ruling) => ruling === 'refused')).toHaveLength(1)
  expect(seen.filter(({ withdrawals }) => withdrawals.length > 0)).toHaveLength(2)
  expect(seen.filter(({ questions }) => questions.length > 0)).toHaveLength(2)
  const centre = await linesFor('centre')
  expect(countBy(centre, ({ membership }) => membership)).toEqual({ on: filled - 2, ended: 2 })
  const iom = await linesFor('iom')
  const alerts = new Set(iom.flatMap((line) => line.alerts))
  for (const alert of ['contact-lost', 'in-hospital'] as const) expect(alerts).toContain(alert)
  expect(iom.flatMap(({ calls }) => calls.map(({ party }) => party))).toContain('iom')
})

test('a step is overdue only where its event was reported late, because the server’s own time does not run back', async () => {
  const lateFor = async (user: string) =>
    (await linesFor(user)).flatMap(({ overdue }) => overdue.map(({ step }) => step))
  expect(await lateFor('iom')).toContain('arrive')
  expect(await lateFor('centre')).toContain('receive')
  // Overdue for so long that it was escalated.
  expect(await lateFor('consular')).toEqual(['receive'])
})

test('partners have their tasks and no other returns', async () => {
  const tasksOf = async (user: string) => {
    const desk = await running.desk(user)
    const own = (await wholeList(desk)).filter(({ membership }) => membership === 'on')
    const seen = await Promise.all(own.map(({ ret }) => desk.see(ret)))
    return seen.flatMap(({ tasks }) => tasks.map(({ task }) => task))
  }
  expect(await tasksOf('guardianship')).toEqual(['assess-family'])
  expect(await tasksOf('registry')).toEqual(['confirm-citizenship'])
  // Its task has ended with the report.
  expect(await tasksOf('la-strada')).toEqual([])
  expect((await linesFor('la-strada')).map(({ membership }) => membership)).toEqual(['ended'])
})

test('the Centre is almost full, and a mother with two children finds no room', async () => {
  const centre = await running.desk('centre')
  const kept = rooms.parse(await centre.call('GET', '/v1/centre/rooms')).rooms
  const tags = new Set(kept.flatMap((room) => room.tags))
  for (const tag of ['mother-and-child', 'step-free', 'quiet'] as const) expect(tags).toContain(tag)
  const { days, unfitting } = forecast.parse(await centre.call('GET', '/v1/centre/forecast?days=14'))
  expect(days[0]?.beds).toMatchObject({ all: 24, occupied: 19, blocked: 1, short: 0 })
  const freeInAWeek = days[7]?.beds.free ?? 24
  expect(freeInAWeek).toBeLessThanOrEqual(4)
  expect(unfitting.map(({ beds }) => beds)).toContain(3)
})

test('the sample has two groups of many persons and three children with returns of their own, one of them unaccompanied', async () => {
  const iom = await running.desk('iom')
  const lines = await wholeList(iom)
  const sizes = Object.values(countBy(lines, ({ request }) => request)).filter((count) => count > 1)
  expect(sizes.sort()).toEqual([7, 8])
  const children = lines.filter(({ label }) => label?.ageBand === '6-11')
  expect(children).toHaveLength(3)
  const opened = await Promise.all(children.map(({ ret }) => iom.open(ret, ['case'], 'review')))
  const categories = opened.map(({ sections }) => JSON.stringify(sections[0]?.content))
  expect(categories.filter((category) => category.includes('unaccompanied-child'))).toHaveLength(1)
})

test('names are in two scripts, and each label has its initials in the script of the name', async () => {
  const initials = (await linesFor('iom')).map(({ label }) => label?.initials ?? '')
  expect(initials.every((initial) => initial.length > 0)).toBe(true)
  for (const script of [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u])
    expect(initials.filter((initial) => script.test(initial)).length).toBeGreaterThan(15)
})

test('three posts have drafts, and each post sees only its own', async () => {
  const counts = await Promise.all(
    ['istanbul', 'rome', 'moscow', 'madrid'].map(async (user) => {
      return (await draftsOf(await running.desk(user)).list()).length
    }),
  )
  expect(counts).toEqual([2, 1, 1, 0])
})

const today = () => dayIn(Date.now(), chisinau)

/** All returns of a list, from all its pages, and the count that each page says. */
async function listOf(desk: Desk, list: WorkList): Promise<{ rets: string[]; counts: number[] }> {
  const rets: string[] = []
  const counts: number[] = []
  for (let next: string | undefined, more = true; more; more = next !== undefined) {
    const page = await desk.work(list, next)
    rets.push(...page.returns.map(({ ret }) => ret))
    counts.push(page.count)
    next = page.next
  }
  return { rets, counts: [...new Set(counts)] }
}

test('every list of every party has each return that belongs to it once, and says how many there are', async () => {
  const officers = running.stack.users.filter(({ groups }) => groups.includes('role:officer'))
  for (const { name, party, sub } of officers) {
    const desk = await running.desk(name)
    const expected = expectedLists(await wholeList(desk), { party, user: sub }, today())
    const { lists, total } = workAnswer.parse(await desk.call('GET', `/v1/${desk.kind}/work/all`))
    const counts = lists.map(({ list, count, bounded }) => [list, count, bounded])
    expect([name, counts]).toEqual([
      name,
      lists.map(({ list }) => [list, expected.get(list)?.length ?? 0, false]),
    ])
    const waiting = [...expected].filter(([list]) => waitingLists.some((each) => each === list))
    expect([name, total]).toEqual([name, waiting.flatMap(([, rets]) => rets).length])
    expect(await desk.call('GET', `/v1/${desk.kind}/work/count`)).toEqual({ total, bounded: false })
    for (const { list, count } of lists) {
      const { rets, counts: said } = await listOf(desk, list)
      expect([name, list, rets.toSorted(), said]).toEqual([name, list, expected.get(list) ?? [], [count]])
    }
  }
})

test('what a party owes by its rows is what it owes by the whole trail of each return', async () => {
  for (const user of ['iom', 'centre', 'ministry']) {
    const desk = await running.desk(user)
    for (const line of (await wholeList(desk)).filter(({ membership }) => membership === 'on'))
      expect([user, line.ret, line.items]).toEqual([user, line.ret, (await desk.see(line.ret)).items])
  }
})

test('the Centre’s arrivals are those of its board, and IOM sees who is late and with whom contact was lost', async () => {
  const centre = await running.desk('centre')
  const { placed, fitting, unfitting } = forecast.parse(
    await centre.call('GET', '/v1/centre/forecast?days=14'),
  )
  const within = (day: string | undefined) => day !== undefined && day <= daysAfter(today(), arrivalDays)
  const onBoard = [...placed.filter(({ present }) => !present), ...fitting, ...unfitting]
    .filter(({ arrivesOn }) => within(arrivesOn))
    .map(({ ret }) => ret)
  const { rets } = await listOf(centre, 'arrivals')
  expect(onBoard.length).toBeGreaterThan(2)
  expect(rets).toEqual(expect.arrayContaining(onBoard))
  const iom = await running.desk('iom')
  for (const list of ['late', 'concern'] as const)
    expect([list, (await listOf(iom, list)).rets.length > 0]).toEqual([list, true])
  expect((await listOf(await running.desk('ministry'), 'decisions')).rets.length).toBeGreaterThan(0)
})

test('the sample comes through the API with the permissions of its users: no call was denied', () => {
  expect(existsSync(join(running.dataDir, 'logs', 'edge.log'))).toBe(false)
  expect(logged.at(-1)).toMatch(/^Sample: done in \d+ s\./)
})

test('when the sample is done, no event is on its way any more', () => {
  expect(logged.at(-1)).toMatch(/Every return is on every worklist/)
})

test('each post with people has them as its staff, and somebody of them on duty', async () => {
  const { posts } = postsAnswer.parse(
    await (await running.desk('consular')).call('GET', '/v1/consular/posts'),
  )
  for (const { name, party, sub } of running.stack.users.filter((user) =>
    user.party.startsWith('mission:'),
  )) {
    const post = posts.find((found) => found.post === party)
    expect([name, post?.staff.includes(sub), (post?.duty.length ?? 0) > 0]).toEqual([name, true, true])
  }
})

test('a second start on a filled stack adds nothing', async () => {
  const before = running.stored.contents()
  expect(await fillSample(running.stack, (line) => logged.push(line))).toBe(0)
  expect(running.stored.contents()).toEqual(before)
  expect(logged.at(-1)).toMatch(/returns already/)
})

describe('in a stage that is deployed', () => {
  test('a deployed stage has neither sample nor seeded users: the template has no user, and no bundle has their names', () => {
    expect(running.stack.template.ofType('AWS::Cognito::UserPoolUser')).toEqual([])
    const directory = join(running.dataDir, 'template')
    const files = readdirSync(directory, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    )
    expect(files.filter(({ name }) => name.endsWith('.mjs')).length).toBeGreaterThan(10)
    const subs = running.stack.users.map(({ sub }) => sub)
    for (const { parentPath, name } of files) {
      const text = readFileSync(join(parentPath, name), 'utf8')
      for (const word of ['Plăsmuianu', 'Выдумкин', 'Exemplescu', ...subs])
        expect([name, word, text.includes(word)]).toEqual([name, word, false])
    }
  })

  test('the local stack does not start in a deployed stage: only the trial has users without passwords and made-up people', async () => {
    const dataDir = join(running.dataDir, 'production')
    const started = startStack({ dataDir, port: 0, quiet: true, context: { stage: 'prod' } })
    await expect(started).rejects.toThrow(/Only the stage trial runs here/)
    expect(existsSync(join(dataDir, 'dynamodb'))).toBe(false)
  })
})
