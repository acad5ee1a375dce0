import { refusal } from '../../../schemas/api/problems.ts'
import type { basisCommands } from '../../../schemas/commands/basis.ts'
import { procedureOf } from '../../../schemas/procedure/procedure.ts'
import { basisCodeOf } from '../../../schemas/values/basis.ts'
import { type HolderId, partyCodeOf } from '../../../schemas/values/parties.ts'
import { excludeByWithdrawal, withdrawalExcludes } from '../access/exclusion.ts'
import { recipientsToAskAbout } from '../access/legal-basis.ts'
import { exclude, giveBasis } from '../access/participants.ts'
import { addressed, journeyClasses, readersOf } from '../access/readers.ts'
import { lockOf, sectionsWithoutReader } from '../access/retention.ts'
import { dueDay } from '../calendar/deadlines.ts'
import type { Command, CommandOf } from '../command.ts'
import type { Plan } from '../plan.ts'
import type { RulesOf } from '../rule.ts'
import type { Folded } from '../state.ts'
import { requireTarget } from '../target.ts'

/** Whether a recipient can be given a basis at all: a party of the deployment, and not one that comes by a task. */
export function mayReceive({ config }: Pick<Command, 'config'>, recipient: HolderId): boolean {
  const known: readonly string[] = ['iom', 'ministry', 'figures', ...config.centres]
  return known.includes(recipient)
}

/** Whether only the sealed case can say if a withdrawal removes its recipient. */
function dependsOnCase(state: Folded, { body }: CommandOf<'withdraw'>): boolean {
  const { recipient, purposes } = body.case
  return purposes !== undefined || state.basis.get(recipient) === 'other-basis'
}

/** A removed recipient gets no wrap of the withdrawal. What nobody else may read is not kept. */
function withoutReader(plan: Plan, recipient: HolderId): Plan {
  const seals = plan.seals.flatMap((seal) => {
    const readers = seal.readers.filter((reader) => reader !== recipient)
    return readers.some((reader) => reader !== 'custodian') ? [{ ...seal, readers }] : []
  })
  return { ...plan, seals }
}

export const basisRules: RulesOf<keyof typeof basisCommands> = {
  'record-wish': {},
  agree: {
    target(state, command) {
      const { recipient, basis } = command.body.case
      requireTarget(mayReceive(command, recipient), 'case.recipient')
      if (basis.kind === 'none') throw refusal('bad-input', { fields: ['case.basis'] })
      return { after: giveBasis(state, recipient, basisCodeOf(basis)), grants: recipient }
    },
    data: ({ command: { body }, granted }) => ({
      recipient: body.case.recipient,
      basis: basisCodeOf(body.case.basis),
      grants: [...granted],
    }),
  },
  share: {
    target(state, { body: { recipient } }) {
      if (!state.lacking.has(recipient)) throw refusal('nothing-to-do')
      return { grants: recipient }
    },
    data({ command: { body }, granted }) {
      if (granted.length === 0) throw refusal('not-readable')
      return { recipient: body.recipient, grants: [...granted] }
    },
  },
  'ask-anew': {
    data({ state, facts, command: { body } }) {
      const recipients = recipientsToAskAbout(body.case.why, state, facts)
      if (recipients.length === 0) throw refusal('nothing-to-do')
      return { recipients }
    },
    due(state, { at, config }) {
      const { asking } = procedureOf(state.procedure)
      const day = dueDay(asking, Date.parse(at), config.posts[partyCodeOf(state.responsible) ?? ''])
      return [{ step: 'ask-person', day }]
    },
  },
  withdraw: {
    target: (state, command) => ({
      ...excludeByWithdrawal(state, command.body.case.recipient),
      // A consent in clear can be withdrawn by a party that reads nothing. Where the case decides whether the recipient
      // is removed, its wraps of this event's sections are made, and `settle` drops them or not.
      ...(dependsOnCase(state, command) ? { readers: state } : { withoutUnread: true }),
    }),
    data({ state, facts, command: { body, at, config }, plan }) {
      const { recipient, purposes } = body.case
      if (!withdrawalExcludes(state, facts, recipient, purposes))
        return { recipient, accessRemoved: false, stillReads: [] }
      const taken = plan.destroys && 'wraps' in plan.destroys ? plan.destroys.wraps : []
      const stillReads = journeyClasses.filter(
        (cls) =>
          readersOf(state, cls).includes(recipient) && !taken.some(({ classes }) => classes.includes(cls)),
      )
      const after = exclude(state, recipient, stillReads.length > 0)
      return {
        recipient,
        accessRemoved: true,
        stillReads,
        ...lockOf(sectionsWithoutReader(state, after), at, config.lockDays),
      }
    },
    settle({ state, facts, command: { body }, plan }) {
      const { recipient, purposes } = body.case
      if (withdrawalExcludes(state, facts, recipient, purposes)) return withoutReader(plan, recipient)
      const { destroys: _, ...kept } = plan
      return kept
    },
  },
  'answer-withdrawal': {
    target(state, { by, body }) {
      const asked = state.withdrawals.get(by.party)
      if (!asked || asked.answer) throw refusal('nothing-to-do')
      if ((body.answer === 'kept') !== (body.talk !== undefined))
        throw refusal('bad-input', { fields: ['talk'] })
      return {
        for: addressed(state).includes(asked.by) ? asked.by : state.responsible,
        destroys: { wraps: [{ holder: by.party, classes: ['log'] }] },
      }
    },
    data: ({ command: { body } }) => ({ answer: body.answer }),
  },
}
