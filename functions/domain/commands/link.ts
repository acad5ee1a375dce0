import { refusal } from '../../../schemas/api/problems.ts'
import type { linkCommands } from '../../../schemas/commands/link.ts'
import { openLink } from '../matching/links.ts'
import type { RulesOf } from '../rule.ts'

export const linkRules: RulesOf<keyof typeof linkCommands> = {
  link: {
    target(state, { body }) {
      if (state.links.some(({ match }) => match === body.match)) throw refusal('nothing-to-do')
      return {}
    },
    data: ({ command: { body } }) => ({ match: body.match, link: body.link, toEnd: body.toEnd }),
  },
  unlink: {
    target(state, { body }) {
      if (!state.links.some(({ match }) => match === body.match)) throw refusal('nothing-to-do')
      return {}
    },
    data: ({ command: { body } }) => ({ match: body.match }),
  },
  'keep-return': {
    target(state) {
      if (!openLink(state)) throw refusal('nothing-to-do')
      return {}
    },
  },
}
