import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import en from '../../functions/desk/messages/en.json' with { type: 'json' }
import { listsOf, type WorkItem, type WorkList, waitingLists } from '../../schemas/api/work.ts'
import { workAnswer } from '../../schemas/api/work-answers.ts'
import { type PartyKind, partyKindNames } from '../../schemas/values/parties.ts'
import { alarm } from '../parts/alarm.ts'
import { bodies } from '../parts/bodies.ts'
import type { Browsing } from '../parts/browsing.ts'
import { type Desk, wholeList } from '../parts/desk.ts'
import { draftsOf } from '../parts/drafts.ts'
import { compared, matchesOf } from '../parts/likenesses.ts'
import { at } from '../parts/on-the-page.ts'
import { keepingAt } from '../parts/people.ts'
import { changeOf, roomOf } from '../parts/rooms.ts'
import { test } from '../parts/shared-browser.ts'
import { assessment } from '../scenarios/journey.ts'
import { type Desks, desksOf, fileGroup, manifestOf, type SentPerson } from '../scenarios/way.ts'

/** More than two pages of every list. */
const many = 60
const numbers = Array.from({ length: many }, (_, index) => index)
/** So many of the persons are alike: each two of them are a match, 66 in all. */
const alike = 12

let browsing: Browsing
let desks: Desks
let request: string
let drafts: string[]
// A stack of its own, since its lists are compared whole.
test.beforeAll(async ({ alone }) => {
  browsing = alone
  desks = await desksOf(browsing.running)
  const filed = await fileGroup(desks.mission, many / 2, (person, index) => distinguish(person, index))
  request = filed.request
  const more = await fileGroup(
    desks.mission,
    many / 2,
    (person, index) => distinguish(person, index + many / 2),
    request,
  )
  await inLanes([...filed.rets, ...more.rets], async (ret) => {
    await desks.iom.command(ret, 'acknowledge')
    await desks.iom.command(ret, 'accept')
    await desks.iom.command(ret, 'assess-risk', assessment())
  })
  const hotline = await browsing.running.desk('hotline')
  await inLanes(numbers, () => hotline.alert(alarm))
  drafts = []
  await inLanes(numbers, async () => {
    drafts.push((await draftsOf(desks.mission).begin({ content: {} })).draft)
  })
  await compared(browsing.running)
}, 600_000)

/** Each person has a name of her own, but for some who may be one. */
function distinguish(person: SentPerson, index: number): void {
  const { idnp: _, ...identity } = person.identity
  const letters = index < alike ? 'a' : `${'bcdefghjkl'[index % 10]}${'mnprstvzbd'[Math.floor(index / 10)]}`
  person.identity = { ...identity, name: { family: `Z${letters}opescu`, given: 'Ana' }, documents: [] }
}

/** Does the same for each, a few at a time. */
async function inLanes<T>(items: readonly T[], operation: (item: T) => Promise<unknown>): Promise<void> {
  const left = [...items]
  const lane = async () => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await operation(item)
  }
  await Promise.all(Array.from({ length: 6 }, lane))
}

interface Walk {
  /** What names each row. */
  rows: string[]
  pages: number
  /** What says which rows a page shows. */
  ranges: string[]
}

/** All rows of a list, page after page, and back to the first page by the links that say "previous". */
async function walk(page: Page, path: string, rows = 'tbody th'): Promise<Walk> {
  expect([path, await at(page, path)]).toEqual([path, 200])
  const seen: Walk = { rows: [], pages: 0, ranges: [] }
  for (;;) {
    const own = await page.locator(rows).allInnerTexts()
    expect([path, seen.pages, own.length > 0]).toEqual([path, seen.pages, true])
    seen.rows.push(...own)
    seen.pages++
    seen.ranges.push(/^\d+ to \d+(?: of \d+)?$/m.exec(await page.locator('main').innerText())?.[0] ?? '')
    const next = page.locator('main a[rel="next"]')
    if ((await next.count()) === 0) break
    await page.goto((await next.first().getAttribute('href')) ?? '')
  }
  for (let back = seen.pages; back > 1; back--)
    await page.goto((await page.locator('main a[rel="prev"]').first().getAttribute('href')) ?? '')
  expect([path, await page.locator('main a[rel="prev"]').count()]).toEqual([path, 0])
  expect(await page.locator(rows).allInnerTexts()).toEqual(
    seen.rows.slice(0, await page.locator(rows).count()),
  )
  return seen
}

