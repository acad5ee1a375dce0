import { randomBytes } from 'node:crypto'
import { draftingKinds } from '../../schemas/api/drafts.ts'
import type { CommandName } from '../../schemas/commands/commands.ts'
import { partyId } from '../../schemas/values/parties.ts'
import { centre, consent, everyone, filingWith, iom, legalDuty, ministry, sample } from './bodies.ts'
import { type Desk, refusalOf } from './desk.ts'
import { visitDesk } from './desk-visits.ts'
import { draftsOf } from './drafts.ts'
import { homeAs } from './home.ts'
import { compared, decideAs, filingOf, fiveDesks, matchBetween, searchAs } from './likenesses.ts'
import { keepingAt } from './people.ts'
import { keepRooms, placeIn, roomOf } from './rooms.ts'
import { fileOne, type RunningStack } from './running-stack.ts'
import { bodies, happened, withdrawalOf } from './todays-bodies.ts'
import { useEveryWayIn } from './ways-in.ts'

const text = { text: 'Made up for a test.' }

/** Plays what makes each party use each of its rights at least once; to let others in is played by `every-grant.ts`. */
export async function useEveryRight(running: RunningStack): Promise<void> {
  const names = ['istanbul', 'iom', 'centre', 'ministry', 'consular', 'oversight'] as const
  const partner = await running.desk('guardianship')
  const desks = await Promise.all(names.map((name) => running.desk(name)))
  const [mission, iomDesk, centreDesk, ministryDesk, consularDesk, oversightDesk] = desks
  if (!mission || !iomDesk || !centreDesk || !ministryDesk || !consularDesk || !oversightDesk)
    throw new Error('A desk is missing.')

  await keepRooms(centreDesk, [roomOf('1', 1), roomOf('2', 1)])
  const ret = await fileOne(mission)
  await everyoneTalks(ret, [mission, iomDesk, centreDesk, ministryDesk])
  // Who confirms the journey has neither assessed its risk nor funded it.
  const colleagues = await Promise.all(['iom-duty', 'iom-administrator'].map((name) => running.desk(name)))
  await everyoneStates(ret, [mission, iomDesk, centreDesk, ministryDesk], colleagues)
  await everyoneStrikes(ret, [mission, iomDesk, centreDesk])
  await everyoneLeavesSomebodyOut([mission, iomDesk, centreDesk, ministryDesk])
  await somebodyIsCalled(mission, consularDesk)
  await useEveryWayIn(running)
  await running.settled()
  const { request } = await mission.see(ret)
  for (const desk of desks) {
    await desk.list()
    await desk.manifest(request)
    await desk.see(ret)
    await desk.events(ret)
    await desk.check(ret)
    await desk.export(ret)
  }
  const { reference } = await mission.see(ret)
  for (const filter of ['', 'kind=open', `party=${mission.party}`, 'user=x', `reference=${reference}`])
    await oversightDesk.call('GET', `/v1/oversight/audit?${filter}`)
  for (const desk of [mission, iomDesk, centreDesk, ministryDesk]) await desk.open(ret, ['case'])
  await partner.list()
  // A partner that is on none of its returns is told so; its rows are read all the same.
  await refusalOf(partner.manifest(request))
  const asIs = { covers: [], staff: [], duty: [], open: true }
  await consularDesk.call('POST', `/v1/consular/posts/${mission.party}`, asIs, { ifMatch: 0 })
  await centreDesk.call('GET', '/v1/centre/forecast')
  await mission.call('GET', '/v1/mission/post')
  await oversightDesk.call('GET', '/v1/oversight/posts')
  await everyAccountIsKept(running)
  await running.stack.tick('figures')
  for (const desk of [consularDesk, ministryDesk, oversightDesk])
    await desk.call('GET', `/v1/${desk.kind}/figures`)
  for (const desk of [...desks, partner].filter(({ kind }) =>
    draftingKinds.some((draftingKind) => draftingKind === kind),
  ))
    await writesDrafts(desk)
  await everyoneLooks(running)
  await theDeskIsVisited(running)
  // Whether it was invited is looked up in its own rows.
  await refusalOf((await running.desk('rome')).see(ret))
}

