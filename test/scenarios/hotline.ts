import { alarm } from './alarm.ts'
import { day } from './journey.ts'
import type { Scenario } from './scene.ts'
import { fileOne } from './way.ts'

export const hotlineCalls: Scenario = {
  name: 'hotline',
  title: 'A sister calls 0 800 77777: the alert finds its post, which answers, and files from it.',
  ends: 'accepted',
  outcome: 'accepted',
  async play(scene) {
    const { desk, step, tell, show, refused, delivered } = scene
    const names = ['hotline', 'ankara', 'istanbul', 'iom', 'registry', 'consular'] as const
    const [hotline, ankara, istanbul, iom, registry, consular] = await Promise.all(
      names.map((name) => desk(name)),
    )
    if (!hotline || !ankara || !istanbul || !iom || !registry || !consular)
      throw new Error('A desk is missing.')

    step('The hotline writes down where she is and how to call back. It has no name, and needs none.')
    await refused(
      'registry',
      'raise an alert',
      registry.call('POST', '/v1/partner/alerts', alarm('none')),
      'not-yours',
    )
    const raised = await hotline.alert(alarm('danger-today'))
    if (raised.post !== ankara.party) throw new Error('The alert did not find the post of its country.')
    await delivered(hotline, raised.ret)
    tell(`It went to ${raised.post}, the post that answers for the country.`)
    await show(raised.ret)

    step('The embassy reads it, and says that it is at it; nobody has to be called any more.')
    const { calls } = await ankara.see(raised.ret)
    if (calls.length === 0) throw new Error('Nobody is called about a danger today.')
    await refused(
      'istanbul',
      'read an alert of another post',
      istanbul.open(raised.ret, ['contacts']),
      'not-found',
    )
    await refused(
      'consular',
      'open it',
      consular.call('POST', `/v1/consular/returns/${raised.ret}/open`, {}),
      'Not Found',
    )
    const read = await ankara.open(raised.ret, ['case', 'contacts'], 'urgent')
    tell(`It opened ${read.sections.length} sections.`)
    await ankara.command(raised.ret, 'acknowledge-alert')
    if ((await ankara.see(raised.ret)).calls.length > 0) throw new Error('Somebody is called still.')

    step('It asks the hotline, which has her sister on the line.')
    const asked = await ankara.command(raised.ret, 'ask', {
      for: hotline.party,
      talk: { text: 'Is a child with her?' },
    })
    await hotline.command(raised.ret, 'answer', { question: asked.seq, talk: { text: 'No. She is alone.' } })
    await refused(
      'ankara',
      'plan a journey on an alert',
      ankara.call('POST', `/v1/mission/returns/${raised.ret}/commands/depart`, {
        case: {
          happened: { at: day(0), zone: 'Europe/Istanbul', known: 'day-only', reportedBy: 'partner' },
        },
        travel: { leg: 0, seenOff: false },
      }),
      'wrong-phase',
    )

    step('She is found, and agrees: the embassy files from the alert. Each names the other.')
    const { ret, reference } = await fileOne(
      ankara,
      (person) => {
        Object.assign(person.case, { place: 'Antalya', referrer: 'hotline', urgency: 'danger-today' })
      },
      raised.ret,
    )
    tell(reference)
    await delivered(ankara, raised.ret)
    const [alert, made] = [await hotline.see(raised.ret), await ankara.see(ret)]
    if (alert.phase !== 'became-request' || alert.request !== made.request || made.alert !== raised.ret)
      throw new Error('The alert and the return do not name each other.')
    await refused('hotline', 'see the return', hotline.see(ret), 'not-found')
    await refused(
      'hotline',
      'close what has become a request',
      hotline.command(raised.ret, 'close-alert', { case: { reason: 'false-alarm', on: day(0) } }),
      'wrong-phase',
    )

    step('From here on it is a return like any other.')
    await iom.command(ret, 'acknowledge')
    await iom.command(ret, 'accept')
    await delivered(ankara, ret)
    return { ret }
  },
}