const once = (rows: readonly string[]) => [...new Set(rows)].sort()

test('Returns, Travel, the request, and each list of My work show every return once, and the pages lead back', async () => {
  const ofMission = (await wholeList(desks.mission)).map(({ reference }) => reference).sort()
  const mission = await browsing.desk('istanbul', { scripts: false })
  const returns = await walk(mission, '/desk/returns')
  expect(returns.rows.sort()).toEqual(ofMission)
  expect(returns.ranges[0]).toBe('1 to 25')
  const manifest = (await manifestOf(desks.mission, request)).map(({ reference }) => reference).sort()
  expect(manifest).toHaveLength(many)
  expect((await walk(mission, `/desk/requests/${request}`)).rows.sort()).toEqual(manifest)

  const iom = await browsing.desk('iom', { scripts: false })
  const ofIom = await wholeList(desks.iom)
  // The list, and not the week's calendar above it.
  expect((await walk(iom, '/desk/travel', '.stacked tbody th')).rows.sort()).toEqual(
    ofIom.map(({ reference }) => reference).sort(),
  )
  const planning = ofIom.filter(({ items }) => items.some(isOwed('plan-travel', desks.iom)))
  const waits = await walk(iom, '/desk/work/waits')
  expect(waits.rows.sort()).toEqual(planning.map(({ reference }) => reference).sort())
  expect(waits.ranges).toEqual([`1 to 25 of ${many}`, `26 to 50 of ${many}`, `51 to ${many} of ${many}`])
})

const isOwed =
  (what: WorkItem['what'], { party }: Desk) =>
  (item: WorkItem) =>
    item.what === what && item.party === party

test('Decisions hold every return that waits for the ministry, and the last page leads to none', async () => {
  const page = await browsing.desk('ministry', { scripts: false })
  const owed = (await wholeList(desks.ministry)).filter(({ items }) =>
    items.some(isOwed('decide', desks.ministry)),
  )
  expect(owed.length).toBe(many)
  const { rows, pages } = await walk(page, '/desk/decisions')
  expect(once(rows)).toEqual(owed.map(({ reference }) => reference).sort())
  expect(pages).toBe(3)
})

test('drafts can all be reached, and each says when it was begun and how far it is', async () => {
  const page = await browsing.desk('istanbul', { scripts: false })
  for (const path of ['/desk/filing', '/desk/filing?assigned=to-me']) {
    const { rows } = await walk(page, path)
    expect([path, rows.length]).toEqual([path, many])
    const links = await page
      .locator('tbody th a')
      .evaluateAll((all) => all.map((link) => link.getAttribute('href')))
    expect(links.every((href) => drafts.some((draft) => href === `/desk/filing/${draft}`))).toBe(true)
  }
  await at(page, '/desk')
  await page.getByRole('link', { name: en.filing.allMine }).click()
  expect(await page.locator('tbody tr').count()).toBe(25)
  const colleague = await browsing.desk('istanbul-duty', { scripts: false })
  expect(await colleague.locator('a[href^="/desk/filing/"]').count()).toBe(0)
})

test('alerts, matches and the record of what was looked at are walked to their end', async () => {
  const hotline = await browsing.desk('hotline', { scripts: false })
  expect(once((await walk(hotline, '/desk/alerts')).rows)).toHaveLength(many)
  const iom = await browsing.desk('iom', { scripts: false })
  const raised = await matchesOf(desks.iom)
  expect(raised.length).toBeGreaterThanOrEqual((alike * (alike - 1)) / 2)
  expect((await walk(iom, '/desk/matches')).rows).toHaveLength(raised.length)
  for (const ret of (await wholeList(desks.mission)).slice(0, 30))
    await desks.mission.open(ret.ret, ['label'])
  const oversight = await browsing.desk('oversight', { scripts: false })
  expect((await walk(oversight, '/desk/audit?kind=open', 'tbody tr')).rows.length).toBeGreaterThanOrEqual(30)
})