/** Signs in at the desk, comes back after a while, and signs out. */
async function theDeskIsVisited(running: RunningStack): Promise<void> {
  const visitor = await visitDesk(running, 'iom')
  const [session] = await running.stored.rows('sessions')
  const someTimeAgo = String(Math.floor(Date.now() / 1000) + 600)
  await running.stored.put('sessions', { ...session, idle: { N: someTimeAgo } })
  await visitor.get('/desk')
  await visitor.post('/desk/sign-out', {})
}

/** Invites somebody, and does with the account all that can be done, to its end. */
async function everyAccountIsKept(running: RunningStack): Promise<void> {
  const keeping = keepingAt(await running.desk('iom-administrator'))
  const account = { name: 'Doina Exemplescu', signIn: 'doina', role: 'officer' }
  const { user } = (await keeping.onList('invite', account)).account ?? { user: '' }
  await running.stack.signIn('doina')
  await keeping.on(user, 'role', { role: 'duty-officer' })
  await keeping.on(user, 'reset-factor', { reason: 'lost' })
  await keeping.on(user, 'disable', { reason: 'left' })
  await keeping.on(user, 'enable')
  await keeping.on(user, 'disable', { reason: 'left' })
  await keeping.on(user, 'forget')
}

/** Begins, reads, saves, sends and deletes a draft, which is longer than one row holds, whatever is compressed. */
async function writesDrafts(desk: Desk): Promise<void> {
  const drafts = draftsOf(desk)
  const content = { text: randomBytes(64 * 1024).toString('base64') }
  const { draft } = await drafts.begin({ content, label: { initials: 'M.E.' } })
  await drafts.list()
  await drafts.see(draft)
  await drafts.save(draft, { content }, 1)
  await drafts.discard(draft, 2)
  // Whom others than a mission file for is home; who files is on the return anyway.
  const matching = everyone.filter(([holder]) => holder !== desk.party)
  const home = homeAs(desk.kind === 'partner' ? 'referral' : 'spontaneous', matching)
  const person = desk.kind === 'mission' ? filingWith() : home
  await desk.file({ persons: [person], draft: await drafts.begin({ content }) })
}

/** Who may searches; IOM and the consular department link two returns that may be one person's, and unlink them. */
async function everyoneLooks(running: RunningStack): Promise<void> {
  const { istanbul: mission, rome: other, ...rest } = await fiveDesks(running)
  const { iom: iomDesk, centre: centreDesk, consular: consularDesk } = rest
  const person = filingOf({ name: { family: 'Exemplescu', given: 'Cautata' }, birth: { year: 1992 } })
  const shared = [await fileOne(mission, person), await fileOne(mission, person)]
  const quiet = filingOf(person.identity, filingWith(everyone.filter(([holder]) => holder !== iom)))
  const apart = [shared[0] ?? '', await fileOne(other, quiet)]
  await compared(running)
  for (const desk of [mission, iomDesk, centreDesk])
    await searchAs(desk, { name: { family: 'Exemplescu', given: 'Cautata' }, birth: { year: 1992 } })
  for (const [desk, rets] of [
    [iomDesk, shared],
    [consularDesk, apart],
  ] as const) {
    const match = await matchBetween(desk, rets)
    if (!match) throw new Error('It was not raised.')
    await decideAs(desk, match, 'same')
    for (const looking of [mission, iomDesk, centreDesk, consularDesk]) await looking.see(shared[0] ?? '')
    await decideAs(desk, { ...match, version: 2 }, 'unlinked')
  }
  await amended(running, mission, shared[0] ?? '')
  await askedAgain(running, mission)
}

/** A match that waits is listed anew, in place of what stood before, once an IDNP agrees as well. */
async function askedAgain(running: RunningStack, mission: Desk): Promise<void> {
  const alike = filingOf({ name: { family: 'Exemplescu', given: 'Intrebata' }, birth: { year: 1988 } })
  const rets = [await fileOne(mission, alike), await fileOne(mission, alike)]
  await compared(running)
  for (const ret of rets) {
    const [person] = (await mission.open(ret, ['identity'])).sections
    const identity = { ...alike.identity, idnp: '2000000000004' }
    await mission.command(ret, 'amend', { slot: 'person', supersedes: person?.sec, identity })
  }
  await compared(running)
}

