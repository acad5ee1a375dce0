import { expect, test } from 'vitest'
import { mayGive } from '../../../../functions/domain/access/rights.ts'
import { fold } from '../../../../functions/domain/evolve.ts'
import { commandNames, commandShape } from '../../../../schemas/commands/commands.ts'
import { returnPhases } from '../../../../schemas/procedure/phases.ts'
import { centre, consular, iom, istanbul, ministry } from '../../../parts/bodies.ts'
import {
  answerTo,
  filed,
  give,
  inPhase,
  ownersOf,
  stateOf,
  straightPath,
  upTo,
} from '../../../parts/domain-return.ts'

test('a return goes from filing to closing, and each step leads where the table says', () => {
  let made = filed()
  expect(stateOf(made).phase).toBe('filed')
  for (const [by, name, phase] of straightPath) {
    made = give(made, { name, by })
    expect([name, stateOf(made).phase]).toEqual([name, phase])
  }
  expect(stateOf(made)).toMatchObject({
    phase: 'closed',
    outcome: 'admitted',
    identityConfirmed: true,
    documentIssued: true,
    riskAssessed: true,
    alerts: [],
    questions: [],
    phaseBefore: 'received',
  })
})

test('every event of the path is for the filing mission, the consular department and each recipient', () => {
  for (const event of upTo('close').events)
    expect(event.to).toEqual([istanbul, consular, iom, centre, ministry])
})

test.each(returnPhases)(
  'in phase %s each command is accepted or refused for its phase as the table says',
  (phase) => {
    const made = inPhase[phase]()
    expect(stateOf(made).phase).toBe(phase)
    for (const name of commandNames) {
      const { from, afterExclusion } = commandShape(name)
      const starts = from === 'open' ? phase !== 'closed' : from.includes(phase)
      for (const by of ownersOf(name)) {
        const actual = [name, by, answerTo(made, { name, by })]
        if (afterExclusion) expect(actual).toEqual([name, by, 'nothing-to-do'])
        else if (!mayGive(stateOf(made), by, name)) expect(actual).toEqual([name, by, 'not-yours'])
        else if (starts) expect(actual).not.toEqual([name, by, 'wrong-phase'])
        else expect(actual).toEqual([name, by, 'wrong-phase'])
      }
    }
  },
)

test('a return that was never filed has no state', () => {
  expect(fold([])).toBeUndefined()
  expect(fold(upTo('accept').events.slice(1))).toBeUndefined()
})

test('a second filing does not begin the return anew', () => {
  const { events } = upTo('accept')
  const [first] = events
  expect(fold([...events, ...(first ? [first] : [])])?.phase).toBe('accepted')
})
