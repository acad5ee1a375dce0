import { alarm } from './alarm.ts'
import { day } from './journey.ts'
import type { Scenario } from './scene.ts'

export const nobodyAnswers: Scenario = {
  name: 'silence',
  title: 'An alert that nobody acknowledges: the consular department is told, and says which post takes it.',
  ends: 'alert-closed',
  outcome: 'alert-closed',
  async play(scene) {
    const { desk, step, tell, show, refused, delivered, later } = scene
    const names = ['la-strada', 'ankara', 'istanbul', 'consular'] as const
    const [ngo, ankara, istanbul, consular] = await Promise.all(names.map((name) => desk(name)))
    if (!ngo || !ankara || !istanbul || !consular) throw new Error('A desk is missing.')

    step('La Strada is told of a woman in Antalya. The alert goes to the embassy, where nobody looks.')
    const { ret, post } = await ngo.alert(alarm('medical'))
    if (post !== ankara.party) throw new Error('The alert did not find the post of its country.')
    await delivered(ngo, ret)
    const calm = await consular.see(ret)
    if (calm.overdue.length > 0) throw new Error('Somebody was told too early.')

    step('Its hours pass. The consular department is told; it sees that the alert is there, and no more.')
    await later(1)
    await delivered(ngo, ret)
    const seen = await consular.see(ret)
    tell(`Overdue: ${seen.overdue.map(({ item, party }) => `${item}, ${party}`).join('; ')}.`)
    if (!seen.overdue.some(({ item, party }) => item === 'alert' && party === ankara.party))
      throw new Error('The department was not told.')
    if ('label' in seen) throw new Error('The department reads a label.')

    step('It says that the consulate takes it. Who can read the alert hands it over.')
    await refused(
      'la-strada',
      'hand it over by itself',
      ngo.command(ret, 'pass-alert', { to: istanbul.party }),
      'not-yours',
    )
    await consular.command(ret, 'move-case', { to: istanbul.party })
    await ngo.command(ret, 'pass-alert', { to: istanbul.party })
    await delivered(ngo, ret)
    await refused('ankara', 'read it still', ankara.open(ret, ['contacts']), 'basis-ended')
    await show(ret)

    step('The consulate calls back in the safe way: her own people have fetched her. It closes the alert.')
    const { sections } = await istanbul.open(ret, ['case', 'contacts'], 'urgent')
    if (!JSON.stringify(sections).includes('Say that it is about the shop.'))
      throw new Error('The consulate does not read how to call back.')
    await istanbul.command(ret, 'acknowledge-alert')
    await istanbul.command(ret, 'close-alert', {
      case: { reason: 'helped-otherwise', on: day(0) },
      contacts: { text: 'Her sister fetched her on the same evening.' },
    })
    await delivered(ngo, ret)
    const ended = await ngo.open(ret, ['contacts'])
    tell(`La Strada reads how it ended: ${ended.sections.filter(({ slot }) => slot === 'alert-end').length}.`)
    await refused(
      'istanbul',
      'close it twice',
      istanbul.command(ret, 'close-alert', { case: { reason: 'not-found', on: day(0) } }),
      'wrong-phase',
    )
    return { ret }
  },
}
