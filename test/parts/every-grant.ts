import type { TaskName } from '../../schemas/procedure/tasks.ts'
import type { LegalBasis } from '../../schemas/values/basis.ts'
import { type HolderId, type PartyId, partyId } from '../../schemas/values/parties.ts'
import {
  centre,
  consent,
  filingWith,
  iom,
  legalDuty,
  ministry,
  ngo,
  otherCentre,
  partner,
  refused,
} from './bodies.ts'
import type { Desk } from './desk.ts'
import { fileOne, type RunningStack } from './running-stack.ts'
import { bodies, withdrawalOf } from './todays-bodies.ts'

/** A second centre, laid over `cdk.json`: with one there is no other to agree to. */
export const twoCentres = (centres: readonly object[]) => ({
  centres: [
    ...centres,
    {
      code: 'T1ET',
      id: 'MD-BALTI',
      name: 'Al doilea centru',
      city: 'Bălți',
      config: { cotsCount: true, stayDays: 30 },
    },
  ],
})

const [rome, madrid] = [partyId.parse('mission:19B6'), partyId.parse('mission:6HKJ')]
const text = { text: 'Made up for a test.' }

interface Desks {
  mission: Desk
  iomDesk: Desk
  centreDesk: Desk
  ministryDesk: Desk
  partnerDesk: Desk
}

const agree = (desk: Desk, ret: string, ...recipients: HolderId[]) =>
  inTurn(recipients, (recipient) => desk.command(ret, 'agree', { case: { recipient, basis: consent } }))

const giveTask = (desk: Desk, ret: string, to: PartyId, task: TaskName) =>
  desk.command(ret, 'give-task', { partner: to, task, case: { recipient: to, basis: legalDuty } })

async function inTurn<T>(all: readonly T[], operation: (item: T) => Promise<unknown>): Promise<void> {
  for (const item of all) await operation(item)
}

const filedFor = (mission: Desk, ...grounds: [HolderId, LegalBasis][]) =>
  fileOne(mission, filingWith(grounds))

/**
 * Plays what makes each party that lets others in use each of its rights to do so, from its own wraps and from what the
 * custodian keeps, and a partner each of its rights. Leaves one return locked, for `watch` to erase, and gives its id.
 */
export async function useEveryGrant(running: RunningStack): Promise<string> {
  const names = ['istanbul', 'iom', 'centre', 'ministry', 'guardianship'] as const
  const [mission, iomDesk, centreDesk, ministryDesk, partnerDesk] = await Promise.all(
    names.map((name) => running.desk(name)),
  )
  if (!mission || !iomDesk || !centreDesk || !ministryDesk || !partnerDesk)
    throw new Error('A desk is missing.')
  const desks = { mission, iomDesk, centreDesk, ministryDesk, partnerDesk }
  await eachLetsOthersIn(desks)
  // A partner that helps reads what its list shows.
  await running.settled()
  await partnerDesk.list()
  await eachUnlocks(desks)
  return locked(desks)
}

async function eachLetsOthersIn({ mission, iomDesk, centreDesk, ministryDesk, partnerDesk }: Desks) {
  const first = await filedFor(mission, [iom, refused])
  await agree(mission, first, iom, centre, ministry, 'figures')
  await giveTask(mission, first, rome, 'second-country')
  await giveTask(mission, first, partner, 'place-child')
  await partnerWorks(first, partnerDesk, [mission, iomDesk, centreDesk, ministryDesk])

  const second = await filedFor(mission, [iom, consent])
  await agree(iomDesk, second, centre, ministry, 'figures')
  await giveTask(iomDesk, second, rome, 'cover-for-post')
  await giveTask(iomDesk, second, partner, 'assess-family')

  const third = await filedFor(mission, [centre, consent])
  await agree(centreDesk, third, otherCentre, ministry, 'figures')
  await giveTask(centreDesk, third, rome, 'second-country')
  await giveTask(centreDesk, third, partner, 'assess-family')
  await ministryDesk.command(third, 'approve', bodies.approve)
  // The Centre cannot read the decision: who can completes what it agreed to.
  await agree(centreDesk, third, iom)
  await ministryDesk.command(third, 'share', { recipient: iom })
  await giveTask(ministryDesk, third, madrid, 'cover-for-post')
  await giveTask(ministryDesk, third, ngo, 'follow-up')
}

/** Talks with everyone in both directions, and writes what a partner writes. */
async function partnerWorks(ret: string, partnerDesk: Desk, others: readonly Desk[]): Promise<void> {
  for (const desk of others) {
    const { seq } = await desk.command(ret, 'ask', { for: partner, talk: text })
    await partnerDesk.command(ret, 'answer', { question: seq, talk: text })
  }
  await partnerDesk.command(ret, 'note', bodies.note)
  await partnerDesk.command(ret, 'hand-over', bodies['hand-over'])
  await partnerDesk.see(ret)
  await partnerDesk.events(ret)
  await partnerDesk.check(ret)
  await partnerDesk.open(ret, ['identity', 'care'])
  const [task] = (await partnerDesk.see(ret)).tasks
  await partnerDesk.command(ret, 'report-task', { ...bodies['report-task'], task: task?.seq })
}

/** Of what nobody reads any more, each grants what the custodian keeps to another kind. */
async function eachUnlocks(desks: Desks): Promise<void> {
  const { mission, iomDesk, centreDesk, ministryDesk } = desks
  await agree(mission, await locked(desks), centre)
  await giveTask(ministryDesk, await locked(desks, [ministry, legalDuty]), partner, 'place-child')

  const ofCentre = await waiting(mission, iom, centre)
  await giveTask(centreDesk, ofCentre, partner, 'monitor-child')
  const ofIom = await waiting(mission, centre, iom)
  await giveTask(iomDesk, ofIom, partner, 'monitor-child')
}

/** A return on which one waits for the care that another, who is left out, was the last to read. */
async function waiting(mission: Desk, last: HolderId, next: HolderId): Promise<string> {
  const ret = await filedFor(mission, [last, consent])
  // What is known of how she was found would have to be opened before anybody is let in.
  const [filed] = (await mission.events(ret)).events
  const found = filed?.sections.find(({ cls }) => cls === 'protection')
  await mission.command(ret, 'strike', { strikes: [found?.sec] })
  await agree(mission, ret, next)
  await mission.command(ret, 'withdraw', withdrawalOf(last))
  return ret
}

/** A return whose protection and care nobody reads any more. */
async function locked({ mission }: Desks, ...others: [HolderId, LegalBasis][]): Promise<string> {
  const ret = await filedFor(mission, [iom, consent], ...others)
  await mission.command(ret, 'withdraw', withdrawalOf(iom))
  return ret
}
