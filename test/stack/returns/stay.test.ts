import { expect } from 'vitest'
import { consent, everyone, filingWith, legalDuty } from '../../parts/bodies.ts'
import { type Desk, lineOf, refusalOf } from '../../parts/desk.ts'
import { forecastFor, keepRooms, placeIn, roomOf } from '../../parts/rooms.ts'
import { fileOne, type RunningStack } from '../../parts/running-stack.ts'
import { type MovedStack, test } from '../../parts/shared-stack.ts'
import { happened } from '../../parts/todays-bodies.ts'
import { day, stay } from '../../scenarios/journey.ts'

/*
 * One stay at the Centre from the first night to who takes over, on the whole stack: every step by whoever takes it.
 */
let running: RunningStack
let clock: MovedStack['clock']
let centre: Desk
let mission: Desk
let consular: Desk
let ret = ''
test.beforeAll(async ({ moved }) => {
  running = moved
  clock = moved.clock
  ;[centre, mission, consular] = await Promise.all([
    running.desk('centre'),
    running.desk('istanbul'),
    running.desk('consular'),
  ])
  await keepRooms(centre, [roomOf('1', 1), roomOf('2', 2)])
  const byConsent = everyone.map(([holder]) => [holder, consent] as const)
  ret = await fileOne(mission, filingWith(byConsent, { reception: 'centre' }))
  await centre.command(ret, 'hold-place', placeIn('1', 1, { from: 0 }))
})

const ownLine = async (desk: Desk) => {
  await running.settled()
  return lineOf(desk, ret)
}
const dueOf = async (desk: Desk) =>
  (await desk.see(ret)).due
    .filter(({ step }) => ['stay', 'service', 'follow-up', 'coming-back', 'task'].includes(step))
    .map((item) => `${item.step} ${item.owner} ${item.day}`)
/** So many days later, once `watch` has looked. */
async function daysLater(count: number): Promise<void> {
  await running.settled()
  clock.be(count)
  await running.stack.tick('watch')
  await running.settled()
}
const overdueOf = async (desk: Desk) =>
  ((await ownLine(desk))?.overdue ?? []).map(({ item, since, level }) => `${item} ${since} ${level}`)

test('what is due of a service, and the end of the stay, are the next days of the Centre', async () => {
  await centre.command(ret, 'admit', stay())
  expect((await ownLine(centre))?.next).toBe(day(6))
  await centre.command(ret, 'plan-stay', { case: { until: day(30) } })
  await centre.command(ret, 'offer-services', {
    care: {
      services: [
        { service: 'medical', answer: 'done', dueOn: day(6) },
        { service: 'legal', answer: 'accepted', owner: 'Jurist Exemplu', dueOn: day(9) },
        { service: 'documents', answer: 'refused', dueOn: day(4) },
      ],
    },
  })
  expect((await ownLine(centre))?.next).toBe(day(9))
  expect((await ownLine(mission))?.next).toBeUndefined()
  expect(await dueOf(mission)).toEqual([`service centre ${day(9)}`, `stay centre ${day(30)}`])
})

test('what is late is told to the Centre, then to the consular department, then to the post', async () => {
  await daysLater(10)
  expect(await overdueOf(centre)).toEqual([`service ${day(9)} 0`])
  expect(await overdueOf(consular)).toEqual([])
  await daysLater(12)
  expect(await overdueOf(consular)).toContain(`service ${day(9)} 1`)
  await daysLater(17)
  expect(await overdueOf(mission)).toContain(`service ${day(9)} 2`)
  await centre.command(ret, 'offer-services', { care: { services: [{ service: 'legal', answer: 'done' }] } })
  for (const desk of [centre, consular, mission])
    expect((await overdueOf(desk)).filter((item) => item.startsWith('service'))).toEqual([])
})

test('a room move takes the one bed and gives back the other', async () => {
  const other = await fileOne(mission)
  expect(await refusalOf(centre.command(other, 'hold-place', placeIn('1')))).toMatchObject({
    code: 'no-place',
  })
  await centre.command(ret, 'hold-place', placeIn('2', 1, { from: 0 }))
  await centre.command(other, 'hold-place', placeIn('1'))
  expect((await forecastFor(centre)).days[0]?.beds).toMatchObject({ occupied: 1, free: 2 })
})

