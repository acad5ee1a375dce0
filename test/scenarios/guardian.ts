import { placeFor } from '../parts/rooms.ts'
import { assessment, bookings, day, funding, identityCheck, ruling, titlu, twoLegs } from './journey.ts'
import type { Scenario } from './scene.ts'
import { childProtection, desksOf, fileOne, groundsOn, type SentPerson } from './way.ts'

const consentOfGuardian = {
  kind: 'consent',
  by: 'guardian',
  form: 'signed',
  language: 'ro',
  interpreter: false,
  on: day(-1),
  purposes: ['arrange-return', 'receive'],
}

export const suspectedGuardian: Scenario = {
  name: 'guardian',
  title:
    'The guardian is the suspect: cannot consent, is not told, gets no export, and does not travel along.',
  ends: 'confirmed',
  outcome: 'confirmed',
  async play(scene) {
    const { step, tell, refused, delivered } = scene
    const desks = await desksOf(scene)
    const { mission, iom, iomDuty, centre, ministry } = desks
    const alone = (person: SentPerson) => {
      Object.assign(person.case, { category: 'unaccompanied-child', ageBand: '12-15' })
      person.identity.birth = { on: `${Number(day(0).slice(0, 4)) - 14}-01-01` }
      Object.assign(person.safety, { guardianSuspected: true })
    }

    step('A girl of 14; who says that he is her guardian is suspected of having sold her.')
    await refused(
      'istanbul',
      'file her on the consent of that guardian',
      fileOne(mission, (person) => {
        alone(person)
        groundsOn(person, consentOfGuardian)
      }),
      'guardian-suspected',
    )
    const { ret, reference } = await fileOne(mission, (person) => {
      alone(person)
      groundsOn(person, childProtection())
    })
    tell(`${reference}, on the ground of a child's protection.`)
    await iom.command(ret, 'acknowledge')
    await iom.command(ret, 'accept')

    step('He asks to be told, and to have her papers.')
    await refused(
      'istanbul',
      'take his consent later',
      mission.command(ret, 'agree', { case: { recipient: 'iom', basis: consentOfGuardian } }),
      'guardian-suspected',
    )
    await refused(
      'istanbul',
      'hand him an export',
      mission.call('GET', `/v1/mission/returns/${ret}/export?for=guardian`),
      'guardian-suspected',
    )

    step('He wants to travel with her.')
    await mission.command(ret, 'confirm-identity', identityCheck())
    await mission.command(ret, 'issue-document', titlu())
    await iomDuty.command(ret, 'assess-risk', assessment())
    await ministry.command(ret, 'approve', ruling())
    await ministry.command(ret, 'fund', funding())
    const withHim = twoLegs()
    for (const leg of withHim.travel.legs) leg.companion.kind = 'parent'
    await iom.command(ret, 'plan-travel', withHim)
    await centre.command(ret, 'hold-place', await placeFor(centre))
    await iom.command(ret, 'assess-child', {
      protection: { travelsWith: 'suspected-adult', otherParentPermission: 'not-needed' },
    })
    const shut = await refused(
      'iom',
      'confirm',
      iom.command(ret, 'confirm-travel', bookings()),
      'gate-closed',
    )
    for (const { gate, owner, reason } of shut.problem?.gates ?? []) tell(`${gate} (${owner}): ${reason}`)

    step('A companion of IOM goes instead; authority, best interests and her own view are on record.')
    await iom.command(ret, 'change-travel', twoLegs())
    await iom.command(ret, 'assess-child', {
      protection: {
        travelsWith: 'suspected-adult',
        authorityDecision: { number: 'DTS 41/2026', on: day(0) },
        bestInterests: day(0),
        viewHeard: day(0),
        otherParentPermission: 'not-needed',
      },
    })
    await iom.command(ret, 'confirm-travel', bookings())
    await delivered(mission, ret)
    return { ret }
  },
}
