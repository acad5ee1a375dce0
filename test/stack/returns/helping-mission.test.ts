import { beforeEach, describe, expect } from 'vitest'
import type { PendingCall } from '../../../infra/local/edge/edge.ts'
import { type CommandName, commandsOf } from '../../../schemas/commands/commands.ts'
import type { TaskName } from '../../../schemas/procedure/tasks.ts'
import { sectionClassNames } from '../../../schemas/values/classes.ts'
import { type PartyId, partyId } from '../../../schemas/values/parties.ts'
import { istanbul, legalDuty, sample } from '../../parts/bodies.ts'
import { type Desk, lineOf, refusalOf } from '../../parts/desk.ts'
import { fileOne, type RunningStack } from '../../parts/running-stack.ts'
import { test } from '../../parts/shared-stack.ts'
import type { Item } from '../../parts/stored-tables.ts'
import { classesHeld, wrapIds } from '../../parts/stored-wraps.ts'
import { bodies } from '../../parts/todays-bodies.ts'
import { day } from '../../scenarios/journey.ts'

/** What the sessions of missions were allowed, and under which tags. */
const calls: PendingCall[] = []
let running: RunningStack
let filer: Desk
let iom: Desk
let warsaw: Desk
let madrid: Desk
let helper: PartyId
let ret = ''

test.beforeAll(async ({ shared }) => {
  running = shared
  shared.onCall((call) => {
    if (call.caller.role.logicalId === 'MissionSessionRole' || call.service === 'sts') calls.push(call)
    return undefined
  })
  const desks = ['istanbul', 'iom', 'warsaw', 'madrid'].map((name) => running.desk(name))
  const [first, second, third, fourth] = await Promise.all(desks)
  if (!first || !second || !third || !fourth) throw new Error('A desk is missing.')
  ;[filer, iom, warsaw, madrid] = [first, second, third, fourth]
  helper = partyId.parse(warsaw.party)
  ret = await helped('help-in-transit')
})
beforeEach(() => {
  calls.length = 0
})

/** A planned return on which Warsaw was asked to help. */
async function helped(...tasks: TaskName[]): Promise<string> {
  const made = await fileOne(filer)
  for (const name of ['acknowledge', 'accept', 'assess-risk', 'plan-travel'] as const)
    await iom.command(made, name, bodies[name])
  for (const task of tasks) await filer.command(made, 'give-task', invitation(task))
  await running.settled()
  return made
}

const invitation = (task: TaskName) => ({
  partner: warsaw.party,
  task,
  case: { recipient: warsaw.party, basis: legalDuty },
  talk: { text: 'She changes planes with you.' },
})

/** A function trusts a roster for half a minute. It reads this one now, so that afterwards only the return is read. */
async function withRosterRead(desk: Desk): Promise<void> {
  await desk.list()
  calls.length = 0
}

/** All that one can ask of a return, and how each was refused. */
async function refusals(desk: Desk, of = ret) {
  const acts = [
    () => desk.see(of),
    () => desk.open(of, ['identity']),
    () => desk.events(of),
    () => desk.export(of),
    () => desk.command(of, 'ask', bodies.ask),
    () => desk.command(of, 'depart', bodies.depart),
    () => desk.command(of, 'cancel', bodies.cancel),
  ]
  const refused = []
  for (const act of acts) refused.push(await refusalOf(act()))
  return refused
}

const ofUnknown = { status: 404, code: 'not-found' }
const tagsOf = ({ caller }: PendingCall) => `${caller.tags.code}/${caller.tags.filer}`

async function rowOf(party: string): Promise<Item> {
  const row = (await running.stored.rows('worklists', party)).find((row) => row.ret?.S === ret)
  if (!row) throw new Error('There is no such row.')
  return row
}

