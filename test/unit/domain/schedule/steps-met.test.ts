import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressed } from '../../../../functions/domain/access/readers.ts'
import { commandsFor } from '../../../../functions/domain/reports/worklist-row.ts'
import { askerOf, dueOf } from '../../../../functions/domain/schedule/due.ts'
import { afterLeaving, mayBegin, ownerOn } from '../../../../functions/domain/schedule/steps.ts'
import { type CommandName, commandOf } from '../../../../schemas/commands/commands.ts'
import { type GateName, gates, gatesBefore } from '../../../../schemas/procedure/gates.ts'
import { beforeLeaving, overPhases } from '../../../../schemas/procedure/phases.ts'
import { procedureOf, type StepName, stepNames } from '../../../../schemas/procedure/procedure.ts'
import { reception } from '../../../../schemas/values/codes.ts'
import { kindOf } from '../../../../schemas/values/parties.ts'
import { type bodies, centre, everyone, filingWith, happened, iom, istanbul } from '../../../parts/bodies.ts'
import {
  type DomainReturn,
  dueNow,
  everythingOpened,
  filed,
  give,
  keptIn,
  lastDues,
  refusalOf,
  stateOf,
  upTo,
} from '../../../parts/domain-return.ts'
import { walk, walks } from '../../../parts/domain-walks.ts'
import { given } from '../../../parts/given.ts'

/** The commands that finish a step, or the asking of a person anew. */
function meeting(made: DomainReturn, step: StepName | 'ask-person'): readonly CommandName[] {
  if (step === 'ask-person') return ['agree']
  const { steps } = procedureOf(stateOf(made).procedure)
  return steps.victim[step].done.map((event) => commandOf[event])
}

/**
 * Gates that somebody can open. That the person wants another way than the Centre is for nobody to change: a place is not
 * asked for. That she does not want to return is sealed, so the step runs on; its owner sends back or cancels.
 */
const canBeOpened = (gate: GateName) => gate !== 'wants-the-centre' && gates[gate].owner !== undefined

test('every step that is due has a command that can meet it, by a party on the return whose it is', () => {
  fc.assert(
    fc.property(walks, ({ start, steps }) => {
      walk(start, steps, (made) => {
        const state = stateOf(made)
        for (const { step, owner } of dueOf(state)) {
          const party =
            step === 'ask-person'
              ? askerOf(state)
              : [state.arranger, ...addressed(state)].find((on) => kindOf(on) === owner)
          const able = meeting(made, step).filter(
            (name) =>
              party && commandsFor(state, party).includes(name) && gatesBefore(name).every(canBeOpened),
          )
          const needsPlace = step === 'hold-place' && party && closedFor(made, party).length === 0
          expect([step, state.phase, owner, able.length > 0 || needsPlace]).toEqual([
            step,
            state.phase,
            owner,
            true,
          ])
        }
      })
    }),
  )
})

const closedFor = (made: DomainReturn, by: ReturnType<typeof askerOf>) =>
  (refusalOf(made, { name: 'hold-place', by }, everythingOpened(made))?.detail.gates ?? []).map(
    ({ gate }) => gate,
  )

test('every step that can be done is due, in every state that a walk comes to', () => {
  fc.assert(
    fc.property(walks, ({ start, steps }) => {
      walk(start, steps, (made) => {
        const state = stateOf(made)
        if (overPhases.includes(state.phase)) return
        const procedure = procedureOf(state.procedure)
        const open = stepNames.filter(
          (step) =>
            procedure.steps.victim[step].deadline &&
            !state.done.has(step) &&
            procedure.steps.victim[step].after.every((before) => state.done.has(before)) &&
            (beforeLeaving.includes(state.phase) || afterLeaving.includes(step)) &&
            mayBegin(step, state) &&
            ownerOn(procedure, step, state) &&
            // A place is asked for only of who chose the Centre, and a lapsed one is an item of its own.
            step !== 'hold-place',
        )
        expect([...state.due.keys()]).toEqual(expect.arrayContaining(open))
      })
    }),
  )
})

const choosing = (choice: (typeof reception.options)[number]) =>
  filed(filingWith(everyone, { reception: choice }))
const says = (choice: (typeof reception.options)[number]) =>
  ({
    name: 'record-choice',
    by: istanbul,
    body: { case: { happened: happened('2026-12-01'), choice } },
  }) as const

describe('a place is asked of the Centre for whom the Centre may be the choice', () => {
  test.each(reception.options)('given a person who chose "%s", when the journey is planned', (choice) => {
    const isAsked = choice === 'centre' || choice === 'not-asked'
    const made = upTo('plan-travel', choosing(choice))
    expect('hold-place' in dueNow(made)).toBe(isAsked)
    expect(refusalOf(made, { name: 'hold-place', by: centre })?.code).toBe(
      isAsked ? undefined : 'gate-closed',
    )
  })

  test.each(['home', 'elsewhere', 'none'] as const)(
    'given a place that is due, when she chooses "%s", then it is due no longer',
    (choice) => {
      const made = given(upTo('plan-travel'))
        .when(says(choice))
        .thenEvent({
          type: 'choice-recorded',
          data: { unseen: [], ends: ['hold-place'] },
          sections: { case: 'choice' },
        })
      expect(dueNow(made)).not.toHaveProperty('hold-place')
      expect(dueNow(give(made, { name: 'fund', by: iom }))).not.toHaveProperty('hold-place')
    },
  )

  test('given a person who chose home, when she chooses the Centre, then a place is due', () => {
    given(upTo('plan-travel', choosing('home')))
      .when(says('centre'))
      .thenEvent({
        type: 'choice-recorded',
        data: { unseen: [], due: [{ step: 'hold-place', day: '2026-11-24' }] },
        sections: { case: 'choice' },
      })
  })

  test('given a choice that was reported wrongly, when it is corrected, then what it ended is due again', () => {
    const said = give(upTo('plan-travel'), says('home'))
    const corrected = give(said, {
      name: 'correct',
      by: istanbul,
      body: { corrects: said.events.length - 1 },
    })
    expect(dueNow(corrected)).toHaveProperty('hold-place')
  })

  test('given a choice of the Centre that was reported wrongly, when it is corrected, then no place is due', () => {
    const said = give(choosing('home'), says('centre'))
    const planned = upTo('plan-travel', said)
    expect(dueNow(planned)).toHaveProperty('hold-place')
    const corrected = give(planned, { name: 'correct', by: istanbul, body: { corrects: 1 } })
    expect(dueNow(corrected)).not.toHaveProperty('hold-place')
  })

  test('given a place that is due, when the request is put right and says home, then it is due no longer', () => {
    const made = upTo('plan-travel')
    const [request] = keptIn(made, 'request')
    const body = {
      slot: 'request',
      supersedes: request?.section.sec,
      case: { ...(request?.content as typeof bodies.file.case), reception: 'home' },
    }
    expect(dueNow(give(made, { name: 'amend', by: istanbul, body }))).not.toHaveProperty('hold-place')
  })

  test('given a place that was held, when it is released after she chose home, then no other is due', () => {
    const home = give(upTo('hold-place'), says('home'))
    expect(lastDues(give(home, { name: 'release-place', by: centre }))).toEqual({})
  })
})
