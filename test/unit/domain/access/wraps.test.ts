import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addressed, readersOf } from '../../../../functions/domain/access/readers.ts'
import type { Decision } from '../../../../functions/domain/plan.ts'
import { previewWithdrawal } from '../../../../functions/domain/reports/withdrawal-preview.ts'
import { dueOf } from '../../../../functions/domain/schedule/due.ts'
import { isRefusal } from '../../../../schemas/api/problems.ts'
import { sectionClassNames } from '../../../../schemas/values/classes.ts'
import type { HolderId } from '../../../../schemas/values/parties.ts'
import { consular, istanbul, withdrawalOf } from '../../../parts/bodies.ts'
import {
  type DomainReturn,
  decided,
  everythingOpened,
  give,
  refusalOf,
  stateOf,
} from '../../../parts/domain-return.ts'
import { type Step, stepOf, walk, walks } from '../../../parts/domain-walks.ts'

/** Each accepted step of a walk: the return before it, what was decided, and the return after it. */
function steps(start: DomainReturn, all: readonly Step[]) {
  const taken: { before: DomainReturn; decision: ReturnType<typeof decided>; after: DomainReturn }[] = []
  walk(start, all, (before, step) => {
    const given = stepOf(before, step)
    if (given && !refusalOf(before, given))
      taken.push({ before, decision: decided(before, given), after: give(before, given) })
  })
  return taken
}

/** The holders whose basis stands, and the two that need none. */
function entitled(made: DomainReturn): Set<HolderId> {
  const { responsible, basis } = stateOf(made)
  const stands = [...basis].filter(([, status]) =>
    ['consent', 'other-basis', 'to-ask', 'accompanying'].includes(status),
  )
  return new Set([responsible, consular, ...stands.map(([holder]) => holder)])
}

test('a party that gets wraps has a basis, and gets only those of what it may read from then on', () => {
  let granted = 0
  fc.assert(
    fc.property(walks, ({ start, steps: all }) => {
      for (const { decision, after } of steps(start, all)) {
        const { grants } = decision
        if (!grants) continue
        granted += 1
        expect([...entitled(after)]).toContain(grants.to)
        for (const { cls } of grants.sections) {
          expect(readersOf(stateOf(after), cls)).toContain(grants.to)
          expect(['talk', 'note']).not.toContain(cls)
        }
      }
    }),
  )
  expect(granted).toBeGreaterThan(0)
})

test('after any events, a party that may read a section holds a wrap of it or is known to lack it', () => {
  fc.assert(
    fc.property(walks, ({ start, steps: all }) => {
      const made = walk(start, all)
      const state = stateOf(made)
      const current = new Set(state.sections.map(({ sec }) => sec))
      for (const { section, readers } of made.kept) {
        const { sec, cls, slot } = section
        if (!current.has(sec) || cls === 'talk' || cls === 'note') continue
        const lacks = (holder: HolderId) => state.lacking.get(holder)?.sections.includes(sec) === true
        const may = readersOf(state, cls).filter((holder) => holder !== 'custodian' && !lacks(holder))
        const hold = readers.filter((holder) => holder !== 'custodian')
        expect([slot, [...hold].sort()]).toEqual([slot, [...may].sort()])
        // A section that only the custodian holds is locked until a day.
        if (hold.length === 0 && readers.includes('custodian'))
          expect([slot, state.locked.has(sec)]).toEqual([slot, true])
      }
    }),
    { numRuns: 200 },
  )
})

test('no removed recipient holds a wrap of what it may not read, and nobody of talk between others', () => {
  fc.assert(
    fc.property(walks, ({ start, steps: all }) => {
      const made = walk(start, all)
      for (const { section, readers } of made.kept) {
        expect([...entitled(made), 'custodian']).toEqual(expect.arrayContaining([...readers]))
        if (section.cls === 'note') expect([[], [section.by]]).toContainEqual(readers)
        if (section.cls === 'talk')
          for (const reader of readers) expect([section.by, section.for]).toContain(reader)
      }
    }),
  )
})

