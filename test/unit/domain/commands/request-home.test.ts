import { describe, expect, test } from 'vitest'
import { addressed, classesRead, membershipOf } from '../../../../functions/domain/access/readers.ts'
import { waitsFor } from '../../../../functions/domain/reports/work-items.ts'
import { commandsFor } from '../../../../functions/domain/reports/worklist-row.ts'
import type { CommandName } from '../../../../schemas/commands/commands.ts'
import { beforeLeaving } from '../../../../schemas/procedure/phases.ts'
import { type WayIn, waysIn, waysOf } from '../../../../schemas/procedure/ways.ts'
import { type PartyId, partnerKinds } from '../../../../schemas/values/parties.ts'
import {
  bodies,
  centre,
  consent,
  consular,
  everyone,
  iom,
  istanbul,
  legalDuty,
  ministry,
  ngo,
  partnerOf,
  refused,
  registry,
  sample,
  taskFor,
  withdrawalOf,
} from '../../../parts/bodies.ts'
import {
  answerTo,
  dueNow,
  filed,
  give,
  keptIn,
  refusalOf,
  stateOf,
  after as stepped,
  timeOf,
} from '../../../parts/domain-return.ts'
import { watched } from '../../../parts/domain-watch.ts'
import { homeAs } from '../../../parts/home.ts'

const others = everyone.filter(([holder]) => holder !== iom && holder !== centre)
const byCentre = () => filed(homeAs('spontaneous', [[iom, consent], ...others]), centre)
const byNgo = () => filed(homeAs('referral', [[centre, consent], ...others]), ngo)
const byIom = () => filed(homeAs('spontaneous', [[centre, consent], ...others]), iom)

describe('who registers somebody who is home', () => {
  const parties: [PartyId, readonly WayIn[]][] = [
    [iom, waysOf('iom')],
    [centre, waysOf('centre')],
    ...partnerKinds.map((kind): [PartyId, readonly WayIn[]] => [partnerOf[kind], waysOf('partner', kind)]),
  ]

  test.each(parties)('%s, by %s and by no other way in', (by, ways) => {
    for (const wayIn of waysIn) {
      const file = () => filed(homeAs(wayIn, [['figures', consent]]), by)
      if (ways.includes(wayIn)) expect(stateOf(file()).responsible).toBe(by)
      else expect(file).toThrow(ways.length > 0 ? 'bad-input' : 'not-yours')
    }
  })

  test('a civil registry, a prosecutor and a team register nobody', () => {
    for (const kind of ['civil-registry', 'prosecutor', 'multidisciplinary-team'] as const)
      expect(waysOf('partner', kind)).toEqual([])
  })

  test('the way in is not amended away, nor into the request of a mission', () => {
    const { wayIn: _, ...request } = homeAs('referral').case
    const body = { slot: 'request', case: { ...request, agreement: sample.case.agreement } }
    const recipients = [
      { recipient: centre, basis: consent },
      ...others.map(([recipient, basis]) => ({ recipient, basis })),
    ]
    const same = { ...body.case, agreement: { ...body.case.agreement, recipients } }
    expect(
      refusalOf(byNgo(), { name: 'amend', by: ngo, body: { ...body, case: same } })?.detail.fields,
    ).toEqual(['case.wayIn'])
    expect(
      answerTo(byNgo(), { name: 'amend', by: ngo, body: { ...body, case: { ...same, wayIn: 'referral' } } }),
    ).toBe('accepted')
    expect(
      answerTo(filed(), {
        name: 'amend',
        by: istanbul,
        body: { slot: 'request', case: { ...sample.case, wayIn: 'referral' } },
      }),
    ).toBe('bad-input')
  })
})

describe('a return that begins at home', () => {
  test.each([
    ['the Centre', byCentre],
    ['an organisation', byNgo],
    ['IOM', byIom],
  ] as const)(
    'registered by %s has arrived, waits for the Centre, and nothing before that is asked',
    (_, make) => {
      const made = make()
      expect(stateOf(made)).toMatchObject({ phase: 'arrived', alerts: [] })
      expect(Object.keys(dueNow(made))).toEqual(['receive'])
      expect(waitsFor(stateOf(made)).map(({ party }) => party)).toEqual([centre])
      const travels: CommandName[] = [
        'acknowledge',
        'accept',
        'plan-travel',
        'confirm-travel',
        'clear-to-leave',
        'override',
        'evacuate',
      ]
      for (const party of addressed(stateOf(made)))
        expect(commandsFor(stateOf(made), party).filter((name) => travels.includes(name))).toEqual([])
      const late = watched(made, '2026-12-20T10:00:00.000Z')
      const items = late.events.flatMap((event) => (event.type === 'overdue' ? [event.data.step] : []))
      expect(items).toEqual(['receive'])
    },
  )

  test('nobody who is not told has a step: without a centre nobody is late', () => {
    const alone = filed(homeAs('referral', [[iom, refused]]), ngo)
    expect(addressed(stateOf(alone))).toEqual([ngo, consular])
    expect(dueNow(alone)).toEqual({})
    for (const party of [iom, centre, ministry]) expect(membershipOf(stateOf(alone), party)).toBe('none')
    expect(
      stateOf(
        stepped(alone, [
          [ngo, 'cancel'],
          [ngo, 'close'],
        ]),
      ).phase,
    ).toBe('closed')
  })

  test('goes on with arrival, admission, services and a follow-up, and is closed', () => {
    const arrived = stepped(byCentre(), [[centre, 'arrive']])
    expect(stateOf(arrived)).toMatchObject({ phase: 'arrived', alerts: [], arrivedAt: timeOf(1) })
    const made = stepped(arrived, [
      [centre, 'admit'],
      [centre, 'offer-services'],
      [centre, 'plan-stay'],
      [centre, 'leave-centre'],
      [centre, 'follow-up'],
      [centre, 'close'],
    ])
    expect(stateOf(made)).toMatchObject({ phase: 'closed', outcome: 'admitted' })
  })

  test('she goes home without ever having come to the Centre', () => {
    expect(stateOf(stepped(byNgo(), [[centre, 'refer-home']]))).toMatchObject({
      phase: 'received',
      outcome: 'referred-home',
    })
  })

  test('an arrival that was told wrongly leaves her where she is: at home', () => {
    const arrived = give(byNgo(), { name: 'arrive', by: centre })
    const body = { corrects: 1 }
    expect(stateOf(give(arrived, { name: 'correct', by: centre, body })).phase).toBe('arrived')
    expect(beforeLeaving).not.toContain(stateOf(byNgo()).phase)
  })
})

