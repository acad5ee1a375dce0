import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import * as z from 'zod/mini'

/** A user of the local sign-in page; nobody real. */
export interface SeededUser {
  name: string
  title: string
  /** Made up. */
  called: string
  /** The party that the groups make the user work for: `mission:K7QX`, `iom`. */
  party: string
  /** As Cognito's: a UUID, the same at every start. */
  sub: string
  groups: readonly string[]
}

const account = z.strictObject({
  name: z.string(),
  title: z.string(),
  called: z.string(),
  sub: z.uuid(),
  groups: z.array(z.string()),
  enabled: z.boolean(),
  /** As Cognito tells it: whether the password is somebody's own. */
  status: z.enum(['CONFIRMED', 'FORCE_CHANGE_PASSWORD']),
  factor: z.boolean(),
  /** Epoch ms: what was given before does not renew a token. */
  signedOut: z.number(),
})
/** An account of the user pool on this machine. */
export type Account = z.infer<typeof account> & { party: string }

export interface Accounts {
  /** All of them, the seeded ones first. */
  all(): readonly Account[]
  /** By id or sign-in name, which are the same in capitals. */
  find(username: string): Account | undefined
  create(name: string): Account
  change(sub: string, change: Partial<Omit<Account, 'sub' | 'name' | 'party'>>): void
  remove(sub: string): void
}

/** The accounts that are kept in a file; seeded ones are added where they were never there. */
export function openAccounts(file: string, seeds: readonly SeededUser[]): Accounts {
  const kept = existsSync(file) ? read(file) : { accounts: [], seeded: [] }
  const seeded = new Set(kept.seeded)
  const begun = seeds
    .filter(({ sub }) => !seeded.has(sub))
    .map(({ name, title, called, sub, groups }) => ({
      ...{ name, title, called, sub, groups: [...groups], signedOut: 0 },
      ...({ enabled: true, status: 'CONFIRMED', factor: true } as const),
    }))
  const accounts = [...kept.accounts, ...begun]
  const save = () => {
    const content = { accounts, seeded: [...new Set([...seeded, ...seeds.map(({ sub }) => sub)])] }
    // Whole or not at all: a process may be killed while it writes.
    writeFileSync(`${file}.new`, JSON.stringify(content), { mode: 0o600 })
    renameSync(`${file}.new`, file)
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
      const made: z.infer<typeof account> = {
        ...{ name, title: 'invited', called: '', sub: randomUUID(), groups: [], signedOut: 0 },
        ...{ enabled: true, status: 'FORCE_CHANGE_PASSWORD', factor: false },
      }
      accounts.push(made)
      save()
      return withParty(made)
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

/** The group that is no role's names the party. */
function withParty(one: z.infer<typeof account>): Account {
  return { ...one, party: one.groups.find((group) => !group.startsWith('role:')) ?? '' }
}

function read(file: string) {
  return z
    .strictObject({ accounts: z.array(account), seeded: z.array(z.string()) })
    .parse(JSON.parse(readFileSync(file, 'utf8')))
}
