import { expect, test } from 'vitest'
import { commandNames, commandShape } from '../../../../schemas/commands/commands.ts'
import { returnPhases } from '../../../../schemas/procedure/phases.ts'
import { kindOf, type PartyId } from '../../../../schemas/values/parties.ts'
import {
  bodies,
  centre,
  consent,
  consular,
  everyone,
  filingWith,
  iom,
  istanbul,
  ministry,
  otherCentre,
  otherMission,
  oversight,
  withdrawalOf,
} from '../../../parts/bodies.ts'
import { answerTo, filed, give, inPhase, upTo } from '../../../parts/domain-return.ts'

const parties: PartyId[] = [istanbul, otherMission, iom, centre, otherCentre, ministry, consular, oversight]
const owns = (party: PartyId, name: (typeof commandNames)[number]) =>
  (commandShape(name).owners as readonly string[]).includes(kindOf(party))

test.each(commandNames)(
  '%s is given by the kinds that own it, and by no other, in whatever phase',
  (name) => {
    for (const phase of returnPhases)
      for (const by of parties.filter((party) => !owns(party, name)))
        expect([phase, by, answerTo(inPhase[phase](), { name, by })]).toEqual([phase, by, 'not-yours'])
  },
)

test.each(commandNames)('%s finds no return for a party that is not on it, in whatever phase', (name) => {
  for (const phase of returnPhases)
    for (const by of [otherMission, otherCentre].filter((party) => owns(party, name)))
      expect([phase, by, answerTo(inPhase[phase](), { name, by })]).toEqual([phase, by, 'not-found'])
})

const consented = everyone.map(([holder]) => [holder, consent] as const)

test.each([iom, centre, ministry])(
  '%s, once left out, says what it did with what it held, and no more',
  (by) => {
    const body = withdrawalOf(by)
    for (const made of [filed(filingWith(consented)), upTo('close', filed(filingWith(consented)))]) {
      const gone = give(made, { name: 'withdraw', by: istanbul, body })
      for (const name of commandNames)
        expect([name, answerTo(gone, { name, by })]).toEqual([
          name,
          name === 'answer-withdrawal' ? 'accepted' : owns(by, name) ? 'basis-ended' : 'not-yours',
        ])
    }
  },
)

test('a return is filed once', () => {
  for (const phase of returnPhases) {
    expect(answerTo(inPhase[phase](), { name: 'file', by: istanbul })).toBe('wrong-phase')
    expect(answerTo(inPhase[phase](), { name: 'file', by: otherMission })).toBe('not-found')
  }
})

test('the phase is looked at before what a command points at', () => {
  const astray = { name: 'strike', by: istanbul, body: { strikes: ['ZZZZZZZZZZZZZZZZ'] } } as const
  expect(answerTo(filed(), astray)).toBe('unknown-target')
  expect(answerTo(inPhase.closed(), astray)).toBe('wrong-phase')
  expect(answerTo(inPhase.closed(), { name: 'cancel', by: iom, body: bodies.cancel })).toBe('wrong-phase')
})
