import { kindOf, type PartyKind } from '../../schemas/parties.ts'
import { overPhases } from '../../schemas/phases.ts'
import { ownerOf, procedureOf, type StepName, stepNames } from '../../schemas/procedure.ts'
import { addressed } from './readers.ts'
import type { State } from './state.ts'

/**
 * The steps that have begun and are not done, the first due first: whose they are, and when they are due. None while
 * a return is cancelled or closed (they are due again when it is reopened); once she has left, none of what comes
 * before leaving; never a step of somebody who is not on the return, or only goes on reading the journey.
 */
export function dueOf(state: State): { step: StepName | 'ask-person'; owner: PartyKind; day: string }[] {
  const { phase, due } = state
  if (overPhases.includes(phase)) return []
  const kept = procedureOf(state.procedure)
  const kinds = addressed(state)
    .filter((party) => state.basis.get(party) !== 'accompanying')
    .map(kindOf)
  const left = phase === 'travelling' || phase === 'arrived' || phase === 'received'
  const isAhead = (step: StepName) => !left || stepNames.indexOf(step) > stepNames.indexOf('depart')
  const steps = [...due]
    .filter(([step]) => isAhead(step))
    .map(([step, day]) => ({ step, owner: ownerOf(kept, step, kindOf(state.arranger)), day }))
    .filter(({ owner }) => kinds.includes(owner))
  const asking = state.toAsk
    ? [{ step: 'ask-person' as const, owner: kindOf(state.responsible), day: state.toAsk.day }]
    : []
  return [...steps, ...asking].sort((a, b) => a.day.localeCompare(b.day))
}
