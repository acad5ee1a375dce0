import { stepped } from '../events/data-forms.ts'
import type { CommandShape } from './command-shape.ts'

/** Who the person is, and the document that she travels with. */
export const identityCommands = {
  'confirm-identity': {
    owners: ['mission'],
    from: 'open',
    needs: ['identity'],
    seals: { identity: 'check' },
    event: 'identity-confirmed',
    data: stepped,
  },
  'issue-document': {
    owners: ['mission'],
    from: 'open',
    needs: ['identity'],
    seals: { identity: 'document' },
    event: 'document-issued',
    /** Among what is due: the day to look at the document again, which follows from no day on it. */
    data: stepped,
  },
} as const satisfies Record<string, CommandShape>
