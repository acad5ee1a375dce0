import type { Page } from 'playwright-core'
import { describe, expect } from 'vitest'
import en from '../../functions/desk/messages/en.json' with { type: 'json' }
import { type Language, languages } from '../../functions/desk/messages/languages.ts'
import ro from '../../functions/desk/messages/ro.json' with { type: 'json' }
import ru from '../../functions/desk/messages/ru.json' with { type: 'json' }
import { openable } from '../../schemas/api/routes.ts'
import { sectionClassNames } from '../../schemas/values/classes.ts'
import { centre, ngo } from '../parts/bodies.ts'
import type { Browsing } from '../parts/browsing.ts'
import { makePaper, printed, sheetsOf } from '../parts/on-paper.ts'
import { at, shown, violations } from '../parts/on-the-page.ts'
import { test } from '../parts/shared-browser.ts'
import { day } from '../scenarios/journey.ts'
import { type Desks, desksOf, fileOne, groundsOn, type SentPerson } from '../scenarios/way.ts'

let browsing: Browsing
let desks: Desks
let ret: string
let page: Page
test.beforeAll(async ({ browsing: shared }) => {
  browsing = shared
  desks = await desksOf(browsing.running)
  ;({ ret } = await fileOne(desks.mission))
  await browsing.running.settled()
  page = await browsing.desk('istanbul')
})

const here = () => `/desk/returns/${ret}/sheet`
const choose = (version: 'full' | 'discreet', language: Language | 'other' = 'en', safe = 'yes') => ({
  safe,
  version,
  'language._as': language,
})
const looks = async () => (await desks.mission.events(ret)).access.length

/** What a paper in somebody's pocket must not say: whom it is for, who is behind it, and where it leads. */
const telling: Readonly<Record<Language, RegExp>> = {
  en: /traffick|victim|exploit|protect|shelter|hotline|police|\breturn|repatriat|\bhome\b|\bIOM\b|migrat|Acas|danger|rescue|abuse|consul|embass|mission|Centre|ministry|Istanbul|request|safe|RET-/i,
  ro: /trafic|victim|exploat|protec|adăpost|linia fierbinte|poliț|întoarcer|repatri|\bacas|spre casă|OIM|migra|pericol|salva|abuz|consul|ambasad|misiun|Centru|minister|Istanbul|cerere|sigur|ocrot|RET-/i,
  ru: /торговл|жертв|эксплуат|защит|приют|горяч|полиц|возвращ|репатри|домой|МОМ|мигра|Acas|опасн|спас|насили|консул|посольств|мисси|Центр|министерств|Istanbul|запрос|RET-/i,
}

describe.each(languages)('in %s', (language) => {
  test('the discreet sheet says nothing of what it is about, and the full one does', async () => {
    await makePaper(page, here(), { choose: choose('discreet', language) })
    const paper = await printed(page)
    expect(paper).toContain('0 800 77777')
    expect(paper).toContain('+373 22 23 33 09')
    expect(paper.match(telling[language])?.[0]).toBeUndefined()
    // What a file of it would be called; the product says no more than its own name.
    const [title = ''] = (await page.title()).split(' – ')
    expect(title.match(telling.en)?.[0]).toBeUndefined()
    expect(await page.locator('.leaf').getAttribute('lang')).toBe(language)
    expect(await sheetsOf(page)).toBe(1)
    expect(await violations(page)).toEqual([])

    await makePaper(page, here(), { choose: choose('full', language) })
    expect(await printed(page)).toMatch(telling[language])
    expect(await sheetsOf(page)).toBe(1)
    expect(await violations(page)).toEqual([])
  })
})

test('every state of a return fits one sheet and says nothing of it on the discreet one', async () => {
  const other = await fileOne(desks.mission)
  const { iom, mission } = desks
  const steps = [
    () => iom.command(other.ret, 'acknowledge'),
    () => iom.command(other.ret, 'accept'),
    () => mission.command(other.ret, 'cancel', { case: { reason: 'no-longer-wants', on: day(0) } }),
  ]
  const said = new Set<string>()
  for (const step of steps) {
    await step()
    for (const language of languages) {
      await makePaper(page, `/desk/returns/${other.ret}/sheet`, { choose: choose('discreet', language) })
      const paper = await printed(page)
      expect(paper.match(telling[language])?.[0]).toBeUndefined()
      expect(await sheetsOf(page)).toBe(1)
      said.add(paper)
    }
  }
  expect(said.size).toBe(steps.length * languages.length)
})

test('whether paper is safe is asked first, in three languages, and a no leads to no paper', async () => {
  await at(page, here())
  const form = await shown(page)
  for (const question of [en.sheet.question, ro.sheet.question, ru.sheet.question])
    expect(form).toContain(question)
  const first = page.locator('main form input:not([type="hidden"])').first()
  expect(await first.getAttribute('name')).toBe('paper.safe')
  await makePaper(page, here(), { choose: { version: 'full', 'language._as': 'en' } })
  expect(await page.title()).toMatch(/^Error: /)
  await makePaper(page, here(), { choose: choose('full', 'en', 'no') })
  expect(await shown(page)).toContain('You may say no at any time')
  expect(await page.locator('[data-print]').count()).toBe(0)
  const paper = await printed(page)
  expect(paper).not.toContain('You may say no')
  expect(paper).not.toContain('0 800 77777')
  expect(paper).toContain('Nothing is printed here')
})

