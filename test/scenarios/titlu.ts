import { bookings, identityCheck, titlu, twoLegs } from './journey.ts'
import type { Scenario } from './scene.ts'
import { desksOf, fileOne, toConfirmed } from './way.ts'

export const expiringTitlu: Scenario = {
  name: 'titlu',
  title: 'A travel document runs out before the flight that was booked anew.',
  ends: 'confirmed',
  outcome: 'confirmed',
  async play(scene) {
    const { step, tell, refused, delivered } = scene
    const desks = await desksOf(scene)
    const { mission, iom } = desks

    step('A return is confirmed: document, risk, decision, money, place, two legs in five days.')
    const { ret, reference } = await fileOne(mission)
    tell(reference)
    await toConfirmed(desks, ret)

    step('The flight is cancelled; IOM books one in forty days. The journey has to pass the gate again.')
    await iom.command(ret, 'change-travel', twoLegs(40))
    const { phase } = await iom.see(ret)
    tell(`The return is ${phase} again.`)
    await refused(
      'iom',
      'confirm with a titlu of thirty days',
      iom.command(ret, 'confirm-travel', bookings()),
      'gate-closed',
    )

    step('The mission approves a new document, nearer to the journey; an old one would not do.')
    await mission.command(ret, 'confirm-identity', identityCheck())
    await mission.command(ret, 'issue-document', titlu())
    await refused(
      'iom',
      'confirm: it ends before the fortieth day',
      iom.command(ret, 'confirm-travel', bookings()),
      'gate-closed',
    )
    await iom.command(ret, 'change-travel', twoLegs(20))
    await iom.command(ret, 'confirm-travel', bookings())
    tell('A flight in twenty days lies inside the thirty.')
    await delivered(mission, ret)
    return { ret }
  },
}
