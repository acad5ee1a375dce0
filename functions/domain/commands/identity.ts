import type { identityCommands } from '../../../schemas/commands/identity.ts'
import type { Due } from '../../../schemas/events/data-forms.ts'
import { procedureOf } from '../../../schemas/procedure/procedure.ts'
import { dueDay } from '../calendar/deadlines.ts'
import type { Command } from '../command.ts'
import type { RulesOf } from '../rule.ts'
import type { Folded } from '../state.ts'

/** When to look at a document again. Its own days are sealed: this one follows from the command's time alone. */
export function documentCheck({ procedure }: Folded, { at }: Pick<Command, 'at'>): Due {
  return { step: 'check-document', day: dueDay(procedureOf(procedure).checkDocument, Date.parse(at)) }
}

export const identityRules: RulesOf<keyof typeof identityCommands> = {
  'confirm-identity': {},
  'issue-document': { due: (state, command) => [documentCheck(state, command)] },
}
