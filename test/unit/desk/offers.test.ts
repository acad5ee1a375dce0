import fc from 'fast-check'
import { expect, test } from 'vitest'
import type * as z from 'zod/mini'
import { viewOf } from '../../../functions/api/returns/view-return.ts'
import { actionsOn, isChoice } from '../../../functions/desk/return/next-step.ts'
import { type Actor, offeredTo, offers } from '../../../functions/desk/return/offers.ts'
import type { ReturnView } from '../../../functions/desk/return/return-head.tsx'
import { stagesOf } from '../../../functions/desk/return/stages.tsx'
import { addressed } from '../../../functions/domain/access/readers.ts'
import { returnAnswer } from '../../../schemas/api/answers.ts'
import {
  type CommandName,
  commandNames,
  commandShape,
  commandsOf,
  startsFrom,
} from '../../../schemas/commands/commands.ts'
import { type Phase, phases } from '../../../schemas/procedure/phases.ts'
import { stepNames } from '../../../schemas/procedure/procedure.ts'
import { workItemNames } from '../../../schemas/procedure/work-items.ts'
import { ageBand } from '../../../schemas/values/codes.ts'
import {
  addressedKinds,
  authorRoles,
  kindOf,
  type PartyId,
  partyId,
} from '../../../schemas/values/parties.ts'
import { bodies, partner } from '../../parts/bodies.ts'
import { answerTo, type DomainReturn, stateOf } from '../../parts/domain-return.ts'
import { bodyFor } from '../../parts/domain-walk-bodies.ts'
import { walk, walks } from '../../parts/domain-walks.ts'

const parties: Readonly<Record<string, PartyId>> = {
  mission: partyId.parse('mission:1XGE'),
  consular: partyId.parse('consular'),
  iom: partyId.parse('iom'),
  centre: partyId.parse('centre:C0MT'),
  ministry: partyId.parse('ministry'),
  partner,
}

const actors: readonly Actor[] = addressedKinds.flatMap((kind) =>
  authorRoles.map((role) => ({ user: 'me', party: parties[kind] ?? partner, kind, role })),
)

/** A return in a phase, as a party sees it: with all that a command could point at, or with nothing. */
function seenIn(
  phase: Phase,
  { kind, party }: Actor,
  full: boolean,
  band: z.infer<typeof ageBand>,
): ReturnView {
  const other = partyId.parse(party === 'iom' ? 'centre:C0MT' : 'iom')
  return {
    ret: `1XGE${'0'.repeat(26)}`,
    reference: 'RET-0000-0000',
    phase,
    urgency: 0,
    version: 3,
    hash: 'a'.repeat(64),
    items: full ? workItemNames.map((what) => ({ what, party, seq: 1 })) : [],
    flags: [],
    membership: 'on',
    request: '0'.repeat(26),
    cleared: false,
    alerts: [],
    overdue: [],
    links: full ? [{ seq: 1, link: 'same', toEnd: 'either', since: '2026-11-21T09:00:00.000Z' }] : [],
    calls: full ? [{ seq: 1, party }] : [],
    at: '2026-11-21T09:00:00.000Z',
    responsible: parties.mission ?? party,
    arranger: party,
    arrangers: [],
    recipients: full ? { iom: 'consent' } : {},
    reads: {},
    withdrawals: [],
    tasks: full
      ? [
          { seq: 1, task: 'assess-family', to: party, by: other },
          { seq: 2, task: 'take-over', to: party, by: other },
          { seq: 3, task: 'assess-family', to: other, by: party },
        ]
      : [],
    identityConfirmed: false,
    documentIssued: false,
    riskAssessed: false,
    procedure: { version: '2026-11', placeholder: true },
    due: full ? stepNames.map((step) => ({ step, owner: kind, day: '2026-12-01' })) : [],
    funded: false,
    placeHeld: full,
    questions: full ? [{ seq: 1, by: other, for: party }] : [],
    handovers: full ? [{ seq: 1, by: other }] : [],
    commands: commandsOf(kind).filter((name) => startsFrom(name, phase)),
    label: { initials: 'M. E.', ageBand: band },
    ...(full ? { evacuation: { user: 'another', confirmed: false }, lacking: [other] } : {}),
  }
}

/** Every command that a link or a button of the page leads to, also by the pages behind them. */
function reachable(me: Actor, seen: ReturnView): CommandName[] {
  const { main, also, groups, rarely } = actionsOn(me, seen)
  const onMain = main ? (isChoice(main) ? main.commands : main.commands.slice(0, 1)) : []
  return [...onMain, ...also, ...groups.flatMap(([, commands]) => commands), ...rarely]
}

