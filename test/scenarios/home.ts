import { sampleRequest } from '../../infra/local/sample/sample-request.ts'
import type { Desk } from '../parts/desk.ts'
import { day, happenedNow, stay } from './journey.ts'
import type { Scenario } from './scene.ts'
import { desksOf, type SentPerson } from './way.ts'

/** Somebody who is home, as a party registers her: the sample without what nobody has asked yet. */
export function atHome(
  wayIn: string,
  tells: readonly string[],
  change: (person: SentPerson) => void = () => {},
) {
  const [person] = (sampleRequest() as { persons: SentPerson[] }).persons
  if (!person) throw new Error('The sample has nobody.')
  const agreement = person.case.agreement as { recipients: { recipient: string }[] }
  agreement.recipients = agreement.recipients.filter(({ recipient }) => tells.includes(recipient))
  Object.assign(person.case, { wayIn, urgency: 'none', referrer: 'the-person' })
  change(person)
  const { case: request, identity, safety } = person
  return { persons: [{ case: request, identity, safety }] }
}

/** Files it, and gives the one return. */
export async function register(desk: Desk, body: unknown): Promise<{ ret: string; reference: string }> {
  const [filed] = (await desk.file(body)).returns
  if (!filed) throw new Error('Nothing was filed.')
  return filed
}

export const cameHome: Scenario = {
  name: 'spontaneous',
  title:
    'She came home by herself and rings at the Centre, which registers her: a bed and help, and no request before.',
  ends: 'received',
  outcome: 'admitted',
  async play(scene) {
    const { desk, step, tell, show, refused, delivered } = scene
    const { mission, iom, centre } = await desksOf(scene)
    const registry = await desk('registry')

    step('The Centre writes down what she says. IOM is told, for she agrees; nobody abroad is.')
    await refused(
      'registry',
      'register somebody',
      register(registry, atHome('referral', ['iom'])),
      'not-yours',
    )
    const { ret, reference } = await register(centre, atHome('spontaneous', ['iom', 'figures']))
    tell(reference)
    await delivered(centre, ret)
    await show(ret)
    await refused('istanbul', 'see her', mission.see(ret), 'not-found')
    const seen = await centre.see(ret)
    tell(`Due: ${seen.due.map((item) => `${item.step} (${item.owner}, ${item.day})`).join('; ')}.`)
    if (seen.phase !== 'arrived' || seen.due.some(({ step: due }) => due !== 'receive'))
      throw new Error('Something is asked of a journey that is over.')
    await refused('iom', 'accept a request to travel', iom.command(ret, 'accept'), 'wrong-phase')

    step('When and where she came over the border is stated, as she tells it; then she is taken in.')
    await centre.command(ret, 'arrive', {
      case: {
        happened: { at: day(-2), zone: 'Europe/Chisinau', known: 'day-only', reportedBy: 'the-person' },
        point: 'leuseni',
        companionPresent: 'none-planned',
        broughtBy: 'nobody',
        choice: 'centre',
      },
      care: { condition: 'tired' },
    })
    await centre.command(ret, 'admit', stay())
    await centre.command(ret, 'offer-services', {
      care: {
        services: [{ service: 'documents', answer: 'offered', owner: 'Jurist Exemplu', dueOn: day(5) }],
      },
    })
    await centre.command(ret, 'plan-stay', { case: { until: day(30) } })
    const { alerts } = await centre.see(ret)
    if (alerts.length > 0) throw new Error('Nobody has to be alarmed about who is home.')
    await delivered(centre, ret)
    return { ret }
  },
}

export const referred: Scenario = {
  name: 'referral',
  title: 'La Strada refers a woman from inside the country, and hands the case over to the Centre.',
  ends: 'closed',
  outcome: 'referred-home',
  async play(scene) {
    const { desk, step, tell, show, refused, delivered } = scene
    const [ngo, centre, iom] = await Promise.all([desk('la-strada'), desk('centre'), desk('iom')])

    step('She talks to La Strada, not to the police. The Centre may know; IOM may not.')
    await refused(
      'la-strada',
      'register her as one who came home by herself',
      register(ngo, atHome('spontaneous', [centre.party])),
      'bad-input',
    )
    const { ret, reference } = await register(
      ngo,
      atHome('referral', [centre.party], (person) => {
        Object.assign(person.case, { country: 'MD', place: 'Cahul', referrer: 'ngo', reception: 'home' })
      }),
    )
    tell(reference)
    await delivered(ngo, ret)
    await show(ret)
    await refused('iom', 'see her', iom.see(ret), 'not-found')
    if (!(await centre.see(ret)).label) throw new Error('The Centre does not see who is meant.')

    step('La Strada can put right what it wrote; the rest is for who helps her now.')
    const read = await ngo.open(ret, ['case', 'identity', 'safety', 'care', 'protection'], 'review')
    tell(`It reads ${[...new Set(read.sections.map(({ cls }) => cls))].join(', ')} of it.`)
    await ngo.command(ret, 'record-wish', {
      case: { toReturn: 'cannot-answer', on: day(0), reportedBy: 'partner' },
    })

    step('The Centre sees her at home, and takes the case over.')
    const ground = { recipient: centre.party, basis: { kind: 'legal-duty', act: 'HG 948/2008' } }
    await ngo.command(ret, 'hand-over-case', { to: centre.party, case: ground })
    await refused(
      'la-strada',
      'accept for the Centre',
      ngo.call('POST', `/v1/partner/returns/${ret}/commands/accept-case`, {}),
      'not-found',
    )
    await centre.command(ret, 'accept-case')
    await delivered(centre, ret)
    await refused('la-strada', 'read it still', ngo.open(ret, ['identity']), 'basis-ended')
    await ngo.command(ret, 'answer-withdrawal', { answer: 'deleted' })
    await centre.command(ret, 'refer-home', {
      case: { happened: happenedNow(), choice: 'home', referredTo: 'district-specialist' },
    })
    await centre.command(ret, 'close')
    await delivered(centre, ret)
    return { ret }
  },
}
