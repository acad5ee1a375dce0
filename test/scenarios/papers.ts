import { placeFor } from '../parts/rooms.ts'
import {
  assessment,
  bookings,
  day,
  exitChecked,
  funding,
  happenedNow,
  ruling,
  titlu,
  twoLegs,
} from './journey.ts'
import type { Scenario } from './scene.ts'
import { desksOf, fileOne } from './way.ts'

const byLaw = (recipient: string) => ({ recipient, basis: { kind: 'legal-duty', act: 'HG 948/2008' } })

export const fromTiraspol: Scenario = {
  name: 'tiraspol',
  title:
    'A woman from Tiraspol without Moldovan papers: the register says who she is, an organisation helps her there.',
  ends: 'received',
  outcome: 'referred-home',
  async play(scene) {
    const { desk, step, tell, refused, delivered } = scene
    const desks = await desksOf(scene)
    const { mission, iom, iomDuty, centre, ministry } = desks
    const [registry, interaction, guardianship] = await Promise.all([
      desk('registry'),
      desk('interaction'),
      desk('guardianship'),
    ])

    step('She has an old paper of the left bank, and none of Moldova. The mission files all the same.')
    const { ret, reference } = await fileOne(mission, (person) => {
      const { idnp: _, ...identity } = person.identity
      person.identity = { ...identity, citizenship: 'not-known', documents: [] }
      Object.assign(person.case, { reasons: ['exploited', 'no-papers'], reception: 'home' })
    })
    tell(reference)
    await iom.command(ret, 'acknowledge')
    await iom.command(ret, 'accept')
    await refused(
      'istanbul',
      'issue a document to nobody known',
      mission.command(ret, 'issue-document', titlu()),
      'gate-closed',
    )

    step('The civil register is asked whether she is a citizen: it reads who she is, and nothing else.')
    const asked = await mission.command(ret, 'give-task', {
      partner: registry.party,
      task: 'confirm-citizenship',
      until: day(5),
      case: byLaw(registry.party),
    })
    await delivered(mission, ret)
    const read = await registry.open(ret, ['identity', 'case', 'contacts', 'care'], 'check-identity')
    if (read.sections.some(({ cls }) => cls !== 'identity'))
      throw new Error('The register reads more than it needs.')
    await registry.command(ret, 'report-task', {
      task: asked.seq,
      identity: {
        outcome: 'done',
        on: day(0),
        findings: 'Her birth is entered in Tiraspol, 1999. A citizen by birth.',
      },
    })
    await mission.command(ret, 'confirm-identity', {
      identity: { method: 'state-register', on: day(0), reference: 'ASP 17' },
    })
    await mission.command(ret, 'issue-document', titlu())

    step('In Transnistria no district specialist has an arm: an organisation plans the help there.')
    await refused(
      'centre',
      'give that to an authority that has no part in it',
      centre.command(ret, 'give-task', {
        partner: guardianship.party,
        task: 'plan-support',
        case: byLaw(guardianship.party),
      }),
      'unknown-target',
    )
    const plan = await centre.command(ret, 'give-task', {
      partner: interaction.party,
      task: 'plan-support',
      case: byLaw(interaction.party),
    })
    await delivered(mission, ret)
    await interaction.command(ret, 'report-task', {
      task: plan.seq,
      care: { outcome: 'done', on: day(0), findings: 'A social worker of ours meets her in Bender.' },
    })

    step('She travels, is met, and goes home with that help.')
    await iomDuty.command(ret, 'assess-risk', assessment())
    await ministry.command(ret, 'approve', ruling())
    await ministry.command(ret, 'fund', funding())
    await iom.command(ret, 'plan-travel', twoLegs())
    await iom.command(ret, 'confirm-travel', bookings())
    await mission.command(ret, 'check-exit', exitChecked())
    await iom.command(ret, 'clear-to-leave')
    await mission.command(ret, 'depart', {
      case: { happened: happenedNow('Europe/Istanbul') },
      travel: { leg: 0, seenOff: true },
    })
    await iom.command(ret, 'arrive', {
      case: { happened: happenedNow(), point: 'RMO', companionPresent: 'yes', choice: 'home' },
    })
    await centre.command(ret, 'refer-home', {
      case: { happened: happenedNow(), choice: 'home', referredTo: 'ngo' },
    })
    await centre.command(ret, 'give-task', {
      partner: interaction.party,
      task: 'support-at-home',
      case: byLaw(interaction.party),
    })
    await delivered(mission, ret)
    return { ret }
  },
}

export const stateless: Scenario = {
  name: 'stateless',
  title:
    'A stateless man who is domiciled in Moldova, in difficulty abroad: an official request, and a residence permit.',
  ends: 'confirmed',
  outcome: 'confirmed',
  async play(scene) {
    const { desk, step, tell, refused, delivered } = scene
    const { mission, iom, iomDuty, centre, ministry } = await desksOf(scene)
    const registry = await desk('registry')

    step('He is no citizen of any country; a hospital writes to the consulate about him.')
    const { ret, reference } = await fileOne(mission, (person) => {
      const { idnp: _, ...identity } = person.identity
      person.identity = {
        ...identity,
        citizenship: 'stateless',
        documents: [{ type: 'residence-permit', number: 'B 0000001', country: 'MD', expiresOn: day(900) }],
      }
      Object.assign(person.case, {
        category: 'person-in-difficulty',
        referrer: 'hospital',
        reasons: ['ill', 'no-means'],
        sex: 'male',
      })
    })
    tell(reference)
    await iom.command(ret, 'acknowledge')
    await iom.command(ret, 'accept')
    await iomDuty.command(ret, 'assess-risk', assessment())
    await refused(
      'ministry',
      'decide without the official request',
      ministry.command(ret, 'approve', ruling()),
      'gate-closed',
    )

    step('The official request is recorded; the register confirms that he is domiciled in Moldova.')
    await mission.command(ret, 'amend', {
      slot: 'official-request',
      case: { number: '2026/207', on: day(-1), body: 'Spital Exemplu' },
    })
    await ministry.command(ret, 'approve', ruling())
    await ministry.command(ret, 'fund', funding())
    const asked = await mission.command(ret, 'give-task', {
      partner: registry.party,
      task: 'confirm-citizenship',
      case: byLaw(registry.party),
    })
    await delivered(mission, ret)
    await registry.command(ret, 'report-task', {
      task: asked.seq,
      identity: { outcome: 'done', on: day(0), findings: 'Stateless; domiciled in Bălți, permit valid.' },
    })
    await mission.command(ret, 'confirm-identity', {
      identity: { method: 'state-register', on: day(0), reference: 'ASP 18' },
    })

    step('He gets a travel document for one journey, and a place.')
    await iom.command(ret, 'plan-travel', twoLegs())
    await centre.command(ret, 'hold-place', await placeFor(centre))
    await refused(
      'iom',
      'confirm without a document',
      iom.command(ret, 'confirm-travel', bookings()),
      'gate-closed',
    )
    await mission.command(ret, 'issue-document', titlu())
    await iom.command(ret, 'confirm-travel', bookings())
    await delivered(mission, ret)
    return { ret }
  },
}
