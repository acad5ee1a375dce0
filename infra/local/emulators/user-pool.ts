import { randomUUID } from 'node:crypto'
import * as z from 'zod/mini'
import { readIfPresent, replaceFile } from '../disk/files.ts'

/** A made-up user with whom the pool begins. */
export interface SeededUser {
  name: string
  title: string
  /** A made-up person's name. */
  fullName: string
  /** The party that the groups make the user work for: `mission:K7QX`, `iom`. */
  party: string
  /** A UUID as in Cognito, the same at every start. */
  sub: string
  groups: readonly string[]
}

const account = z.strictObject({
  name: z.string(),
  title: z.string(),
  fullName: z.string(),
  sub: z.uuid(),
  groups: z.array(z.string()),
  enabled: z.boolean(),
  /** As in Cognito: CONFIRMED once the user has set a password of their own. */
  status: z.enum(['CONFIRMED', 'FORCE_CHANGE_PASSWORD']),
  hasSecondFactor: z.boolean(),
  /** Epoch milliseconds: a session from before this time does not renew a token. */
  signedOutAt: z.number(),
})
/** An account of the user pool on this machine. */
export type Account = z.infer<typeof account> & { party: string }

export interface Accounts {
  /** All accounts, the seeded ones first. */
  all(): readonly Account[]
  /** By id or sign-in name, without regard to case. */
  find(username: string): Account | undefined
  create(name: string): Account
  change(sub: string, change: Partial<Omit<Account, 'sub' | 'name' | 'party'>>): void
  remove(sub: string): void
}

/** Opens the accounts in a file, and adds the seeded users that were never in it. */
export function openAccounts(file: string, seeds: readonly SeededUser[]): Accounts {
  const stored = read(file)
  const seeded = new Set(stored.seeded)
  const added = seeds
    .filter(({ sub }) => !seeded.has(sub))
    .map(({ name, title, fullName, sub, groups }) => ({
      ...{ name, title, fullName, sub, groups: [...groups], signedOutAt: 0 },
      ...({ enabled: true, status: 'CONFIRMED', hasSecondFactor: true } as const),
    }))
  const accounts = [...stored.accounts, ...added]
  const save = () => {
    const content = { accounts, seeded: [...new Set([...seeded, ...seeds.map(({ sub }) => sub)])] }
    replaceFile(file, JSON.stringify(content))
  }
  save()

  const placeOf = (sub: string) => accounts.findIndex((account) => account.sub === sub)
  return {
    all: () => accounts.map(withParty),
    find(username) {
      const wanted = username.toLowerCase()
      const found = accounts.find(({ sub, name }) => sub === wanted || name.toLowerCase() === wanted)
      return found && withParty(found)
    },
    create(name) {
      const created: z.infer<typeof account> = {
        ...{ name, title: 'invited', fullName: '', sub: randomUUID(), groups: [], signedOutAt: 0 },
        ...{ enabled: true, status: 'FORCE_CHANGE_PASSWORD', hasSecondFactor: false },
      }
      accounts.push(created)
      save()
      return withParty(created)
    },
    change(sub, change) {
      const before = accounts[placeOf(sub)]
      if (before) Object.assign(before, change)
      save()
    },
    remove(sub) {
      if (placeOf(sub) >= 0) accounts.splice(placeOf(sub), 1)
      save()
    },
  }
}

/** An account's party is the name of its only group that does not stand for a role. */
function withParty(stored: z.infer<typeof account>): Account {
  return { ...stored, party: stored.groups.find((group) => !group.startsWith('role:')) ?? '' }
}

const storedShape = z.strictObject({ accounts: z.array(account), seeded: z.array(z.string()) })

function read(file: string): z.infer<typeof storedShape> {
  const text = readIfPresent(file)
  return text === undefined ? { accounts: [], seeded: [] } : storedShape.parse(JSON.parse(text))
}
