import type { ApiClient } from './api-client.ts'

/** A user of the local stack, with its party and its groups. */
interface StaffUser {
  party: string
  sub: string
  groups: readonly string[]
}

/** Says of each post of the sample who works there and who is on duty: all of its users, and the duty officers or else all. */
export async function staffPosts(consular: ApiClient, users: readonly StaffUser[]): Promise<void> {
  const posts = Map.groupBy(
    users.filter(({ party }) => party.startsWith('mission:')),
    ({ party }) => party,
  )
  // One after the other, since the changes of all posts are one chain.
  for (const [party, people] of posts) {
    const staff = people.map(({ sub }) => sub)
    const onDuty = people.filter(({ groups }) => groups.includes('role:duty-officer')).map(({ sub }) => sub)
    const body = { covers: [], staff, duty: onDuty.length > 0 ? onDuty : staff, open: true }
    await consular.post(`/v1/consular/posts/${party}`, body, 0)
  }
}