describe('a partner that filed', () => {
  test('reads what a post would, and writes protection and care without reading them back', () => {
    const made = byNgo()
    expect([...classesRead(stateOf(made), ngo)].sort()).toEqual([
      'case',
      'contacts',
      'identity',
      'safety',
      'travel',
    ])
    for (const slot of ['identification', 'needs']) expect(keptIn(made, slot)[0]?.readers).not.toContain(ngo)
    expect(keptIn(made, 'person')[0]?.readers).toContain(ngo)
  })

  test('records what she says: a new wish, and consent taken back', () => {
    const made = stepped(byNgo(), [[ngo, 'record-wish']])
    const gone = give(made, { name: 'withdraw', by: ngo, body: withdrawalOf(centre) })
    expect(membershipOf(stateOf(gone), centre)).toBe('ended')
    expect(answerTo(gone, { name: 'withdraw', by: ngo, body: withdrawalOf(ngo) })).toBe('unknown-target')
  })

  test('puts right who she is; nobody else does, and it does so nowhere else', () => {
    const body = { slot: 'person', identity: sample.identity }
    expect(answerTo(byNgo(), { name: 'amend', by: ngo, body })).toBe('accepted')
    expect(answerTo(byNgo(), { name: 'amend', by: centre, body })).toBe('not-yours')
    expect(answerTo(filed(), { name: 'amend', by: iom, body })).toBe('not-yours')
    expect(answerTo(filed(), { name: 'amend', by: ngo, body })).toBe('not-found')
  })

  test('hands over to the Centre that is told, which then answers for it; until then it does itself', () => {
    const made = byNgo()
    const offered = give(made, {
      name: 'hand-over-case',
      by: ngo,
      body: { to: centre, case: { recipient: centre, basis: consent } },
    })
    expect(stateOf(offered).responsible).toBe(ngo)
    expect(answerTo(offered, { name: 'accept-case', by: iom })).not.toBe('accepted')
    const taken = give(offered, { name: 'accept-case', by: centre })
    expect(stateOf(taken).responsible).toBe(centre)
    expect(membershipOf(stateOf(taken), ngo)).toBe('ended')
    expect(taken.kept.flatMap(({ readers }) => readers)).not.toContain(ngo)
    expect(answerTo(taken, { name: 'withdraw', by: ngo })).toBe('basis-ended')
    expect(
      stateOf(
        stepped(taken, [
          [centre, 'admit'],
          [centre, 'close'],
        ]),
      ).phase,
    ).toBe('closed')
  })

  test('hands over to nobody who is not on the return: it wraps for no other', () => {
    const alone = filed(homeAs('referral', [[iom, refused]]), ngo)
    const body = { to: centre, case: { recipient: centre, basis: consent } }
    expect(answerTo(alone, { name: 'hand-over-case', by: ngo, body })).toBe('unknown-target')
    expect(answerTo(byNgo(), { name: 'accept-case', by: centre })).toBe('not-yours')
  })

  test('reads no longer, so many days after she has come', () => {
    const made = stepped(byNgo(), [[centre, 'admit']])
    const late = watched(made, '2027-01-30T10:00:00.000Z')
    expect(stateOf(late).accessEnded).toEqual(new Set([ngo]))
    expect(classesRead(stateOf(late), ngo)).toEqual(new Set())
  })
})

test('a centre cancels and hands over only what it answers for', () => {
  const body = { to: istanbul, case: { recipient: istanbul, basis: legalDuty } }
  expect(answerTo(filed(), { name: 'cancel', by: centre })).toBe('not-yours')
  expect(answerTo(filed(), { name: 'hand-over-case', by: centre, body })).toBe('not-yours')
  expect(answerTo(byCentre(), { name: 'cancel', by: centre, body: bodies.cancel })).toBe('accepted')
  expect(answerTo(byCentre(), { name: 'hand-over-case', by: centre, body })).toBe('accepted')
  // Whom a mission filed for stays with missions.
  const toCentre = { to: centre, case: { recipient: centre, basis: legalDuty } }
  expect(answerTo(filed(), { name: 'hand-over-case', by: istanbul, body: toCentre })).toBe('unknown-target')
})

test('the registry says who she is, by a task that the Centre gives', () => {
  const given = give(byNgo(), {
    name: 'give-task',
    by: centre,
    body: taskFor(registry, 'confirm-citizenship', legalDuty),
  })
  const body = { task: 1, identity: { outcome: 'done', on: '2026-11-23', findings: 'Made up for a test.' } }
  const after = give(given, { name: 'report-task', by: registry, body })
  expect(keptIn(after, 'report')[0]?.readers).toEqual(expect.arrayContaining([ngo, centre]))
})