test('people, rooms, posts and their changes are walked to their end', async () => {
  const keeping = keepingAt(await browsing.running.desk('istanbul-administrator'))
  const before = (await keeping.list()).people.length
  for (const index of numbers.slice(0, 30))
    await keeping.onList('invite', {
      name: `Exemplu ${'abcdefghij'[index % 10]}`,
      signIn: `exemplu.${index}`,
      role: 'officer',
    })
  const administrator = await browsing.desk('istanbul-administrator', { scripts: false })
  expect((await walk(administrator, '/desk/settings/people')).rows).toHaveLength(before + 30)

  for (const index of numbers.slice(0, 30)) {
    const room = roomOf(String(index + 1), 2)
    await desks.centre.call('POST', `/v1/centre/rooms/${room.room}`, changeOf(room), { ifMatch: index })
  }
  const centre = await browsing.desk('centre', { scripts: false })
  expect(once((await walk(centre, '/desk/rooms')).rows)).toHaveLength(30)
  expect((await walk(centre, '/desk/rooms/changes', 'tbody tr')).rows).toHaveLength(30)

  const consular = await browsing.desk('consular', { scripts: false })
  const posts = await walk(consular, '/desk/settings/posts')
  expect(posts.rows.length).toBeGreaterThan(25)
  expect(once(posts.rows)).toHaveLength(posts.rows.length)
})

/** The list in which a return stands for a party, reckoned here from its row alone. */
function listOf(
  row: Awaited<ReturnType<typeof wholeList>>[number],
  { party }: Desk,
  kind: PartyKind,
): WorkList | undefined {
  const today = new Date().toLocaleDateString('sv', { timeZone: 'Europe/Chisinau' })
  const own = row.items.filter((item) => item.party === party)
  const isLate = own.some(({ day }) => day !== undefined && day < today) || row.overdue.length > 0
  const fits: Partial<Record<WorkList, boolean>> = {
    calls: own.some(({ what }) => what === 'answer-call'),
    alerts: row.phase === 'alert' || row.phase === 'alert-acknowledged',
    late: isLate,
    concern: row.flags.some((flag) => flag === 'contact-lost' || flag === 'in-hospital'),
    danger: row.urgency === 2,
    today: own.some(({ day }) => day === today),
    asked: own.some(({ what }) => what === 'answer-question'),
    waits: own.length > 0,
  }
  return listsOf(kind).find((list) => fits[list])
}

test.each(['istanbul', 'iom', 'centre', 'ministry', 'hotline', 'rome'])(
  'My work of %s has the counts that follow from all of its returns',
  async (user) => {
    const { mission, iom } = desks
    if (user === 'istanbul') {
      const [first] = await wholeList(mission)
      await iom.command(first?.ret ?? '', 'ask', { for: mission.party, talk: bodies.ask.talk })
      await browsing.running.settled()
    }
    const desk = await browsing.running.desk(user)
    const kind = partyKindNames.find((name) => name === desk.kind)
    if (!kind) throw new Error(`${desk.kind} is no kind of party.`)
    const rows = await wholeList(desk)
    const counts = Map.groupBy(rows, (row) => listOf(row, desk, kind))
    const page = await browsing.desk(user, { scripts: false })
    await at(page, '/desk')
    const captions = await page.locator('main caption').allInnerTexts()
    for (const list of waitingLists.filter((name) => name !== 'assigned')) {
      const count = counts.get(list)?.length ?? 0
      const shown = captions.filter((caption) => caption.startsWith(`${en.work[list]} (`))
      expect([user, list, shown]).toEqual([user, list, count > 0 ? [`${en.work[list]} (${count})`] : []])
    }
    const { total } = workAnswer.parse(await desk.call('GET', `/v1/${desk.kind}/work/all`))
    const badge = page.locator('nav .badge [aria-hidden]')
    expect([user, (await badge.count()) > 0 ? await badge.innerText() : '0']).toEqual([user, String(total)])
    expect([user, /Nothing waits for you/.test(await page.locator('main').innerText())]).toEqual([
      user,
      captions.length === 0,
    ])
  },
)