describe('a mission that was asked to help on a return that another filed', () => {
  test('opens the classes of its task, what it was asked, and nothing else: no label, no case', async () => {
    const heard = []
    for (const cls of sectionClassNames) {
      if (cls === 'protection' || cls === 'care') {
        expect(await refusalOf(warsaw.open(ret, [cls]))).toMatchObject({ code: 'not-readable' })
        continue
      }
      const { sections } = await warsaw.open(ret, [cls])
      if (sections.length > 0) heard.push(cls)
      if (cls === 'identity') expect(sections.map(({ content }) => content)).toEqual([sample.identity])
    }
    expect(heard.sort()).toEqual(['contacts', 'identity', 'safety', 'talk', 'travel'])
    expect(await classesHeld(running, ret, helper)).toEqual([...heard, 'log'].sort())
  })

  test('sees its own task and ground, and of others neither those nor a label', async () => {
    const seen = await warsaw.see(ret)
    expect(seen).toMatchObject({ ret, responsible: istanbul, membership: 'on', arrangers: [] })
    expect(seen.tasks.map(({ task, to }) => [task, to])).toEqual([['help-in-transit', warsaw.party]])
    expect(seen.recipients).toEqual({ [warsaw.party]: 'other-basis' })
    expect(seen.label).toBeUndefined()
  })

  test('is told of what concerns it, and its timeline has nothing else', async () => {
    await (await running.desk('iom-duty')).command(ret, 'fund', bodies.fund)
    await filer.command(ret, 'amend', { slot: 'family', contacts: sample.contacts })
    await iom.command(ret, 'change-travel', bodies['change-travel'])
    await iom.command(ret, 'ask', { for: istanbul, talk: { text: 'Between us.' } })
    await running.settled()
    expect(await refusalOf(filer.open(ret, ['care']))).toMatchObject({ code: 'not-readable' })
    const { events: all, refusals: known } = await filer.events(ret)
    const { events, deliveries, access, refusals } = await warsaw.events(ret)
    expect(events.map(({ type }) => type)).toEqual(['task-given', 'amended', 'travel-changed'])
    expect(events).toEqual(all.filter(({ to }) => to.includes(helper)))
    expect(deliveries.map(({ party, received }) => [party, received.map(([seq]) => seq)])).toEqual([
      [warsaw.party, events.map(({ seq }) => seq)],
    ])
    expect(new Set(access.map(({ by }) => by.party))).toEqual(new Set([warsaw.party]))
    expect(new Set(refusals.map(({ by }) => by.party))).toEqual(new Set([warsaw.party]))
    expect(new Set(known.map(({ by }) => by.party))).toEqual(new Set([warsaw.party, istanbul]))
    // What two others say to each other is not even counted for it.
    const seen = await warsaw.see(ret)
    expect([seen.questions, seen.items.map(({ party }) => party)]).toEqual([[], [warsaw.party]])
  })

  test('gets no export: a chain with gaps proves nothing', async () => {
    expect(await refusalOf(warsaw.export(ret))).toMatchObject({ status: 403, code: 'not-yours' })
  })

  test('gives the commands of its task and no other', async () => {
    const own = ['ask', 'answer', 'note', 'report-task', 'decline-task']
    const onTheWay = ['depart', 'did-not-come', 'contact-lost', 'in-hospital', 'report-way', 'end-otherwise']
    const { commands } = await warsaw.see(ret)
    expect(commands.toSorted()).toEqual([...own, ...onTheWay].sort())
    const others = commandsOf('mission').filter(
      (name) => !commands.includes(name) && name !== 'answer-withdrawal',
    )
    expect(others.length).toBeGreaterThan(20)
    for (const name of others)
      expect([name, (await refusalOf(warsaw.command(ret, name, bodies[name]))).code]).toEqual([
        name,
        'not-yours',
      ])
    expect((await warsaw.command(ret, 'contact-lost', bodies['contact-lost'])).phase).toBe('planned')
  })

  test('writes to it, under a claim of its own', async () => {
    const sending = { idempotencyKey: 'asked-by-the-helping-mission' }
    const first = await warsaw.command(ret, 'ask', bodies.ask, sending)
    expect(await warsaw.command(ret, 'ask', bodies.ask, sending)).toEqual(first)
    expect((await filer.events(ret)).events[first.seq]?.by.party).toBe(warsaw.party)
    const claims = await running.stored.rows('claims', warsaw.party)
    expect(claims.filter((claim) => claim.seq?.N === String(first.seq))).toHaveLength(1)
  })

  test('works under its own code and the code of who filed it, and under no other', async () => {
    await withRosterRead(warsaw)
    await warsaw.command(ret, 'note', bodies.note)
    const [asked, ...rest] = calls.filter(({ service }) => service !== 'sts')
    expect(asked && [asked.operation, tagsOf(asked)]).toEqual(['GetItem', '4J5D/4J5D'])
    expect(new Set(rest.map(tagsOf))).toEqual(new Set(['4J5D/1XGE']))
  })

  test('is given a session for a filer once, however often it asks', async () => {
    for (let count = 0; count < 6; count++) await warsaw.see(ret)
    // A second worker of the function would ask once more.
    expect(calls.filter(({ service }) => service === 'sts').length).toBeLessThanOrEqual(1)
  })

  test('lists what it filed, is offered and helps with on one page, with the labels that it may read', async () => {
    const own = await fileOne(warsaw)
    const offered = await fileOne(madrid)
    await madrid.command(offered, 'hand-over-case', {
      to: warsaw.party,
      case: { recipient: warsaw.party, basis: legalDuty },
    })
    await running.settled()
    calls.length = 0
    const { returns } = await warsaw.list()
    const labelled = returns.map((row) => [row.ret, row.label?.initials] as const)
    expect(new Map(labelled)).toEqual(
      new Map([
        [ret, undefined],
        [own, 'P. E.'],
        [offered, 'P. E.'],
      ]),
    )
    const batches = calls.filter(({ operation }) => operation === 'BatchGetItem')
    const read = batches.map((call) => {
      const keys = call.permissions.flatMap(({ context }) => context['dynamodb:LeadingKeys'] ?? [])
      return [tagsOf(call), ...new Set(keys)]
    })
    // Its own rows, and then labels, under the code of who filed each return and of no other.
    expect(read.toSorted()).toEqual(
      [
        ['4J5D/4J5D', warsaw.party],
        ['4J5D/4J5D', own],
        ['4J5D/6HKJ', offered],
      ].toSorted(),
    )
  })
})

