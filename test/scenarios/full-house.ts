import { sampleRequest } from '../../infra/local/sample/sample-request.ts'
import type { Desk } from '../parts/desk.ts'
import { forecastFor, house, keepRooms, placeIn } from '../parts/rooms.ts'
import { day, stay, twoLegs } from './journey.ts'
import type { Scenario } from './scene.ts'
import { fileOne, type SentPerson } from './way.ts'

/** Who is there: the room, the beds and until when; 14 women, 2 teenagers and 1 man, with 6 children. All made up. */
const guests: readonly (readonly [room: string, beds: number, until: number])[] = [
  ...['1', '1', '1', '1', '2', '2', '2', '2', '3', '3', '3', '3', '4'].map((room) => [room, 1, 25] as const),
  ['4', 3, 25],
  ['5', 3, 9],
  ['6', 3, 20],
  ['7', 1, 25],
]

export const fullHouse: Scenario = {
  name: 'full-house',
  title: 'The Centre as on 2 March 2009: 23 of 24 places are taken, and a mother comes with two children.',
  ends: 'planned',
  outcome: 'planned',
  async play(scene) {
    const { desk, step, tell, refused, delivered } = scene
    const [mission, iom, centre] = await Promise.all([desk('istanbul'), desk('iom'), desk('centre')])

    step('The Centre says what rooms it has: 24 beds in 8 rooms, two of them for mothers with children.')
    await keepRooms(centre, house)

    step('Seventeen people are there, three of them mothers with two children each: 23 beds are taken.')
    const { returns } = await mission.file({ persons: guests.map(([room, beds]) => guest(room, beds)) })
    for (const [index, { ret }] of returns.entries()) {
      const [room, beds, until] = guests[index] ?? ['', 0, 0]
      await centre.command(ret, 'hold-place', placeIn(room, beds, { from: 0, until }))
    }
    await Promise.all(
      returns.map(async ({ ret }) => {
        await centre.command(ret, 'admit', stay())
        await delivered(centre, ret)
      }),
    )
    const [now] = (await forecastFor(centre)).days
    if (now?.beds.occupied !== 23 || now.beds.free !== 1) throw new Error('These are not 23 of 24.')
    tell(`${now.beds.occupied} of ${now.beds.all} beds are slept in, ${now.beds.free} is free.`)

    step(
      'A mother with two children is to come in five days. The forecast says at once that no room has a place.',
    )
    const mother = await planned({ mission, iom }, 2)
    await delivered(centre, mother)
    const early = (await forecastFor(centre)).unfitting.find(({ ret }) => ret === mother)
    const choice = early?.choices.days[0]
    if (early?.beds !== 3 || !choice) throw new Error('Nobody was told that she does not fit.')
    tell(`She needs ${early.beds} beds; room ${choice.room} has them from ${choice.from} on.`)
    await refused(
      'centre',
      'hold the last free bed for the three of them',
      centre.command(mother, 'hold-place', placeIn('8', 3, { from: 5 })),
      'no-place',
    )

    step('Two others want the last bed at the same moment: one gets it.')
    const rivals = await Promise.all([planned({ mission, iom }, 0), planned({ mission, iom }, 0)])
    const want = placeIn('8', 1, { from: 5, until: 12 })
    const holds = await Promise.allSettled(rivals.map((ret) => centre.command(ret, 'hold-place', want)))
    const [winner, loser] = holds[0]?.status === 'fulfilled' ? rivals : rivals.toReversed()
    if (holds.filter(({ status }) => status === 'fulfilled').length !== 1 || !winner || !loser)
      throw new Error('The last bed was not given to one of them.')
    const { problem } = await refused(
      'centre',
      'hold it for the other too',
      centre.command(loser, 'hold-place', want),
      'no-place',
    )
    tell(
      `The nearest choice for her: ${problem?.choices?.days.map(({ room, from }) => `${room} from ${from}`)[0]}.`,
    )

    step('Who got it no longer wants to come. Nobody at the Centre does anything, and the bed is free.')
    await mission.command(winner, 'cancel', { case: { reason: 'no-longer-wants', on: day(0) } })
    await delivered(centre, winner)
    await centre.command(loser, 'hold-place', want)

    step('The journey of the mother is put off, and there is a place for the three of them.')
    await iom.command(mother, 'change-travel', twoLegs(10))
    await centre.command(mother, 'hold-place', placeIn(choice.room, 3, { from: 10, until: 39, holds: 12 }))
    await delivered(centre, mother)
    const { unfitting } = await forecastFor(centre)
    if (unfitting.some(({ ret }) => ret === mother)) throw new Error('She still has no place.')
    tell(`Held: room ${choice.room} from ${day(10)} on, for three.`)
    return { ret: mother }
  },
}

function guest(room: string, beds: number): SentPerson {
  const [person] = (sampleRequest() as { persons: SentPerson[] }).persons
  if (!person) throw new Error('The sample has nobody.')
  person.case.childrenAlong = beds - 1
  if (room === '7') person.case.sex = 'male'
  return person
}

/** Somebody whose journey is planned, in five days, with so many children. */
async function planned({ mission, iom }: { mission: Desk; iom: Desk }, children: number): Promise<string> {
  const { ret } = await fileOne(mission, (person) => {
    person.case.childrenAlong = children
  })
  await iom.command(ret, 'acknowledge')
  await iom.command(ret, 'accept')
  await iom.command(ret, 'plan-travel', twoLegs(5))
  return ret
}
