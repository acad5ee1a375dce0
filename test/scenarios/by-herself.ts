import { decideAs } from '../parts/likenesses.ts'
import { atHome, register } from './home.ts'
import { day, ruling } from './journey.ts'
import { isCalled, linkedIs, raisedTo } from './likeness.ts'
import type { Scenario } from './scene.ts'
import { desksOf, fileOne } from './way.ts'

export const byHerself: Scenario = {
  name: 'by-herself',
  title: 'Her request is on hold; she comes by herself, and is known for who she is.',
  ends: 'cancelled',
  outcome: 'cancelled',
  async play(scene) {
    const { step, tell, refused, delivered } = scene
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
    const { ret: came } = await register(
      centre,
      atHome('spontaneous', ['iom'], (person) => isCalled(person, 'Спонтану', 'Евгения', 1996)),
    )
    await Promise.all([delivered(mission, ret), delivered(iom, came)])
    await refused('madrid', 'see who came', mission.see(came), 'not-found')

    step('IOM is told that the two may be one, asks her, and links them.')
    const raised = await raisedTo(scene, iom, [ret, came])
    await decideAs(iom, raised, 'same', 'asked-the-person')
    await linkedIs(iom, came, ret)
    await linkedIs(iom, ret, came)
    const [link] = (await iom.see(ret)).linked ?? []
    if (link?.link !== 'same') throw new Error('One journey was taken for two.')
    await linkedIs(mission, ret)

    step('Both returns say so. Madrid reads that she is home, and nothing of the return by which she came.')
    await Promise.all([delivered(mission, ret), delivered(iom, came)])
    const waiting = await mission.see(ret)
    if (waiting.links[0]?.toEnd !== 'this') throw new Error('Madrid was not told that its request is void.')
    if (!waiting.items.some(({ what, party }) => what === 'answer-link' && party === mission.party))
      throw new Error('Nobody owes the end of the request.')
    const { events } = await mission.events(ret)
    if (!events.some(({ type }) => type === 'linked')) throw new Error('The link is no event.')
    if (JSON.stringify(events).includes(came)) throw new Error('Madrid reads of a return that it is not on.')
    if ((await centre.see(came)).links[0]?.toEnd !== 'other') throw new Error('The Centre was not told.')

    step('So nobody buys her a ticket: Madrid ends the request that she no longer needs.')
    await mission.command(ret, 'cancel', { case: { reason: 'duplicate', on: day(0) } })
    await delivered(mission, ret)
    const { phase } = await centre.see(came)
    if (phase !== 'arrived') throw new Error('What ended the one has touched the other.')
    return { ret }
  },
}