describe('with the end of its task', () => {
  const report = { outcome: 'done', on: day(0), findings: 'Seen through to her gate.' }
  const ends: [CommandName, () => Desk, object][] = [
    ['report-task', () => warsaw, { travel: report }],
    ['decline-task', () => warsaw, { talk: { text: 'She does not come this way.' } }],
    ['end-task', () => filer, {}],
  ]
  test.each(ends)('%s takes all away from it, the log key too', async (name, by, body) => {
    const made = await helped('help-in-transit')
    const task = (await warsaw.see(made)).tasks[0]?.seq
    await by().command(made, name, { ...body, task })
    await running.settled()
    expect(await wrapIds(running, made, helper)).toEqual([])
    const seen = await warsaw.see(made)
    expect([seen.membership, seen.commands, seen.tasks]).toEqual(['ended', [], []])
    expect((await lineOf(warsaw, made))?.membership).toBe('ended')
    for (const act of [() => warsaw.open(made, ['identity']), () => warsaw.command(made, 'ask', bodies.ask)])
      expect(await refusalOf(act())).toMatchObject({ status: 403, code: 'basis-ended' })
    // Nobody asks it what it did with what it held: it held it for the task, and was told of its end.
    expect((await filer.see(made)).withdrawals).toEqual([])
    await iom.command(made, 'change-travel', bodies['change-travel'])
    expect(await wrapIds(running, made, helper)).toEqual([])
    expect((await warsaw.events(made)).events).toHaveLength(2)
  })

  test('it keeps what another task of its own still needs', async () => {
    const made = await helped('help-in-transit', 'second-country')
    const [first, second] = (await warsaw.see(made)).tasks
    await filer.command(made, 'end-task', { task: first?.seq })
    const left = ['case', 'contacts', 'identity', 'log', 'safety', 'talk']
    expect(await classesHeld(running, made, helper)).toEqual(left)
    expect((await warsaw.open(made, ['case'])).sections.length).toBeGreaterThan(0)
    expect((await warsaw.open(made, ['travel'])).sections).toEqual([])
    await filer.command(made, 'end-task', { task: second?.seq })
    expect(await wrapIds(running, made, helper)).toEqual([])
  })
})

describe('a mission whose worklist has no row of it', () => {
  test('is answered as for an unknown return, whatever it asks, and not one key of it is touched', async () => {
    await withRosterRead(madrid)
    for (const refused of await refusals(madrid)) expect(refused).toMatchObject(ofUnknown)
    // Nor anything else of it: that it was refused is written down among what its own people were.
    const ofRefusals = ({ permissions: needs }: PendingCall) =>
      needs.every(({ context }) =>
        String(context['dynamodb:LeadingKeys']).startsWith(`refused#${madrid.party}#`),
      )
    const asked = calls.filter((call) => call.service !== 'sts' && !ofRefusals(call))
    expect(new Set(asked.map(({ operation }) => operation))).toEqual(new Set(['GetItem']))
    expect(new Set(calls.map(tagsOf)).has('6HKJ/1XGE')).toBe(false)
  })

  test('and so is one that was invited, until the inbox has delivered it', async () => {
    const row = await rowOf(warsaw.party)
    await running.stored.remove('worklists', row)
    for (const refused of await refusals(warsaw)) expect(refused).toMatchObject(ofUnknown)
    await running.stored.put('worklists', row)
    expect((await warsaw.see(ret)).ret).toBe(ret)
  })

  test('is not helped by a row of somebody else, nor by one of another return', async () => {
    const row = await rowOf(warsaw.party)
    await running.stored.put('worklists', {
      ...row,
      party: { S: madrid.party },
      ret: { S: `${ret.slice(0, -1)}0` },
    })
    for (const refused of await refusals(madrid)) expect(refused).toMatchObject(ofUnknown)
  })
})

test('a row alone is not enough: who is not on the return is answered as for an unknown one', async () => {
  const row = await rowOf(warsaw.party)
  await running.stored.put('worklists', { ...row, party: { S: madrid.party } })
  for (const refused of await refusals(madrid)) expect(refused).toMatchObject(ofUnknown)
  await running.stored.remove('worklists', { ...row, party: { S: madrid.party } })
})
