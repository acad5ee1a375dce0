import { arrival, departure, stay, twoLegs } from './journey.ts'
import type { Scenario } from './scene.ts'
import { desksOf, fileOne } from './way.ts'

export const evacuation: Scenario = {
  name: 'evacuation',
  title:
    'Danger tonight: one duty officer decides, a second confirms; nobody waits for a decision or for money.',
  ends: 'received',
  outcome: 'admitted',
  async play(scene) {
    const { desk, step, tell, refused, delivered } = scene
    const desks = await desksOf(scene)
    const { mission, iom, centre } = desks
    const [duty, iomDuty] = await Promise.all([desk('istanbul-duty'), desk('iom-duty')])

    step('The request says: danger today.')
    const { ret, reference } = await fileOne(mission, (person) => {
      person.case.urgency = 'danger-today'
    })
    tell(reference)
    await iom.command(ret, 'acknowledge')
    await iom.command(ret, 'accept')
    await iom.command(ret, 'plan-travel', twoLegs(0))
    await refused(
      'iom',
      'confirm: no document, no decision, no money, no place',
      iom.command(ret, 'confirm-travel'),
      'gate-closed',
    )

    step('The duty officer orders an evacuation.')
    const danger = { case: { from: 'traffickers', on: new Date().toISOString().slice(0, 10) } }
    await refused(
      'istanbul',
      'order it without being on duty',
      mission.command(ret, 'evacuate', danger),
      'not-your-role',
    )
    await duty.command(ret, 'evacuate', danger)
    await refused(
      'istanbul-duty',
      'confirm what it ordered itself',
      duty.command(ret, 'confirm-evacuation'),
      'same-person',
    )
    await iomDuty.command(ret, 'confirm-evacuation')
    tell('Two people, two records; every party on the return sees them.')

    step('What stays closed: her own yes, and that the identity is known.')
    await refused(
      'iom',
      'confirm before the identity is confirmed',
      iom.command(ret, 'confirm-travel'),
      'gate-closed',
    )
    await mission.command(ret, 'confirm-identity', { identity: { method: 'interview', on: danger.case.on } })
    await iom.command(ret, 'confirm-travel')
    await iom.command(ret, 'clear-to-leave')

    step('She leaves, arrives, and stays at the Centre.')
    await mission.command(ret, 'depart', departure())
    await iom.command(ret, 'arrive', arrival())
    await centre.command(ret, 'admit', stay())
    await delivered(mission, ret)
    return { ret }
  },
}
