import type { dailyWorkCommands } from '../../../schemas/commands/daily-work.ts'
import type { RulesOf } from '../rule.ts'

export const dailyWorkRules: RulesOf<keyof typeof dailyWorkCommands> = {
  take: {},
  assign: { data: ({ command: { body } }) => ({ user: body.user }) },
  note: {
    data: ({ command: { body } }) => ({ due: body.next ? [{ step: 'next-step', day: body.next }] : [] }),
  },
}