test('a stay is prolonged on a ground, and ends on the new day', async () => {
  const longer = (ground?: string) =>
    centre.command(ret, 'plan-stay', { case: { until: day(60), ...(ground ? { longer: ground } : {}) } })
  expect(await refusalOf(longer())).toMatchObject({ code: 'bad-input', problem: { fields: ['case.longer'] } })
  await longer('proceedings')
  await daysLater(31)
  expect((await overdueOf(centre)).filter((item) => item.startsWith('stay'))).toEqual([])
  const { sections } = await centre.open(ret, ['case'])
  expect(sections.findLast(({ slot }) => slot === 'stay-plan')?.content).toEqual({
    until: day(60),
    longer: 'proceedings',
  })
})

test('who leaves for some days gives back her bed; the Centre is reminded when she means to come, until she does', async () => {
  const leaving = { happened: happened(`${day(0)}T10:00`), to: 'relatives', backOn: day(33) }
  await centre.command(ret, 'leave-centre', { case: leaving })
  expect(await dueOf(centre)).toEqual([`coming-back centre ${day(33)}`])
  expect((await forecastFor(centre)).days[0]?.beds.occupied).toBe(0)
  await daysLater(34)
  expect(await overdueOf(centre)).toContain(`coming-back ${day(33)} 0`)
  await centre.command(ret, 'hold-place', placeIn('2', 1, { from: 0 }))
  await centre.command(ret, 'admit', stay())
  expect((await overdueOf(centre)).filter((item) => item.startsWith('coming-back'))).toEqual([])
  expect((await forecastFor(centre)).days[0]?.beds.occupied).toBe(1)
})

test('who takes over after the Centre is told on a ground of its own, and reads what it needs', async () => {
  const strada = await running.desk('la-strada')
  expect(await refusalOf(strada.see(ret))).toMatchObject({ status: 404 })
  const task = { partner: strada.party, task: 'support-at-home', until: day(90) }
  const without = { recipient: strada.party, basis: { kind: 'none', why: 'refused', on: day(0) } }
  expect(await refusalOf(centre.command(ret, 'give-task', { ...task, case: without }))).toMatchObject({
    code: 'bad-input',
  })
  const ground = { recipient: strada.party, basis: consent }
  const { seq } = await centre.command(ret, 'give-task', { ...task, case: ground })
  await centre.command(ret, 'leave-centre', { case: { happened: happened(day(0)), to: 'home' } })
  expect((await ownLine(strada))?.next).toBe(day(90))
  expect(await dueOf(strada)).toEqual([`task partner ${day(90)}`])
  expect((await strada.open(ret, ['care'])).sections.length).toBeGreaterThan(0)
  expect(await refusalOf(strada.open(ret, ['decision']))).toMatchObject({ code: 'not-readable' })
  await strada.command(ret, 'report-task', {
    task: seq,
    care: { outcome: 'done', on: day(0), findings: 'She lives with her sister, and works.' },
  })
  await running.settled()
  expect(await refusalOf(strada.open(ret, ['care']))).toMatchObject({ code: 'basis-ended' })
})

test('how she is is asked on the day that was noted, and not once nobody asks any more', async () => {
  const asked = (nextOn?: string) =>
    centre.command(ret, 'follow-up', {
      care: { on: day(0), by: 'visit', wellbeing: 'good', ...(nextOn ? { nextOn } : {}) },
    })
  await asked(day(40))
  // Nearer still is the day by which the Centre closes the return.
  expect(await dueOf(centre)).toEqual([`follow-up centre ${day(40)}`])
  await daysLater(41)
  expect(await overdueOf(centre)).toContain(`follow-up ${day(40)} 0`)
  await asked()
  expect((await overdueOf(centre)).filter((item) => item.startsWith('follow-up'))).toEqual([])
  expect(await dueOf(centre)).toEqual([])
})

test('the authority that monitors a child is reminded, also where nobody named a day (HG 948 pt 47)', async () => {
  const authority = await running.desk('guardianship')
  const child = await fileOne(mission)
  await centre.command(child, 'give-task', {
    partner: authority.party,
    task: 'monitor-child',
    case: { recipient: authority.party, basis: legalDuty },
  })
  await daysLater(0)
  const line = () => lineOf(authority, child)
  const until = (await line())?.next ?? ''
  expect(until > day(80)).toBe(true)
  await daysLater(95)
  expect((await line())?.overdue).toMatchObject([{ item: 'task', party: authority.party, since: until }])
})

test('nothing of a stay stands in clear but days', async () => {
  const { events } = await mission.events(ret)
  const text = JSON.stringify(events.map(({ data }) => data))
  for (const word of ['legal', 'medical', 'proceedings', 'relatives', 'visit', 'Jurist'])
    expect([word, text.includes(word)]).toEqual([word, false])
})
