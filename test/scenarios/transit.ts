import { arrival, assessment, day, departure, exitChecked, stay, twoLegs } from './journey.ts'
import type { Scenario } from './scene.ts'
import { desksOf, fileOne, toConfirmed } from './way.ts'

export const consentInTransit: Scenario = {
  name: 'transit',
  title:
    'On the way she takes her consent back: IOM keeps the journey until she has arrived, and nothing else.',
  ends: 'received',
  outcome: 'admitted',
  async play(scene) {
    const { step, tell, refused, delivered } = scene
    const desks = await desksOf(scene)
    const { mission, iom, centre } = desks

    step('She leaves Istanbul; IOM accompanies her.')
    const { ret, reference } = await fileOne(mission)
    tell(reference)
    await toConfirmed(desks, ret)
    await mission.command(ret, 'check-exit', exitChecked())
    await iom.command(ret, 'clear-to-leave')
    await mission.command(ret, 'depart', departure())

    step('On the way she says that IOM shall not follow her up at home; it still arranges her journey.')
    const narrowed = await mission.command(ret, 'withdraw', {
      case: { recipient: 'iom', by: 'self', on: day(0), purposes: ['assist-after'] },
    })
    if (narrowed.data.accessRemoved !== false) throw new Error('More was cut than she took back.')
    await iom.open(ret, ['identity'], 'prepare-travel')

    step(
      'In Bucharest she no longer agrees that IOM has her data. Before recording it the officer sees what stops.',
    )
    const stops = await mission.previewWithdrawal(ret, 'iom')
    tell(`IOM reads ${stops.classes.join(', ')}; until the arrival it keeps ${stops.stillReads.join(', ')}.`)
    if (!stops.accessRemoved || !stops.arranges) throw new Error('The officer was not told what stops.')
    const reply = await mission.command(ret, 'withdraw', {
      case: { recipient: 'iom', by: 'self', on: day(0) },
    })
    tell(`The answer says what was kept: ${JSON.stringify(reply.data.stillReads)}.`)
    await delivered(mission, ret)
    const name = await iom.open(ret, ['identity', 'care', 'protection', 'contacts'], 'prepare-travel')
    if (name.sections.length > 0) throw new Error('IOM still reads what she took back.')
    const journey = await iom.open(ret, ['travel', 'safety'], 'prepare-travel')
    tell(`IOM still opens ${journey.sections.length} sections of the journey and of what is dangerous on it.`)

    step('The flight on is missed; who accompanies her changes the journey, and decides nothing else.')
    await iom.command(ret, 'change-travel', twoLegs(6))
    await refused('iom', 'assess the risk anew', iom.command(ret, 'assess-risk', assessment()), 'not-yours')
    await refused(
      'iom',
      'cancel the return',
      iom.command(ret, 'cancel', { case: { reason: 'other', on: day(0) } }),
      'not-yours',
    )

    step('She arrives, and chooses the Centre. With the arrival IOM is left out.')
    await centre.command(ret, 'arrive', arrival())
    await centre.command(ret, 'admit', stay())
    await delivered(mission, ret)
    await refused('iom', 'open the journey', iom.open(ret, ['travel']), 'basis-ended')
    const { items } = await mission.see(ret)
    if (!items.some(({ party }) => party === 'iom')) throw new Error('Nobody waits for what IOM did.')
    tell('The return waits for IOM to say what it did with what it held.')
    await iom.command(ret, 'answer-withdrawal', {
      answer: 'kept',
      talk: { act: 'IOM IN 138', article: '12' },
    })
    await delivered(mission, ret)
    const { withdrawals } = await mission.see(ret)
    tell(`IOM answered: ${withdrawals.map(({ answer }) => answer).join()}.`)
    return { ret }
  },
}
