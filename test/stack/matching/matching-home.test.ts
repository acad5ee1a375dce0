import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { centre, consent, iom } from '../../parts/bodies.ts'
import type { Desk } from '../../parts/desk.ts'
import { refusalOf } from '../../parts/desk.ts'
import { homeAs } from '../../parts/home.ts'
import { compared, type FiveDesks, filingOf, fiveDesks, matchBetween } from '../../parts/likenesses.ts'
import { fileOne, type OwnStack, startRunning } from '../../parts/running-stack.ts'

let running: OwnStack
let desks: FiveDesks
// A stack of its own: whoever is filed is compared with all who were.
beforeAll(async () => {
  running = await startRunning()
  desks = await fiveDesks(running)
})
afterAll(() => running.stop())

const called = (family: string, given: string, year: number) => ({ name: { family, given }, birth: { year } })
const inLatin = called('Spontanu', 'Natalia', 1988)
const inCyrillic = called('Спонтану', 'Наталия', 1988)

/** Somebody who is home, registered at a desk under a name; the others of IOM and the Centre are told. */
async function registerAt(
  desk: Desk,
  wayIn: 'spontaneous' | 'referral',
  who: typeof inLatin,
): Promise<string> {
  const matching = [iom, centre].filter((party) => party !== desk.party)
  const person = filingOf(
    who,
    homeAs(
      wayIn,
      matching.map((party) => [party, consent] as const),
    ),
  )
  const { returns } = await desk.file({ persons: [person] })
  return returns[0]?.ret ?? ''
}

/** Rows of tags that name a return, on whatever shelf. */
const tagsOf = async (ret: string) =>
  (await running.stored.rows('tags')).filter((row) => JSON.stringify(row).includes(ret))

describe.each([
  ['a spontaneous return at the Centre', 'centre', 'spontaneous'],
  ['a referral of an organisation', 'la-strada', 'referral'],
  ['a spontaneous return at IOM', 'iom', 'spontaneous'],
] as const)('%s', (_, user, wayIn) => {
  let [asked, came] = ['', '']
  let desk: Desk
  beforeAll(async () => {
    desk = await running.desk(user)
    asked = await fileOne(desks.istanbul, filingOf(inLatin))
    came = await registerAt(desk, wayIn, inCyrillic)
    await compared(running)
  })

  test('is matched, in another script, to the request that waits abroad: IOM decides', async () => {
    expect(await matchBetween(desks.iom, [asked, came])).toMatchObject({ state: 'raised', traits: ['name'] })
    expect(await matchBetween(desks.consular, [asked, came])).toBeUndefined()
  })

  test('shows nothing of it to the post, and to who is on one of them alone', async () => {
    expect(await refusalOf(desks.istanbul.see(came))).toMatchObject({ code: 'not-found' })
    expect((await desks.istanbul.see(asked)).linked ?? []).toEqual([])
    if (desk.kind === 'partner') expect(await refusalOf(desk.see(asked))).toMatchObject({ code: 'not-found' })
  })

  test('is found by what she is called now, and by what she was called no more', async () => {
    const before = (await tagsOf(came)).length
    expect(before).toBeGreaterThan(0)
    const [section] = (await desk.open(came, ['identity'])).sections
    const { identity } = filingOf(called('Altfelescu', 'Zinaida', 1961))
    await desk.command(came, 'amend', { slot: 'person', supersedes: section?.sec, identity })
    const again = await fileOne(desks.rome, filingOf(inLatin))
    const other = await fileOne(desks.rome, filingOf(called('Altfelescu', 'Zinaida', 1961)))
    await compared(running)
    expect(await matchBetween(desks.iom, [again, came])).toBeUndefined()
    expect(await matchBetween(desks.iom, [other, came])).toMatchObject({ traits: ['name'] })
    expect(await tagsOf(came)).toHaveLength(before)
  })

  test('leaves no tag once what says who she is was struck', async () => {
    const struck = (await desk.open(came, ['identity'])).sections.map(({ sec }) => sec)
    await desk.command(came, 'strike', { strikes: struck })
    await compared(running)
    expect(await tagsOf(came)).toEqual([])
  })
})

test('IOM strikes what it wrote on a return of somebody else, and amends nobody there', async () => {
  const ret = await fileOne(desks.istanbul, filingOf(called('Curatescu', 'Ana', 1979)))
  const { identity } = filingOf(called('Altfelescu', 'Ana', 1979))
  expect(await refusalOf(desks.iom.command(ret, 'amend', { slot: 'person', identity }))).toMatchObject({
    code: 'not-yours',
  })
  await desks.iom.command(ret, 'note', { note: { text: 'Made up for a test.' } })
  const [note] = (await desks.iom.open(ret, ['note'])).sections
  const before = (await tagsOf(ret)).length
  await desks.iom.command(ret, 'strike', { strikes: [note?.sec] })
  expect(await tagsOf(ret)).toHaveLength(before)
})
