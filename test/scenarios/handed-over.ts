import { day, identityCheck } from './journey.ts'
import type { Scenario } from './scene.ts'
import { fileOne } from './way.ts'

export const handedOver: Scenario = {
  name: 'handed-over',
  title: 'She was filed in Rome and is now in Madrid: the case goes to the other post.',
  ends: 'accepted',
  outcome: 'accepted',
  async play(scene) {
    const { desk, step, tell, refused, delivered } = scene
    const [rome, madrid, iom, consular] = await Promise.all([
      desk('rome'),
      desk('madrid'),
      desk('iom'),
      desk('consular'),
    ])

    step('Rome files; she moves on to Madrid.')
    const { ret, reference } = await fileOne(rome)
    tell(reference)
    await iom.command(ret, 'acknowledge')
    await iom.command(ret, 'accept')
    await refused('madrid', 'see it', madrid.see(ret), 'not-found')

    step('The consular department says that the case belongs to Madrid; it reads nothing of it.')
    await consular.command(ret, 'move-case', { to: madrid.party })
    const waiting = (await rome.see(ret)).items.map(({ party }) => party)
    if (!waiting.includes(rome.party as (typeof waiting)[number])) throw new Error('Rome is not waited for.')

    step('Rome offers it, with a ground for Madrid. Until that accepts, Rome answers.')
    await rome.command(ret, 'hand-over-case', {
      to: madrid.party,
      case: { recipient: madrid.party, basis: { kind: 'legal-duty', act: 'HG 948/2008' } },
    })
    await delivered(rome, ret)
    const offered = await madrid.see(ret)
    if (offered.responsible !== rome.party) throw new Error('Rome no longer answers.')
    await refused(
      'madrid',
      'confirm the identity before it has accepted',
      madrid.command(ret, 'confirm-identity', identityCheck()),
      'not-yours',
    )

    step('Madrid accepts: it answers for the return, and Rome is left out.')
    await madrid.command(ret, 'accept-case')
    const person = await madrid.open(ret, ['identity', 'contacts', 'safety'], 'check-identity')
    tell(`Madrid opened ${person.sections.length} sections.`)
    await madrid.command(ret, 'confirm-identity', identityCheck())
    await refused('rome', 'open the identity', rome.open(ret, ['identity']), 'basis-ended')
    await refused(
      'rome',
      'cancel it',
      rome.command(ret, 'cancel', { case: { reason: 'other', on: day(0) } }),
      'basis-ended',
    )
    await rome.command(ret, 'answer-withdrawal', { answer: 'deleted' })
    await delivered(madrid, ret)
    const { responsible, withdrawals } = await madrid.see(ret)
    tell(
      `${responsible === madrid.party ? 'Madrid answers' : 'Nobody answers'}; Rome: ${withdrawals[0]?.answer}.`,
    )
    return { ret }
  },
}
