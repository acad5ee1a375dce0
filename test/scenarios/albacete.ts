import { arrival, bookings, day, departure, exitChecked, happenedNow, stay, twoLegs } from './journey.ts'
import type { Scenario } from './scene.ts'
import { desksOf, fileGroup, manifestOf, toConfirmed } from './way.ts'

const filed = 22
const staying = 5

export const albacete: Scenario = {
  name: 'albacete',
  title: '22 exploited workers in Albacete in one request: 17 return, by way of Istanbul, and 5 stay.',
  ends: 'received',
  outcome: 'admitted',
  async play(scene) {
    const { desk, step, tell, refused, delivered } = scene
    const desks = await desksOf(scene, 'madrid')
    const { mission, iom, centre } = desks
    const istanbul = await desk('istanbul')

    step('The mission in Madrid files 22 persons; each has a return of his own.')
    const { request, rets } = await fileGroup(mission, filed, ({ case: said }) => {
      Object.assign(said, { country: 'ES', place: 'Albacete', sex: 'male', urgency: 'medical' })
    })
    const [ret = '', refusing = '', ...others] = rets
    for (const ret of rets) await delivered(mission, ret)
    const manifest = await manifestOf(iom, request)
    tell(`IOM's manifest has ${manifest.length} lines.`)
    if (manifest.length !== filed) throw new Error('Somebody is not on the manifest.')
    await refused('istanbul', 'see the manifest', istanbul.manifest(request), 'not-found')

    step('Five say that they stay. Nobody accepts a return for them.')
    const stay5 = [refusing, ...others.slice(0, staying - 1)]
    await Promise.all(
      stay5.map((item) =>
        mission.command(item, 'record-wish', {
          case: { toReturn: 'no', on: day(0), reportedBy: 'the-person' },
        }),
      ),
    )
    await iom.command(refusing, 'acknowledge')
    await refused('iom', 'accept one of them', iom.command(refusing, 'accept'), 'gate-closed')
    await Promise.all(
      stay5.map((item) =>
        mission.command(item, 'cancel', { case: { reason: 'no-longer-wants', on: day(0) } }),
      ),
    )

    step('One is followed here to the gate; the post in Istanbul is asked to help him on the way.')
    await toConfirmed(desks, ret)
    await mission.command(ret, 'check-exit', exitChecked())
    await iom.command(ret, 'give-task', {
      partner: istanbul.party,
      task: 'help-in-transit',
      case: { recipient: istanbul.party, basis: { kind: 'legal-duty', act: 'HG 948/2008' } },
    })
    await iom.command(ret, 'clear-to-leave')
    await mission.command(ret, 'depart', departure())
    await delivered(mission, ret)
    const seen = await manifestOf(istanbul, request)
    tell(`Istanbul sees ${seen.length} of ${filed}, without a name.`)
    if (seen.length !== 1 || seen[0]?.label) throw new Error('The post on the way sees more than its own.')

    step('In Istanbul the connection is missed; the post there tells it, and IOM books anew.')
    await istanbul.command(ret, 'report-way', {
      case: { happened: happenedNow('Europe/Istanbul'), what: 'missed-connection', arrivesOn: day(1) },
      travel: { leg: 1, remarks: 'The first flight was two hours late. He sleeps at the airport hotel.' },
    })
    await refused(
      'istanbul',
      'change the journey itself',
      istanbul.command(ret, 'change-travel', twoLegs(6)),
      'not-yours',
    )
    await iom.command(ret, 'change-travel', twoLegs(6))
    const legs = await istanbul.open(ret, ['travel'], 'prepare-travel')
    if (!legs.sections.some(({ slot }) => slot === 'itinerary'))
      throw new Error('Istanbul lacks the new legs.')
    await refused(
      'iom',
      'confirm him once more while he travels',
      iom.command(ret, 'confirm-travel', bookings()),
      'wrong-phase',
    )

    step('The sixteen others are told from the departure on: a fact waits for no step before it.')
    const going = others.slice(staying - 1)
    await Promise.all(going.map((item) => mission.command(item, 'depart', departure())))
    await iom.command(ret, 'arrive', arrival())
    await Promise.all(going.map((item) => iom.command(item, 'arrive', arrival())))
    await centre.command(ret, 'admit', stay())

    step('The manifest, checked again.')
    for (const ret of rets) await delivered(mission, ret)
    const now = await manifestOf(iom, request)
    const count = (...phases: string[]) => now.filter(({ phase }) => phases.includes(phase)).length
    const unconfirmed = now.filter(({ alerts, cleared }) => alerts.length === 0 && cleared).length
    tell(
      `${count('arrived', 'received')} are home, ${count('cancelled')} stay; ${unconfirmed} left as cleared.`,
    )
    if (count('arrived', 'received') !== filed - staying || count('cancelled') !== staying)
      throw new Error('The manifest does not add up.')
    return { ret }
  },
}