/** What needs something on the return. */
const pointing: readonly CommandName[] = commandNames.filter(
  (name) => name !== 'cancel' && name in offers && offers[name as keyof typeof offers].needs !== undefined,
)

test.each(phases)(
  '%s: every command that a party and its role may give stands there once, and no other',
  (phase) => {
    for (const me of actors)
      for (const band of ageBand.options)
        for (const full of [true, false]) {
          const seen = seenIn(phase, me, full, band)
          const expected = seen.commands.filter(
            (name) =>
              (commandShape(name).roles?.includes(me.role) ?? true) && (full || !pointing.includes(name)),
          )
          expect([me.kind, me.role, ...reachable(me, seen).sort()]).toEqual([
            me.kind,
            me.role,
            ...expected.filter((name) => name !== 'cancel' || phase !== 'cancelled').sort(),
          ])
          expect(actionsOn(me, seen).also.length).toBeLessThanOrEqual(7)
        }
  },
)

test('an adult is offered nothing that protects a child, and a child is', () => {
  const me = actors.find(({ kind, role }) => kind === 'iom' && role === 'officer')
  if (!me) throw new Error('Nobody is at IOM.')
  const offeredAt = (band: z.infer<typeof ageBand>) => offeredTo(me, seenIn('accepted', me, false, band))
  for (const band of ['0-5', '12-15', '16-17', 'not-known'] as const)
    expect(offeredAt(band).now).toContain('assess-child')
  for (const band of ['18-24', '65+'] as const) {
    expect(offeredAt(band).now).not.toContain('assess-child')
    // The age may be disputed: then it is still within reach.
    expect(offeredAt(band).rarely).toContain('assess-child')
  }
})

test('after the person was received nobody is asked whether she has left, and before a journey nobody whether she came', () => {
  for (const me of actors) {
    const now = (phase: Phase) => offeredTo(me, seenIn(phase, me, false, '25-34')).now
    for (const name of ['depart', 'did-not-come', 'contact-lost', 'report-way', 'arrive', 'cancel'] as const)
      if (name !== 'cancel') expect(now('received')).not.toContain(name)
    if (me.kind !== 'centre') expect(now('filed')).not.toContain('arrive')
  }
})

test('an evacuation is confirmed by somebody else than who ordered it, and only where one was ordered', () => {
  const me = actors.find(({ kind, role }) => kind === 'iom' && role === 'duty-officer')
  if (!me) throw new Error('Nobody is on duty.')
  const seen = seenIn('accepted', me, false, '25-34')
  const confirms = (view: ReturnView) => reachable(me, view).includes('confirm-evacuation')
  expect(confirms(seen)).toBe(false)
  expect(confirms({ ...seen, evacuation: { user: 'another', confirmed: false } })).toBe(true)
  expect(confirms({ ...seen, evacuation: { user: 'me', confirmed: false } })).toBe(false)
  expect(confirms({ ...seen, evacuation: { user: 'another', confirmed: true } })).toBe(false)
})

test('one stage is the present one in every phase of a return, and an alert has none', () => {
  const [me] = actors
  if (!me) throw new Error('There is nobody.')
  for (const phase of phases) {
    const now = stagesOf(seenIn(phase, me, true, '25-34')).filter(({ mark }) => mark === 'now')
    const isAlert = /alert|request/.test(phase)
    expect([phase, now.length]).toEqual([phase, isAlert ? 0 : 1])
  }
})

/** A return of a walk as a party sees it, in the form of the answer. */
function seenBy(made: DomainReturn, party: PartyId): ReturnView {
  const state = stateOf(made)
  const details = { version: state.version, hash: 'a'.repeat(64), at: '2026-11-21T09:00:00.000Z' }
  return returnAnswer.parse({ ...viewOf(state, party, { ...details, reference: 'RET-0000-0000' }) })
}

test('whatever has happened, a command that the API would accept is within reach of the page', () => {
  let accepted = 0
  fc.assert(
    fc.property(walks, fc.nat({ max: 1_000 }), ({ start, steps }, number) => {
      const made = walk(start, steps)
      const state = stateOf(made)
      for (const party of new Set([...addressed(state), ...state.withdrawals.keys()])) {
        const seen = seenBy(made, party)
        for (const name of commandsOf(kindOf(party))) {
          const role = commandShape(name).roles?.[0] ?? 'officer'
          const body = bodyFor(made, party, name, number) ?? bodies[name]
          if (answerTo(made, { name, by: party, role, user: 'user-9', body }) !== 'accepted') continue
          accepted += 1
          const me: Actor = { user: 'user-9', party, kind: kindOf(party), role }
          expect([name, reachable(me, seen).includes(name)]).toEqual([name, true])
        }
      }
    }),
    { numRuns: 60 },
  )
  expect(accepted).toBeGreaterThan(500)
})
