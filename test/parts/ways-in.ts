import { alarm } from './alarm.ts'
import { centre, consent, iom } from './bodies.ts'
import type { Desk } from './desk.ts'
import { homeAs } from './home.ts'
import { filingOf } from './likenesses.ts'
import type { RunningStack } from './running-stack.ts'

/** Registers somebody who is home, at a party that may; the Centre and IOM are told, as far as they are others. */
export async function registerAt(desk: Desk, wayIn: 'spontaneous' | 'referral'): Promise<string> {
  const matching = [iom, centre].filter((party) => party !== desk.party)
  const grounds = matching.map((party) => [party, consent] as const)
  const { returns } = await desk.file({ persons: [homeAs(wayIn, grounds)] })
  return returns[0]?.ret ?? ''
}

/** An alert about somebody in a country, and how urgent it is. */
export const alarmIn = (country: string, urgency: string = alarm.case.urgency) => ({
  ...alarm,
  case: { ...alarm.case, country, urgency },
})

/** Who filed says anew who she is: what she is found by changes with it. */
async function knownAnew(desk: Desk, ret: string): Promise<void> {
  const [section] = (await desk.open(ret, ['identity'])).sections
  const { identity } = filingOf({ name: { family: 'Exemplescu', given: 'Altfel' }, birth: { year: 1991 } })
  await desk.command(ret, 'amend', { slot: 'person', supersedes: section?.sec, identity })
}

/** Plays what makes each party that registers people, or raises alerts, use each right that this takes. */
export async function useEveryWayIn(running: RunningStack): Promise<void> {
  const names = ['istanbul', 'iom', 'centre', 'hotline', 'consular'] as const
  const [mission, iomDesk, centreDesk, hotline, consular] = await Promise.all(
    names.map((name) => running.desk(name)),
  )
  if (!mission || !iomDesk || !centreDesk || !hotline || !consular) throw new Error('A desk is missing.')
  for (const desk of [iomDesk, centreDesk]) await knownAnew(desk, await registerAt(desk, 'spontaneous'))
  const ret = await registerAt(hotline, 'referral')
  await knownAnew(hotline, ret)
  const { sections } = await hotline.open(ret, ['contacts'])
  await hotline.command(ret, 'strike', { strikes: [sections[0]?.sec] })
  for (const desk of [mission, iomDesk, hotline]) {
    const raised = await desk.alert(alarmIn('NP'))
    await consular.command(raised.ret, 'move-case', { to: mission.party })
    if (desk !== mission) await desk.command(raised.ret, 'pass-alert', { to: mission.party })
  }
}