/** The holders of a return's log key after a decision; nobody gets it who holds it already. */
function logHoldersAfter(before: ReadonlySet<HolderId>, { grants, destroys }: Decision): Set<HolderId> {
  if (grants?.log) expect(before.has(grants.to)).toBe(false)
  const destroyed = destroys && 'wraps' in destroys ? destroys.wraps : []
  const lost = destroyed.flatMap(({ holder, classes }) => (classes.includes('log') ? [holder] : []))
  return new Set([...before, ...(grants?.log ? [grants.to] : [])].filter((holder) => !lost.includes(holder)))
}

test('each party on a return holds its log key, and a removed recipient holds it until it has answered', () => {
  fc.assert(
    fc.property(walks, ({ start, steps: all }) => {
      let holders = new Set<HolderId>(readersOf(stateOf(start), 'log'))
      for (const { decision, after } of steps(start, all)) {
        holders = logHoldersAfter(holders, decision)
        const state = stateOf(after)
        const unanswered = [...state.withdrawals].flatMap(([party, { answer }]) => (answer ? [] : [party]))
        expect([...holders].sort()).toEqual(
          [...new Set([...addressed(state), ...unanswered, 'watch'])].sort(),
        )
      }
    }),
  )
})

test('the preview of a withdrawal shows what the withdrawal then stops', () => {
  let cuts = 0
  fc.assert(
    fc.property(walks, ({ start, steps: all }) => {
      const made = walk(start, all)
      const state = stateOf(made)
      for (const recipient of [...state.basis.keys(), istanbul]) {
        const given = { name: 'withdraw', by: state.responsible, body: withdrawalOf(recipient) } as const
        const preview = stopsOf(made, recipient)
        if (!preview) {
          expect(refusalOf(made, given)).toBeDefined()
          continue
        }
        // A post whose access has ended cannot read whether the basis is a legal duty: a party that reads the case withdraws it.
        if (refusalOf(made, given)?.code === 'not-readable') continue
        const { data } = decided(made, given)
        const gone = give(made, given)
        const after = stateOf(gone)
        const reads = (at: typeof state) =>
          sectionClassNames.filter((cls) => readersOf(at, cls).includes(recipient))
        expect([recipient, preview.accessRemoved]).toEqual([recipient, data.accessRemoved])
        expect([preview.classes, preview.stillReads]).toEqual([reads(state), reads(after)])
        if (preview.accessRemoved && after.phase === 'travelling')
          expect(data.stillReads).toEqual(preview.stillReads)
        if (preview.accessRemoved) cuts += 1
        const left = (at: typeof state) => ({
          // A step that asks the person about a removed recipient does not count as stopped.
          steps: dueOf(at).flatMap(({ step }) => (step === 'ask-person' ? [] : [step])),
          tasks: at.tasks.map(({ task }) => task),
        })
        expect(preview.steps).toEqual(left(state).steps.filter((step) => !left(after).steps.includes(step)))
        expect(preview.tasks).toHaveLength(left(state).tasks.length - left(after).tasks.length)
        expect(preview.arranges).toBe(state.arranger !== after.arranger)
        expect(preview.holdsPlace).toBe(state.placeHeld?.by !== after.placeHeld?.by)
        expect(preview.questions).toBe(state.questions.length - after.questions.length)
        const locked = state.written.filter(({ sec }) => after.locked.has(sec) && !state.locked.has(sec))
        expect([...preview.locked].sort()).toEqual([...new Set(locked.map(({ cls }) => cls))].sort())
      }
    }),
  )
  expect(cuts).toBeGreaterThan(0)
})

function stopsOf(made: DomainReturn, recipient: HolderId) {
  try {
    return previewWithdrawal(stateOf(made), everythingOpened(made), recipient)
  } catch (error) {
    if (isRefusal(error)) return undefined
    throw error
  }
}
