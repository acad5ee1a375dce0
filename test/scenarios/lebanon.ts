import { arrival, day, departure, exitChecked, happenedNow, stay, twoLegs } from './journey.ts'
import type { Scenario } from './scene.ts'
import { desksOf, fileGroup, manifestOf, toConfirmed } from './way.ts'

/** Four mothers; the children who travel along count as places, and are no cases of their own. */
const childrenOf = [2, 2, 3, 0]

export const lebanon: Scenario = {
  name: 'lebanon',
  title: 'Eleven people from Lebanon, mothers with children: Ankara files, Warsaw helps on the way.',
  ends: 'received',
  outcome: 'admitted',
  async play(scene) {
    const { desk, step, tell, refused, delivered } = scene
    const desks = await desksOf(scene, 'ankara')
    const { mission, iom, centre } = desks
    const warsaw = await desk('warsaw')

    step('Ankara, which covers Lebanon, files four mothers; seven children come along.')
    const { request, rets } = await fileGroup(mission, childrenOf.length, ({ case: said }, index) => {
      Object.assign(said, { country: 'LB', place: 'Beirut', childrenAlong: childrenOf[index] ?? 0 })
    })
    const [ret = '', held = '', own = '', mother = ''] = rets
    for (const ret of rets) await delivered(mission, ret)
    const [first] = (await centre.open(ret, ['case'], 'prepare-arrival')).sections
    tell(`The Centre sees for how many: ${JSON.stringify(first?.content).match(/"childrenAlong":\d+/)}.`)

    step('A child is born in Beirut, and gets a return of its own in the same request.')
    const born = await fileGroup(
      mission,
      1,
      ({ case: said, identity }) => {
        Object.assign(said, {
          country: 'LB',
          place: 'Beirut',
          ageBand: '0-5',
          category: 'unaccompanied-child',
        })
        Object.assign(identity, { birth: { on: day(0) } })
      },
      request,
    )
    await refused(
      'warsaw',
      'add somebody to the request of Ankara',
      fileGroup(warsaw, 1, () => {}, request),
      'not-found',
    )
    for (const item of [...born.rets, mother]) await delivered(mission, item)
    if ((await manifestOf(iom, request)).length !== childrenOf.length + 1)
      throw new Error('The child is not on the manifest.')

    step('One mother goes by Warsaw, where the post helps; she has to be cleared like everybody.')
    await toConfirmed(desks, ret)
    await refused(
      'iom',
      'clear her before the exit is checked',
      iom.command(ret, 'clear-to-leave'),
      'gate-closed',
    )
    await mission.command(ret, 'check-exit', exitChecked())
    await iom.command(ret, 'clear-to-leave')
    for (const item of [ret, held])
      await mission.command(item, 'give-task', {
        partner: warsaw.party,
        task: 'help-in-transit',
        case: { recipient: warsaw.party, basis: { kind: 'legal-duty', act: 'HG 948/2008' } },
      })
    for (const item of [ret, held, own]) await mission.command(item, 'depart', departure())
    for (const item of [ret, held]) await delivered(mission, item)

    step(
      'At the border in Warsaw the second is held; the third goes on to her sister, and not by this return.',
    )
    const answer = await warsaw.command(held, 'report-way', {
      case: { happened: happenedNow('Europe/Warsaw'), what: 'held', country: 'PL' },
      travel: { leg: 1, remarks: 'A stamp is missing in her passport. The consul is with her.' },
    })
    if (JSON.stringify(answer.data).includes('held')) throw new Error('It is in clear that she is held.')
    await refused('warsaw', 'see who went her own way', warsaw.see(own), 'not-found')
    await mission.command(own, 'end-otherwise', {
      case: { happened: happenedNow('Asia/Beirut'), what: 'went-own-way' },
    })
    await refused('iom', 'plan a journey for her', iom.command(own, 'plan-travel', twoLegs()), 'wrong-phase')

    step(
      'The mother of the newborn dies in hospital. Nobody is asked to travel; who must not be told is shown.',
    )
    await mission.command(mother, 'in-hospital', {
      case: { happened: happenedNow('Asia/Beirut'), country: 'LB', place: 'Beirut' },
    })
    const died = await mission.command(mother, 'end-otherwise', {
      case: { happened: happenedNow('Asia/Beirut'), what: 'died' },
      care: { text: 'Made up for a trial. The hospital has told nobody.' },
    })
    if (JSON.stringify(died.data).includes('died')) throw new Error('A death is in clear.')
    await refused('iom', 'accept her return', iom.command(mother, 'accept'), 'wrong-phase')
    const { alerts, outcome } = await iom.see(mother)
    if (alerts.length > 0 || outcome !== 'ended-otherwise') throw new Error('Somebody is still alarmed.')
    const safety = await iom.open(mother, ['contacts', 'safety'], 'urgent')
    tell(`Before IOM tells anyone: ${JSON.stringify(safety.sections.at(-1)?.content).slice(0, 90)}…`)

    step('The first arrives with her children, and the Centre takes them in.')
    await iom.command(ret, 'arrive', arrival())
    await centre.command(ret, 'admit', stay())
    for (const item of [...rets, ...born.rets]) await delivered(mission, item)
    const now = await manifestOf(iom, request)
    for (const { reference, phase, alerts: loud } of now) tell(`${reference} ${phase} ${loud.join(', ')}`)
    return { ret }
  },
}
