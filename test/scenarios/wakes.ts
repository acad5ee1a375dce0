import { day } from './journey.ts'
import type { Scenario } from './scene.ts'
import { desksOf, fileOne, groundsOn } from './way.ts'

export const wakesAndRefuses: Scenario = {
  name: 'wakes',
  title: 'An unconscious patient is filed in an emergency, wakes, is asked, and refuses.',
  ends: 'cancelled',
  outcome: 'cancelled',
  async play(scene) {
    const { step, tell, refused, delivered } = scene
    const { mission, iom, centre } = await desksOf(scene)

    step('She lies in a hospital and cannot answer; her vital interests are the ground.')
    const { ret, reference } = await fileOne(mission, (person) => {
      person.case.referrer = 'hospital'
      person.case.urgency = 'medical'
      groundsOn(person, { kind: 'vital-interests', why: 'unconscious', since: day(-2) })
      Object.assign(person.case.agreement as object, { toReturn: 'cannot-answer' })
    })
    tell(reference)
    await iom.command(ret, 'acknowledge')
    await iom.command(ret, 'accept')

    step('She wakes. The emergency has ended as a ground, and the mission has to ask her.')
    await mission.command(ret, 'ask-anew', { case: { why: 'can-answer', on: day(0) } })
    const { due, recipients } = await mission.see(ret)
    const asking = due.find((item) => item.step === 'ask-person')
    if (!asking) throw new Error('Nobody has to ask her.')
    tell(`To ask her: ${asking.owner}, until ${asking.day}. IOM's ground: ${recipients.iom}.`)

    step(
      'She does not want to return, and does not agree that the Centre or IOM has her data: two acts, each its own.',
    )
    await mission.command(ret, 'record-wish', {
      case: { toReturn: 'no', on: day(0), reportedBy: 'the-person' },
    })
    await mission.command(ret, 'withdraw', { case: { recipient: centre.party, by: 'self', on: day(0) } })
    await refused('centre', 'open the case', centre.open(ret, ['case']), 'basis-ended')
    await mission.command(ret, 'withdraw', { case: { recipient: 'iom', by: 'self', on: day(0) } })
    const { locked } = await mission.see(ret)
    tell(
      `What only those two could read is locked: ${locked?.sections} sections, erased on ${locked?.until}.`,
    )
    await centre.command(ret, 'answer-withdrawal', { answer: 'deleted' })
    await iom.command(ret, 'answer-withdrawal', { answer: 'deleted' })

    step('The mission ends the return.')
    await mission.command(ret, 'cancel', { case: { reason: 'no-longer-wants', on: day(0) } })
    await delivered(mission, ret)
    return { ret }
  },
}
