import {
  arrival,
  bookings,
  day,
  departure,
  exitChecked,
  handover,
  happenedNow,
  stay,
  twoLegs,
} from './journey.ts'
import type { Scenario } from './scene.ts'
import { desksOf, fileOne, toConfirmed } from './way.ts'

const wish = (toReturn: string) => ({ case: { toReturn, on: day(0), reportedBy: 'the-person' } })

export const mindAtTheGate: Scenario = {
  name: 'gate',
  title: 'At the gate she says no, and a week later yes: the same return, a new departure.',
  ends: 'received',
  outcome: 'admitted',
  async play(scene) {
    const { step, tell, refused, delivered } = scene
    const desks = await desksOf(scene)
    const { mission, iom, centre } = desks

    step('Everything is confirmed, and she is cleared to leave.')
    const { ret, reference } = await fileOne(mission)
    tell(reference)
    await toConfirmed(desks, ret)
    await mission.command(ret, 'check-exit', exitChecked())
    await iom.command(ret, 'clear-to-leave')

    step('At the gate she says no. It is told as it is; nobody asks why.')
    const no = await mission.command(ret, 'did-not-come', {
      case: { happened: happenedNow('Europe/Istanbul'), reason: 'refused' },
    })
    if (no.phase !== 'planned') throw new Error('The confirmation stands.')
    if (JSON.stringify(no.data).includes('refused')) throw new Error('Why she did not come is in clear.')
    await refused('iom', 'clear her to leave', iom.command(ret, 'clear-to-leave'), 'wrong-phase')
    await refused(
      'iom',
      'confirm another flight while she says no',
      iom.command(ret, 'confirm-travel', bookings()),
      'gate-closed',
    )
    await delivered(mission, ret)

    step('A week later she wants to go. Her word is recorded, the journey is planned anew.')
    await refused(
      'centre',
      'confirm the journey for IOM',
      centre.call('POST', `/v1/iom/returns/${ret}/commands/confirm-travel`, bookings()),
      'Forbidden',
    )
    await mission.command(ret, 'record-wish', wish('yes'))
    await iom.command(ret, 'change-travel', twoLegs(9))
    await iom.command(ret, 'confirm-travel', bookings())
    await iom.command(ret, 'clear-to-leave')
    await mission.command(ret, 'depart', departure())

    step('She arrives; IOM hands her over, and the Centre confirms it.')
    await iom.command(ret, 'arrive', arrival())
    const answer = await iom.command(ret, 'hand-over', handover())
    await refused(
      'iom',
      'confirm its own hand-over',
      iom.command(ret, 'confirm-handover', {
        handover: answer.seq,
        case: { happened: happenedNow(), agrees: 'yes' },
      }),
      'unknown-target',
    )
    await centre.command(ret, 'confirm-handover', {
      handover: answer.seq,
      case: { happened: happenedNow(), agrees: 'yes' },
      care: { condition: 'tired', papers: [{ paper: 'travel-document', count: 1 }], belongings: [] },
    })
    await centre.command(ret, 'admit', stay())
    await delivered(mission, ret)
    const { handovers, alerts } = await iom.see(ret)
    if (handovers[0]?.confirmedBy !== centre.party || alerts.length > 0)
      throw new Error('The hand-over is not confirmed, or an alert is left.')
    tell('One return, one trail, two departures planned and one made.')
    return { ret }
  },
}
