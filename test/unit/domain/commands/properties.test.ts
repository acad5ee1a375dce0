import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addressed, readersOf } from '../../../../functions/domain/access/readers.ts'
import { mayGive } from '../../../../functions/domain/access/rights.ts'
import { evolve, fold } from '../../../../functions/domain/evolve.ts'
import { closedGates } from '../../../../functions/domain/gates/gates.ts'
import { waitsFor } from '../../../../functions/domain/reports/work-items.ts'
import { commandsFor } from '../../../../functions/domain/reports/worklist-row.ts'
import type { State } from '../../../../functions/domain/state.ts'
import { alertCommands } from '../../../../schemas/commands/alert.ts'
import { type CommandName, commandNames, commandShape } from '../../../../schemas/commands/commands.ts'
import { eventData } from '../../../../schemas/events/event-data.ts'
import { phases, returnPhases } from '../../../../schemas/procedure/phases.ts'
import { mayRead, type SectionClass, sectionClassNames } from '../../../../schemas/values/classes.ts'
import { kindOf, type PartyId } from '../../../../schemas/values/parties.ts'
import { centre, consular, iom, istanbul, ministry } from '../../../parts/bodies.ts'
import {
  after,
  answerTo,
  commandOf,
  type DomainReturn,
  decided,
  factsFor,
  give,
  refusalOf,
  stateOf,
} from '../../../parts/domain-return.ts'
import { filings, stepOf, walk, walks } from '../../../parts/domain-walks.ts'
import { watched } from '../../../parts/domain-watch.ts'
import { foreignEvents } from '../../../parts/foreign-events.ts'

/** Who is on a return, and who was left out and has not answered. */
const known = (state: State) => [
  ...addressed(state),
  ...[...state.withdrawals].flatMap(([party, { answer }]) => (answer ? [] : [party])),
]

test('evolve is total: whatever part of a trail is left, in whatever order, it gives a state and throws nothing', () => {
  fc.assert(
    fc.property(
      walks.chain(({ start, steps }) => {
        const { events } = walk(start, steps)
        return fc.record({
          first: fc.constant(events.slice(0, 1)),
          some: fc.shuffledSubarray([...events.slice(1)]),
        })
      }),
      foreignEvents,
      ({ first, some }, foreign) => {
        const events = [...first, ...some, ...foreign]
        const state = fold(events)
        expect(phases).toContain(state?.phase)
        expect(state?.ret).toBe(first[0]?.ret)
        if (state) {
          expect(known(state)).toEqual(expect.arrayContaining(waitsFor(state).map(({ party }) => party)))
          for (const party of known(state)) expect(commandsFor(state, party)).toBeDefined()
          for (const cls of sectionClassNames) expect(readersOf(state, cls)).not.toContain('watch')
        }
        expect(fold([...some, ...foreign])).toBeUndefined()
        expect(some.reduce<State | undefined>(evolve, undefined)).toBeUndefined()
      },
    ),
  )
})

test('a fold is the same each time, changes nothing that it was given, and goes on from where it was', () => {
  fc.assert(
    fc.property(walks, ({ start, steps }) => {
      const made = walk(start, steps)
      const { events } = made
      const before = structuredClone(events)
      expect(fold(events)).toEqual(fold(events))
      // What the walk went on from at each step.
      expect(stateOf(made)).toEqual(fold(events))
      expect(events).toEqual(before)
      const corrected = events.some(({ type }) => type === 'corrected')
      if (corrected) return
      const { written: _, version: __, ...folded } = stateOf({ events })
      expect(events.reduce<State | undefined>(evolve, undefined)).toEqual(folded)
    }),
  )
})

