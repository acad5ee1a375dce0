import type { Desk } from '../parts/desk.ts'
import { decideAs } from '../parts/likenesses.ts'
import { arrival, day, ruling } from './journey.ts'
import { isCalled, linkedIs, raisedTo } from './likeness.ts'
import type { Scenario } from './scene.ts'
import { desksOf, fileOne } from './way.ts'

/** Registers who came by herself: whoever may file does, and the Centre tells that she is there. */
async function registerArrival(desk: Desk, centre: Desk): Promise<string> {
  const { ret } = await fileOne(desk, (person) => isCalled(person, 'Спонтану', 'Евгения', 1996))
  await centre.command(ret, 'arrive', arrival())
  return ret
}

export const byHerself: Scenario = {
  name: 'by-herself',
  title: 'Her request is on hold; she comes by herself, and is known for who she is.',
  ends: 'cancelled',
  outcome: 'cancelled',
  async play(scene) {
    const { desk, step, tell, refused, delivered } = scene
    const { mission, iom, centre, ministry } = await desksOf(scene, 'madrid')

    step('Madrid files a request. The ministry puts it on hold: money for a ticket is being looked for.')
    const { ret, reference } = await fileOne(mission, (person) =>
      isCalled(person, 'Spontanu', 'Evghenia', 1996),
    )
    tell(reference)
    await iom.command(ret, 'acknowledge')
    await iom.command(ret, 'accept')
    await ministry.command(ret, 'hold', ruling())

    step(
      'She does not wait. She stands at the Centre; she is registered as her old passport has it, in Cyrillic.',
    )
    const other = await desk('kyiv')
    const came = await registerArrival(other, centre)
    await Promise.all([delivered(mission, ret), delivered(other, came)])
    await refused('kyiv', "see Madrid's request", other.see(ret), 'not-found')

    step('IOM is told that the two may be one, asks her, and links them.')
    const raised = await raisedTo(scene, iom, [ret, came])
    await decideAs(iom, raised, 'same', 'asked-the-person')
    await linkedIs(iom, came, ret)
    await linkedIs(iom, ret, came)
    const [link] = (await iom.see(ret)).linked ?? []
    if (link?.link !== 'same') throw new Error('One journey was taken for two.')
    await linkedIs(mission, ret)

    step('So nobody buys her a ticket: IOM ends the request that she no longer needs.')
    await iom.command(ret, 'cancel', { case: { reason: 'duplicate', on: day(0) } })
    await delivered(mission, ret)
    const { phase } = await other.see(came)
    if (phase !== 'arrived') throw new Error('What ended the one has touched the other.')
    return { ret }
  },
}
