import { assessment, day, ruling } from './journey.ts'
import type { Scenario } from './scene.ts'
import { desksOf, fileOne } from './way.ts'

export const hospital: Scenario = {
  name: 'hospital',
  title:
    'A person in difficulty, referred by a hospital: the official request comes before the decision, not before filing.',
  ends: 'accepted',
  outcome: 'accepted',
  async play(scene) {
    const { step, tell, refused, delivered } = scene
    const desks = await desksOf(scene)
    const { mission, iom, iomDuty, ministry } = desks

    step('The mission files at once, without the paper of the hospital.')
    const { ret, reference } = await fileOne(mission, (person) => {
      person.case.category = 'person-in-difficulty'
      person.case.referrer = 'hospital'
      person.case.reasons = ['ill', 'no-means']
    })
    tell(reference)
    await iom.command(ret, 'acknowledge')
    await iom.command(ret, 'accept')
    await iomDuty.command(ret, 'assess-risk', assessment())
    await refused(
      'ministry',
      'decide without the official request',
      ministry.command(ret, 'approve', ruling()),
      'gate-closed',
    )

    step('The paper comes; the mission records its number, day and body.')
    await mission.command(ret, 'amend', {
      slot: 'official-request',
      case: { number: '2026/114', on: day(-1), body: 'Spital Exemplu' },
    })
    await ministry.command(ret, 'approve', ruling())
    const { due, procedure } = await ministry.see(ret)
    tell(`Due next: ${due.map((item) => `${item.step} (${item.owner}, ${item.day})`).join('; ')}.`)
    tell(procedure.placeholder ? 'These deadlines are placeholders.' : 'These deadlines are the law.')
    await delivered(mission, ret)
    return { ret }
  },
}