test('no permission passes a closed gate, and what a gate closes says whose it is', () => {
  let refused = 0
  fc.assert(
    fc.property(walks, ({ start, steps }) => {
      walk(start, steps, (made, step) => {
        const given = stepOf(made, step)
        if (!given) return
        const refusal = refusalOf(made, given)
        // A vouching names gates that are closed, and has none before it.
        if (given.name === 'attest' || (refusal && refusal.code !== 'gate-closed')) return
        const gates = closedGates(commandOf(made, given), stateOf(made), factsFor(made, given))
        expect(refusal?.detail.gates ?? []).toEqual(gates)
        if (refusal) refused += 1
      })
    }),
  )
  expect(refused).toBeGreaterThan(0)
})

const facts = commandNames.filter((name) => commandShape(name).states === 'fact')
/** Who may state a fact: owners of the command, in whatever part they are on the return. */
const stating = (made: DomainReturn, name: CommandName) =>
  addressed(stateOf(made)).filter((party) => mayGive(stateOf(made), party, name))

test('no fact is refused while a return is open, whatever was seen or not seen', () => {
  fc.assert(
    fc.property(
      walks,
      fc.constantFrom(...facts),
      fc.subarray(sectionClassNames),
      ({ start, steps }, name, unseen) => {
        const made = walk(start, steps)
        const closed = stateOf(made).phase === 'closed'
        for (const by of stating(made, name)) {
          expect(answerTo(made, { name, by }, { opened: [], unseen })).toBe(
            closed ? 'wrong-phase' : 'accepted',
          )
          if (closed) continue
          expect(answerTo(made, { name, by })).toBe('accepted')
          expect(answerTo(made, { name, by }, { ...factsFor(made, { name, by }), unseen })).toBe('accepted')
        }
      },
    ),
  )
})

/** Who may be told anything at all, by the grounds alone. */
function entitled(made: DomainReturn): string[] {
  const { responsible, basis } = stateOf(made)
  const standing = ['consent', 'other-basis', 'to-ask', 'accompanying']
  const grounds = [...basis].filter(([, ground]) => standing.includes(ground))
  return [responsible, consular, ...grounds.map(([holder]) => holder)]
}

test('nobody without a standing basis is told of an event or can read a section', () => {
  fc.assert(
    fc.property(walks, ({ start, steps }) => {
      walk(start, steps, (made, step) => {
        const given = stepOf(made, step)
        if (!given || refusalOf(made, given)) return
        const { to, seals } = decided(made, given)
        const gone = give(made, given)
        // Who leaves is told for the last time, who comes for the first; and who left has told what it did.
        expect([...entitled(made), ...entitled(gone), given.by]).toEqual(expect.arrayContaining(to))
        for (const { cls, readers } of seals) {
          const reading = readers.filter((holder) => holder !== 'custodian')
          expect(entitled(gone)).toEqual(expect.arrayContaining(reading))
          for (const reader of reading) expect([cls, reader, mayRead(kindOf(reader), cls)]).toContain(true)
          // The custodian keeps what somebody reads, and nothing else.
          expect(reading.length).toBeGreaterThan(0)
        }
      })
      const made = walk(start, steps)
      for (const { readers } of made.kept)
        expect([...entitled(made), 'custodian']).toEqual(expect.arrayContaining([...readers]))
    }),
  )
})

test('the clear data of every decision is of its event type, and every seal has a content', () => {
  fc.assert(
    fc.property(walks, ({ start, steps }) => {
      walk(start, steps, (made, step) => {
        const given = stepOf(made, step)
        if (!given || refusalOf(made, given)) return
        const { type, data, seals, contents } = decided(made, given)
        expect(eventData[type].safeParse(data).success).toBe(true)
        const classes: SectionClass[] = seals.map(({ cls }) => cls)
        expect([...contents.keys()]).toEqual(classes)
        for (const content of contents.values()) expect(content).toBeDefined()
      })
    }),
  )
})

/** Commands that a party gives by themselves: none goes with a filing or with the decision on a match. */
const givenBySelf = commandNames.filter((name) => name !== 'file' && !commandShape(name).withDecision)

