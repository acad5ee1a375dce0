import { sampleRequest } from '../../infra/local/sample/sample-request.ts'
import { placeFor } from '../parts/rooms.ts'
import {
  arrival,
  assessment,
  bookings,
  day,
  departure,
  exitChecked,
  funding,
  handover,
  identityCheck,
  ruling,
  stay,
  titlu,
  twoLegs,
} from './journey.ts'
import type { Scenario, Scene } from './scene.ts'

/** What each party may not, tried at every step. */
async function overreach({ desk, refused }: Scene, ret: string): Promise<void> {
  const [istanbul, rome, consular, iom, centre, ministry, oversight] = await Promise.all(
    ['istanbul', 'rome', 'consular', 'iom', 'centre', 'ministry', 'oversight'].map(desk),
  )
  if (!istanbul || !rome || !consular || !iom || !centre || !ministry || !oversight)
    throw new Error('A desk is missing.')
  await refused(
    'istanbul',
    'read back what it wrote of her health',
    istanbul.open(ret, ['care']),
    'not-readable',
  )
  await refused('rome', 'see the return of another mission', rome.see(ret), 'not-found')
  await refused('rome', 'open her name', rome.open(ret, ['identity']), 'not-found')
  await refused('consular', 'open her name', consular.open(ret, ['identity']), 'Not Found')
  await refused('iom', "use a mission's path", iom.call('GET', `/v1/mission/returns/${ret}`), 'Forbidden')
  await refused('centre', 'open the decision', centre.open(ret, ['decision']), 'not-readable')
  await refused('ministry', 'open her name', ministry.open(ret, ['identity']), 'not-readable')
  await refused('oversight', 'open the case', oversight.open(ret, ['case']), 'Not Found')
}

export const istanbul: Scenario = {
  name: 'istanbul',
  title: 'An adult victim, identified in Istanbul, comes home and chooses the Centre.',
  ends: 'closed',
  outcome: 'admitted',
  async play(scene) {
    const { desk, step, tell, show, refused, delivered } = scene
    const [mission, iom, iomDuty, centre, ministry] = await Promise.all([
      desk('istanbul'),
      desk('iom'),
      desk('iom-duty'),
      desk('centre'),
      desk('ministry'),
    ])

    step('The mission in Istanbul files a request, with a ground for each recipient.')
    const request = await mission.file(sampleRequest())
    const [filed] = request.returns
    if (!filed) throw new Error('Nothing was filed.')
    const { ret } = filed
    tell(`${filed.reference}`)
    await delivered(mission, ret)
    const after = async () => {
      await delivered(mission, ret)
      await show(ret)
      await overreach(scene, ret)
    }
    tell(
      'The sealed request has come through the queues to IOM, the Centre, the ministry and the consular department.',
    )
    await after()

    step('IOM acknowledges and accepts.')
    await refused(
      'iom',
      'plan a journey before accepting',
      iom.command(ret, 'plan-travel', twoLegs()),
      'wrong-phase',
    )
    await iom.command(ret, 'acknowledge')
    await iom.command(ret, 'accept')
    await after()

    step('IOM asks the mission; the mission answers.')
    const asked = await iom.command(ret, 'ask', {
      for: mission.party,
      talk: { text: 'Does she have somewhere safe to stay until the flight?' },
    })
    await refused(
      'centre',
      'answer what it was not asked',
      centre.command(ret, 'answer', { question: asked.seq, talk: { text: 'Yes.' } }),
      'unknown-target',
    )
    await mission.command(ret, 'answer', {
      question: asked.seq,
      talk: { text: 'Yes, a shelter, until the end of the month.' },
    })
    const overheard = await centre.open(ret, ['talk'], 'review')
    if (overheard.sections.length > 0) throw new Error('The Centre read what was not said to it.')
    tell('The Centre asked for the conversation, and got nothing: it is between the two.')
    await after()

    step('The mission confirms the identity and issues a travel document.')
    await refused(
      'istanbul',
      'issue a document before the identity is confirmed',
      mission.command(ret, 'issue-document', titlu()),
      'gate-closed',
    )
    await mission.command(ret, 'confirm-identity', identityCheck())
    await mission.command(ret, 'issue-document', titlu())
    await after()

    step('IOM takes the return in hand and assesses the risk; the ministry decides and funds.')
    await iom.command(ret, 'take')
    await iom.command(ret, 'note', { note: { text: 'Called the shelter; will call again.' }, next: day(2) })
    await iomDuty.command(ret, 'assess-risk', assessment())
    await refused(
      'iom',
      'decide for the ministry',
      iom.call('POST', `/v1/ministry/returns/${ret}/commands/approve`, ruling()),
      'Forbidden',
    )
    await ministry.command(ret, 'approve', ruling())
    await ministry.command(ret, 'fund', funding())
    await after()

    step('IOM plans a journey of two legs; the Centre holds a place; IOM confirms, and clears her to leave.')
    await iom.command(ret, 'plan-travel', twoLegs())
    await refused(
      'iom',
      'confirm before a place is held',
      iom.command(ret, 'confirm-travel', bookings()),
      'gate-closed',
    )
    await centre.command(ret, 'hold-place', await placeFor(centre))
    await iom.command(ret, 'confirm-travel', bookings())
    await refused(
      'iom',
      'clear her to leave before the exit papers are checked',
      iom.command(ret, 'clear-to-leave'),
      'gate-closed',
    )
    await mission.command(ret, 'check-exit', exitChecked())
    await iom.command(ret, 'clear-to-leave')
    await after()

    step('She leaves Istanbul.')
    await mission.command(ret, 'depart', departure())
    await after()

    step('She arrives at RMO, is handed over, and stays at the Centre, which she chose.')
    await iom.command(ret, 'arrive', arrival())
    await centre.command(ret, 'hand-over', handover())
    await centre.command(ret, 'admit', stay())
    const intake = await centre.open(ret, ['care', 'safety'], 'prepare-arrival')
    tell(
      `The Centre opened ${intake.sections.length} sections for the intake; everyone on the return sees that it did.`,
    )
    await after()

    step('The Centre closes the return.')
    await centre.command(ret, 'close')
    await after()
    return { ret }
  },
}
