import type { Scenario } from './scene.ts'
import { desksOf, fileOne } from './way.ts'

export const sentBack: Scenario = {
  name: 'sent-back',
  title: 'IOM sends a request back with a reason; the mission puts it right, and it goes on.',
  ends: 'accepted',
  outcome: 'accepted',
  async play(scene) {
    const { step, tell, refused, delivered } = scene
    const desks = await desksOf(scene)
    const { mission, iom, centre } = desks

    step('IOM sends back what it cannot take up yet.')
    const { ret, reference } = await fileOne(mission)
    tell(reference)
    await iom.command(ret, 'send-back', { talk: { text: 'Who is the contact at the shelter?' } })
    const back = await mission.see(ret)
    tell(`The return is ${back.phase}, and waits for ${back.items.map(({ party }) => party).join(', ')}.`)
    tell(
      `It can be put right and goes on with ${back.arranger}; or one of these arranges it: ${back.arrangers.join(', ')}.`,
    )
    const [why] = (await mission.open(ret, ['talk'], 'answer-question')).sections
    if (!why) throw new Error('The mission cannot read why.')
    const overheard = await centre.open(ret, ['talk'], 'review')
    if (overheard.sections.length > 0)
      throw new Error('The Centre read what was between IOM and the mission.')
    await refused('iom', 'accept what was sent back', iom.command(ret, 'accept'), 'wrong-phase')

    step('The mission puts it right, and IOM takes it up.')
    await mission.command(ret, 'amend', {
      slot: 'safety',
      safety: {
        dangers: ['from-traffickers'],
        mustNotKnow: [],
        safeWay: 'The shelter, asking for the night desk.',
        noneKnown: false,
      },
    })
    await iom.command(ret, 'acknowledge')
    await iom.command(ret, 'accept')
    await delivered(mission, ret)
    return { ret }
  },
}