/** A case goes to another post, which amends who she is: what the posts find her by comes and goes. */
async function amended(running: RunningStack, mission: Desk, ret: string): Promise<void> {
  const ankara = await running.desk('ankara')
  const to = partyId.parse(ankara.party)
  await mission.command(ret, 'hand-over-case', { to, case: { recipient: to, basis: legalDuty } })
  await running.settled()
  await ankara.command(ret, 'accept-case')
  await compared(running)
  const [membership] = (await ankara.open(ret, ['identity'])).sections
  const { identity } = filingOf({ name: { family: 'Exemplescu', given: 'Gasita' }, birth: { year: 1992 } })
  await ankara.command(ret, 'amend', { slot: 'person', supersedes: membership?.sec, identity })
  await compared(running)
}

/** Asks and answers between all who may, so that each wraps `talk` for each. */
async function everyoneTalks(ret: string, desks: readonly Desk[]): Promise<void> {
  for (const asker of desks) {
    for (const asked of desks.filter((desk) => desk !== asker)) {
      const { seq } = await asker.command(ret, 'ask', { for: asked.party, talk: text })
      await asked.command(ret, 'answer', { question: seq, talk: text })
    }
  }
}

/** Commands that open and seal every class that their owners may. */
async function everyoneStates(
  ret: string,
  [mission, iomDesk, centreDesk, ministryDesk]: readonly [Desk, Desk, Desk, Desk],
  [iomDuty = iomDesk, iomAdministrator = iomDesk]: readonly Desk[],
): Promise<void> {
  const steps: [Desk, CommandName, unknown?][] = [
    [iomDesk, 'acknowledge'],
    [iomDesk, 'accept'],
    [mission, 'confirm-identity'],
    [mission, 'issue-document'],
    [iomDuty, 'assess-risk'],
    [ministryDesk, 'hold'],
    [ministryDesk, 'approve'],
    [iomAdministrator, 'fund'],
    [ministryDesk, 'fund'],
    ...[mission, iomDesk, centreDesk, ministryDesk].map((desk): [Desk, CommandName] => [desk, 'note']),
    [iomDesk, 'plan-travel'],
    [centreDesk, 'hold-place', placeIn('1', 1, { holds: 60 })],
    [centreDesk, 'hold-place', placeIn('2', 1, { holds: 60 })],
    [iomDesk, 'confirm-travel'],
    [mission, 'depart'],
    [iomDesk, 'arrive'],
    [centreDesk, 'hand-over', { case: { happened: happened(), from: 'iom', to: 'centre', sides: 'both' } }],
    [iomDesk, 'amend', { slot: 'safety', safety: sample.safety }],
    [centreDesk, 'amend', { slot: 'family', contacts: sample.contacts }],
    [centreDesk, 'admit'],
  ]
  for (const [desk, name, body = bodies[name]] of steps) await desk.command(ret, name, body)
}

async function everyoneStrikes(ret: string, desks: readonly Desk[]): Promise<void> {
  for (const desk of desks) {
    const { sections } = await desk.open(ret, ['case', 'contacts', 'travel'])
    const own = sections.findLast(({ by }) => by === desk.party)
    await desk.command(ret, 'strike', { strikes: [own?.sec] })
  }
}

/** The consular department answers; IOM does not, and is left for `watch` to call. */
async function somebodyIsCalled(mission: Desk, consularDesk: Desk): Promise<void> {
  const ret = await fileOne(mission, filingWith(everyone, { urgency: 'danger-today' }))
  await consularDesk.command(ret, 'answer-call', { call: 0 })
}

async function everyoneLeavesSomebodyOut([mission, iomDesk, centreDesk, ministryDesk]: readonly [
  Desk,
  Desk,
  Desk,
  Desk,
]): Promise<void> {
  const byConsent = everyone.map(([holder]) => [holder, consent] as const)
  const leaving = await fileOne(mission, filingWith(byConsent))
  await iomDesk.command(leaving, 'withdraw', withdrawalOf(ministry))
  await ministryDesk.command(leaving, 'answer-withdrawal', { answer: 'deleted' })
  await centreDesk.command(leaving, 'withdraw', withdrawalOf('figures'))
  await mission.command(leaving, 'withdraw', withdrawalOf(centre))
}
