import { day, departure, exitChecked, happenedNow, stay } from './journey.ts'
import type { Scenario } from './scene.ts'
import { desksOf, fileOne, toConfirmed } from './way.ts'

/** The six fields of a quick arrival: when, where, with whom, who brought her, her choice, how she is. */
const quickArrival = (at: string, known = 'about') => ({
  case: {
    happened: { at, zone: 'Europe/Chisinau', known, reportedBy: 'border-police' },
    point: 'leuseni',
    companionPresent: 'no',
    broughtBy: 'border-police',
    choice: 'home',
  },
  care: { condition: 'tired' },
})

const handedOver = () => ({
  happened: happenedNow(),
  place: 'Leușeni',
  from: 'border-police',
  to: 'centre',
})

export const atLeuseni: Scenario = {
  name: 'leuseni',
  title:
    "02:30 at Leușeni: another crossing than planned, the companion's phone dead, a wrong word by phone.",
  ends: 'received',
  outcome: 'admitted',
  async play(scene) {
    const { step, tell, refused, delivered } = scene
    const desks = await desksOf(scene)
    const { mission, iom, centre } = desks

    step('She left Istanbul for the airport of Chișinău; then nobody hears of her.')
    const { ret, reference } = await fileOne(mission)
    tell(reference)
    await toConfirmed(desks, ret)
    await mission.command(ret, 'check-exit', exitChecked())
    await iom.command(ret, 'clear-to-leave')
    await mission.command(ret, 'depart', departure(2))
    await iom.command(ret, 'contact-lost', {
      case: { happened: happenedNow('Europe/Bucharest'), country: 'RO' },
    })

    step('The border police phone the Centre: she came at 02:30, at Leușeni, alone. Six fields.')
    await refused(
      'ministry',
      'tell an arrival',
      desks.ministry.call('POST', `/v1/ministry/returns/${ret}/commands/arrive`, quickArrival(day(0))),
      'not-found',
    )
    const first = await centre.command(ret, 'arrive', quickArrival(`${day(-1)}T02:30`))
    if (first.phase !== 'arrived') throw new Error('The arrival was not taken.')
    await dueOn(day(0))

    step('It was the night after: what was told wrongly is put right, and legal time with it.')
    await refused(
      'iom',
      "correct the Centre's word",
      iom.command(ret, 'correct', { corrects: first.seq }),
      'unknown-target',
    )
    await centre.command(ret, 'correct', { corrects: first.seq })
    await centre.command(ret, 'arrive', quickArrival(`${day(0)}T02:30`, 'exactly'))
    await dueOn(day(1))
    const { events } = await centre.events(ret)
    if (JSON.stringify(events.at(-1)).includes('02:30')) throw new Error('The hour is in clear.')
    const arrivals = await iom.open(ret, ['case'], 'review')
    const values = arrivals.sections.filter(({ slot }) => slot === 'arrival').map(({ content }) => content)
    tell(`The arrival that stands: ${JSON.stringify(values)}`)
    if (values.length !== 1 || !JSON.stringify(values).includes('"asPlanned":false'))
      throw new Error('Nobody sees that she came elsewhere than planned.')

    step(
      'The border police have no account: one side tells the hand-over, with the number of the signed paper.',
    )
    await refused(
      'centre',
      'tell a one-sided hand-over without its paper',
      centre.command(ret, 'hand-over', { case: { ...handedOver(), sides: 'one' } }),
      'bad-input',
    )
    await centre.command(ret, 'hand-over', { case: { ...handedOver(), sides: 'one', paper: 'PV 7/2026' } })

    step(
      'On arrival she wanted to go home; in the morning she chooses the Centre. Nothing waited for anything.',
    )
    await centre.command(ret, 'record-choice', { case: { happened: happenedNow(), choice: 'centre' } })
    await centre.command(ret, 'admit', stay())
    await delivered(mission, ret)
    return { ret }

    async function dueOn(expected: string): Promise<void> {
      const { due } = await centre.see(ret)
      const { day: until } = due.find((item) => item.step === 'receive') ?? {}
      tell(`To be received by ${until}.`)
      if (until !== expected) throw new Error(`Legal time runs to ${until}, not ${expected}.`)
    }
  },
}