test('a command that a party is offered is never refused for its phase or its part, and no other is accepted', () => {
  fc.assert(
    fc.property(walks, ({ start, steps }) => {
      const made = walk(start, steps)
      const state = stateOf(made)
      for (const by of addressed(state))
        for (const name of givenBySelf) {
          const actual = [by, name, answerTo(made, { name, by })]
          if (commandsFor(state, by).includes(name)) expect(actual).not.toEqual([by, name, 'wrong-phase'])
          else expect([by, name, 'accepted']).not.toEqual(actual)
        }
    }),
    { numRuns: 40 },
  )
})

test('a fact takes nothing away: what stood before it stands after it', () => {
  fc.assert(
    fc.property(walks, fc.constantFrom(...facts), ({ start, steps }, name) => {
      const made = walk(start, steps)
      const before = stateOf(made).sections
      if (stateOf(made).phase === 'closed') return
      for (const by of stating(made, name))
        expect(stateOf(give(made, { name, by })).sections.slice(0, before.length)).toEqual(before)
    }),
  )
})

test('every return has a way out that the post which answers for it can take alone', () => {
  fc.assert(
    fc.property(walks, ({ start, steps }) => {
      const made = walk(start, steps)
      const ways = {
        closed: [],
        cancelled: ['close'],
        received: ['close'],
        other: ['cancel', 'close'],
      } as const
      const { phase, responsible } = stateOf(made)
      const way = phase === 'closed' || phase === 'cancelled' || phase === 'received' ? phase : 'other'
      const ended = after(
        made,
        ways[way].map((name) => [responsible, name]),
      )
      expect(stateOf(ended).phase).toBe('closed')
      expect(stateOf(after(ended, [[responsible, 'reopen']])).phase).not.toBe('closed')
    }),
  )
})

test('every return that IOM or the Centre is on has a way out, whatever has happened and is missing', () => {
  fc.assert(
    fc.property(walks, ({ start, steps }) => {
      const made = walk(start, steps)
      const [by] = stating(made, 'admit').filter((party) => mayGive(stateOf(made), party, 'close'))
      if (!by) return
      const open = stateOf(made).phase === 'closed' ? after(made, [[by, 'reopen']]) : made
      const ended = after(open, [
        [by, 'admit'],
        [by, 'close'],
      ])
      expect(stateOf(ended)).toMatchObject({ phase: 'closed', outcome: 'admitted' })
    }),
  )
})

test('the walks of these tests come to every phase and give every command', () => {
  const seen = new Set<string>()
  for (const { start, steps } of fc.sample(walks, { numRuns: 400, seed: 3 })) {
    const made = walk(start, steps, (item) => seen.add(stateOf(item).phase))
    seen.add(stateOf(made).phase)
    // What ends by itself does so long after the last command.
    for (const { type } of watched(made, '2027-06-01T00:00:00.000Z').events) seen.add(type)
  }
  // Alerts have walks of their own (`alert.test.ts`).
  const ofAlerts: string[] = Object.values(alertCommands).map(({ event }) => event)
  const all = [...returnPhases, ...Object.keys(eventData)].filter((item) => !ofAlerts.includes(item))
  expect(all.filter((item) => !seen.has(item))).toEqual([])
})

test('a filing tells and wraps for whom its grounds name, however many there are', () => {
  fc.assert(
    fc.property(filings, (made) => {
      const parties: PartyId[] = [istanbul, iom, centre, ministry]
      for (const { readers } of made.kept) expect(new Set(readers).size).toBe(readers.length)
      expect(made.events[0]?.to).toEqual(expect.arrayContaining([istanbul, consular]))
      expect(entitled(made)).toEqual(expect.arrayContaining(addressed(stateOf(made))))
      for (const party of parties)
        expect(addressed(stateOf(made)).includes(party)).toBe(entitled(made).includes(party))
    }),
  )
})
