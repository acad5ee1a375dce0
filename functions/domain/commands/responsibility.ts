import { refusal } from '../../../schemas/api/problems.ts'
import type { responsibilityCommands } from '../../../schemas/commands/responsibility.ts'
import { basisCodeOf } from '../../../schemas/values/basis.ts'
import { mayGrant } from '../../../schemas/values/classes.ts'
import { kindOf, type PartyId } from '../../../schemas/values/parties.ts'
import { excludeFromClasses, excludePredecessor } from '../access/exclusion.ts'
import { isHelper, takeOverCase } from '../access/participants.ts'
import { addressed } from '../access/readers.ts'
import { lockOf, sectionsWithoutReader } from '../access/retention.ts'
import { attestable } from '../gates/attestation.ts'
import type { RulesOf } from '../rule.ts'
import type { Folded } from '../state.ts'
import { requireTarget } from '../target.ts'
import { offering } from './tasks.ts'

/** The parties that could plan the journey: the responsible one, IOM and the ministry if they are on the return, and one that has the task. */
export function arrangersOf(state: Folded): PartyId[] {
  return addressed(state).filter(
    (party) =>
      state.basis.get(party) !== 'accompanying' &&
      (party === state.responsible ||
        ['iom', 'ministry'].includes(party) ||
        state.tasks.some(({ to, task }) => to === party && task === 'arrange')),
  )
}

export const responsibilityRules: RulesOf<keyof typeof responsibilityCommands> = {
  'hand-over-case': {
    target(state, command) {
      const { by, body, config } = command
      const { to } = body
      // A centre can take the case of a person who is home.
      const isHome = kindOf(state.responsible) !== 'mission'
      const known = [...config.missions, ...(isHome ? config.centres : [])]
      requireTarget(known.includes(to) && to !== state.responsible, 'to')
      // Without the responsible party only where the consular department has said so.
      if (by.party !== state.responsible && state.moveTo?.to !== to) throw refusal('not-yours')
      // A party that cannot wrap for another hands over to one that is on the return.
      requireTarget(mayGrant(kindOf(by.party), kindOf(to)) || addressed(state).includes(to), 'to')
      return offering(state, command, { task: 'take-over', to })
    },
    data: ({ command: { body }, granted }) => ({
      to: body.to,
      basis: basisCodeOf(body.case.basis),
      grants: [...granted],
    }),
  },
  'accept-case': {
    target(state, { by }) {
      const offer = state.tasks.find(({ task, to }) => task === 'take-over' && to === by.party)
      if (!offer) throw refusal('nothing-to-do')
      // The party that had it takes away what nobody else may hold: first all of it is shared.
      const lacked = state.lacking.get(by.party)?.sections ?? []
      const classes = state.sections.filter(({ sec }) => lacked.includes(sec)).map(({ cls }) => cls)
      if (classes.length > 0) throw refusal('not-readable', { fields: [...new Set(classes)] })
      return { after: takeOverCase(state, by.party), destroys: excludePredecessor(state.responsible) }
    },
  },
  'move-case': {
    target(state, { body: { to }, config }) {
      requireTarget(config.missions.includes(to) && to !== state.responsible, 'to')
      return {}
    },
    data: ({ command: { body } }) => ({ to: body.to }),
  },
  'choose-arranger': {
    target(state, { by, body: { arranger } }) {
      requireTarget(arrangersOf(state).includes(arranger), 'arranger')
      if (isHelper(state, by.party)) throw refusal('not-yours')
      if (state.arranger === arranger && state.phase !== 'sent-back') throw refusal('nothing-to-do')
      // The ministry reads the journey only while it plans it.
      return excludeFromClasses(state, { ...state, arranger }, state.arranger)
    },
    data: ({ state, command: { at, body, config } }) => ({
      arranger: body.arranger,
      ...lockOf(sectionsWithoutReader(state, { ...state, arranger: body.arranger }), at, config.lockDays),
    }),
  },
  attest: {
    data({ state, facts, command }) {
      const { open, closed } = attestable(command, state, facts)
      if (closed.length > 0) throw refusal('gate-closed', { gates: closed })
      if (open.length === 0) throw refusal('nothing-to-do')
      return { gates: open }
    },
  },
}