test.each([
  ['Ukrainian', 'ru', 'Russian'],
  ['Italian', 'en', 'English'],
  ['Romanian', 'ro', undefined],
])(
  'who speaks %s gets the sheet in %s, and is told where it is not hers',
  async (other, language, nearest) => {
    await makePaper(page, here(), { choose: choose('full', 'other'), other })
    expect(await page.locator('.leaf').getAttribute('lang')).toBe(language)
    const result = page.locator('main .govuk-inset-text')
    expect(await result.count()).toBe(nearest ? 1 : 0)
    if (nearest) expect(await result.innerText()).toMatch(new RegExp(`${other}.*${nearest}`))
    expect(await printed(page)).not.toContain('There is no sheet')
  },
)

test('no name stands on it and nothing is opened, unless somebody asks for it and says why', async () => {
  const before = await looks()
  await makePaper(page, here(), { choose: choose('full') })
  expect(await shown(page)).not.toContain('Exemplescu')
  await makePaper(page, here(), { choose: { ...choose('full'), named: 'yes' } })
  expect(await page.title()).toMatch(/^Error: /)
  expect(await shown(page)).not.toContain('Exemplescu')
  expect(await looks()).toBe(before)
  await makePaper(page, here(), { choose: { ...choose('full'), named: 'yes' }, why: true })
  expect(await printed(page)).toContain('Exemplescu')
  expect(await looks()).toBe(before + 1)
})

const line = (text: string, who: string) => text.split('\n').find((item) => item.includes(who)) ?? ''

test('who knows what is what the return says: a no is on it, and so is what was taken back', async () => {
  const refused = (person: SentPerson) => {
    const agreement = person.case.agreement as { recipients: { recipient: string; basis: unknown }[] }
    for (const recipient of agreement.recipients)
      if (recipient.recipient === centre) recipient.basis = { kind: 'none', why: 'refused', on: day(-1) }
  }
  const without = await fileOne(desks.mission, refused)
  await makePaper(page, `/desk/returns/${without.ret}/sheet`, { choose: choose('full') })
  const text = await shown(page)
  expect(line(text, 'Centrul')).toMatch(/receives no data about you$/)
  expect(line(text, 'IOM:')).toMatch(/your health.*\(you agreed\)/)
  expect(line(text, 'ministry')).not.toMatch(/your name/)
  expect(line(text, 'consular department')).toContain('not who you are')
  expect(line(text, 'Istanbul (')).toMatch(/your name and documents.*\(is responsible for helping you\)/)
  // A mission writes of health and protection and cannot read it back.
  expect(line(text, 'Istanbul (')).not.toMatch(/your health/)

  await makePaper(page, here(), { choose: choose('full') })
  expect(line(await shown(page), 'Centrul')).toMatch(/\(you agreed\)$/)
  await desks.mission.command(ret, 'withdraw', { case: { recipient: centre, by: 'self', on: day(0) } })
  await makePaper(page, here(), { choose: choose('full') })
  expect(line(await shown(page), 'Centrul')).toMatch(/no longer receives data about you$/)
})

test('what a return says that its parties read is what each of them can open', async () => {
  const { ret: otherRet } = await fileOne(desks.mission, (person) =>
    groundsOn(person, { kind: 'child-protection', on: day(-1) }),
  )
  await browsing.running.settled()
  const { reads = {} } = await desks.mission.see(otherRet)
  expect(Object.keys(reads).sort()).toEqual(
    ['centre', 'consular', 'figures', 'iom', 'ministry', 'mission'].map((kind) =>
      kind === 'centre' ? centre : kind === 'mission' ? desks.mission.party : kind,
    ),
  )
  for (const desk of [desks.mission, desks.iom, desks.centre, desks.ministry]) {
    const result = reads[desk.party] ?? []
    const classes = openable(desk.kind).filter((cls) => cls !== 'note' && cls !== 'talk')
    const { sections } = await desk.open(otherRet, classes)
    for (const { cls } of sections)
      expect([desk.kind, result]).toEqual([desk.kind, expect.arrayContaining([cls])])
    expect(result.every((cls) => openable(desk.kind).includes(cls))).toBe(true)
    expect(result).not.toContain('talk')
    expect(sectionClassNames).toEqual(expect.arrayContaining(result))
  }
})

test('who is there for a task alone is not told who reads, and has no sheet to give', async () => {
  const consent = {
    kind: 'consent',
    by: 'self',
    form: 'spoken',
    language: 'ro',
    interpreter: false,
    on: day(0),
    purposes: ['do-a-task'],
  }
  await desks.iom.command(ret, 'give-task', {
    partner: ngo,
    task: 'support-at-home',
    until: day(20),
    case: { recipient: ngo, basis: consent },
  })
  await browsing.running.settled()
  const partner = await browsing.running.desk('la-strada')
  expect((await partner.see(ret)).reads).toBeUndefined()
  const theirs = await browsing.desk('la-strada')
  expect(await at(theirs, here())).toBe(404)
  // Her sheet says that they help, and with what.
  await makePaper(page, here(), { choose: choose('full') })
  expect(await shown(page)).toContain('La Strada')
})
