import { assessment, day, funding, happenedNow, identityCheck, ruling, titlu } from './journey.ts'
import type { Scenario } from './scene.ts'
import { childProtection, desksOf, fileOne, groundsOn } from './way.ts'

/** Kyiv to Otaci by road, with a companion all the way. */
const byRoad = () => ({
  travel: {
    legs: [
      {
        mode: 'road',
        from: { name: 'Kyiv', country: 'UA', zone: 'Europe/Kyiv' },
        to: { name: 'Otaci', country: 'MD', zone: 'Europe/Chisinau' },
        departs: `${day(4)}T07:00`,
        arrives: `${day(4)}T15:30`,
        companion: { kind: 'social', name: 'Însoțitor Exemplu' },
      },
    ],
    arrivesAt: 'otaci',
  },
})

export const childFromUkraine: Scenario = {
  name: 'child',
  title:
    'A child alone in Ukraine: the guardianship authority looks at the family before anything is decided.',
  ends: 'received',
  outcome: 'referred-home',
  async play(scene) {
    const { desk, step, tell, refused, delivered } = scene
    const { mission, iom, iomDuty, centre, ministry } = await desksOf(scene, 'kyiv')
    const authority = await desk('guardianship')

    step('A boy of 11, found alone in Kyiv; his grandmother lives near Soroca.')
    const { ret, reference } = await fileOne(mission, (person) => {
      Object.assign(person.case, {
        category: 'unaccompanied-child',
        ageBand: '6-11',
        country: 'UA',
        place: 'Kyiv',
        sex: 'male',
        reception: 'home',
      })
      person.identity.birth = { on: `${Number(day(0).slice(0, 4)) - 11}-01-01` }
      groundsOn(person, childProtection())
    })
    tell(reference)
    await iom.command(ret, 'acknowledge')
    await iom.command(ret, 'accept')

    step('IOM asks the guardianship authority to assess the family; it reads what that needs, and no more.')
    await refused('guardianship', 'see it before it is asked', authority.see(ret), 'not-found')
    const given = await iom.command(ret, 'give-task', {
      partner: authority.party,
      task: 'assess-family',
      until: day(5),
      case: { recipient: authority.party, basis: childProtection() },
      talk: { text: 'Is the grandmother willing and able, and what does he say?' },
    })
    await delivered(mission, ret)
    const [task] = (await authority.see(ret)).tasks
    tell(`Its task: ${task?.task}, until ${task?.until}.`)
    const family = await authority.open(ret, ['contacts', 'safety', 'identity'], 'assess-risk')
    tell(`It opened ${family.sections.length} sections.`)
    const health = await authority.open(ret, ['care', 'travel'], 'assess-risk')
    if (health.sections.length > 0) throw new Error('The authority reads what its task does not need.')
    await refused(
      'iom',
      'give a family assessment to the civil register',
      iom.command(ret, 'give-task', {
        partner: (await desk('registry')).party,
        task: 'assess-family',
        case: { recipient: (await desk('registry')).party, basis: childProtection() },
      }),
      'unknown-target',
    )

    step('It reports; with the report its reading ends.')
    await authority.command(ret, 'report-task', {
      task: given.seq,
      protection: {
        outcome: 'done',
        on: day(0),
        suitable: 'with-support',
        viewHeard: true,
        findings: 'The grandmother is willing; the social worker will visit weekly. He wants to go to her.',
      },
    })
    await refused('guardianship', 'open the family again', authority.open(ret, ['contacts']), 'basis-ended')
    const reported = await iom.open(ret, ['protection'], 'assess-risk')
    tell(`IOM reads the report: ${reported.sections.filter(({ slot }) => slot === 'report').length}.`)

    step('Risk, decision, money, papers; a companion on the whole way.')
    await iomDuty.command(ret, 'assess-risk', assessment())
    await ministry.command(ret, 'approve', ruling())
    await ministry.command(ret, 'fund', funding())
    await mission.command(ret, 'confirm-identity', identityCheck())
    await mission.command(ret, 'issue-document', titlu())
    await iom.command(ret, 'plan-travel', byRoad())
    await refused(
      'iom',
      'confirm before the best interests are determined',
      iom.command(ret, 'confirm-travel'),
      'gate-closed',
    )
    await iom.command(ret, 'assess-child', {
      protection: {
        travelsWith: 'companion',
        authorityDecision: { number: 'DTS 52/2026', on: day(0) },
        bestInterests: day(0),
        viewHeard: day(0),
        otherParentPermission: 'not-needed',
      },
    })
    await iom.command(ret, 'confirm-travel')
    await mission.command(ret, 'check-exit', {
      travel: { exitPapers: 'in-hand', fine: 'none', ban: 'none', transit: 'not-needed' },
    })
    await iom.command(ret, 'clear-to-leave')

    step('He leaves, crosses at Otaci, and goes to his grandmother; the authority follows up.')
    await mission.command(ret, 'depart', {
      case: { happened: happenedNow('Europe/Kyiv') },
      travel: { leg: 0, seenOff: true },
    })
    await iom.command(ret, 'arrive', {
      case: { happened: happenedNow(), point: 'otaci', companionPresent: 'yes' },
    })
    await iom.command(ret, 'hand-over', {
      case: {
        happened: happenedNow(),
        from: 'companion',
        to: 'guardianship-authority',
        sides: 'both',
        paper: 'PV 9',
      },
    })
    await centre.command(ret, 'refer-home', {
      case: { happened: happenedNow(), choice: 'home', referredTo: 'host-social-service' },
    })
    await centre.command(ret, 'give-task', {
      partner: authority.party,
      task: 'monitor-child',
      case: { recipient: authority.party, basis: childProtection() },
    })
    await delivered(mission, ret)
    return { ret }
  },
}
