import { LRUCache } from 'lru-cache'
import type { AdapterFactory, AdapterPayload } from 'oidc-provider'

const maxEntries = 5_000

/** Keeps the issuer's sessions, codes and grants in memory, so that a restart signs everybody out. */
export function issuerMemory(): AdapterFactory {
  const entries = new LRUCache<string, AdapterPayload>({ max: maxEntries })
  return (model) => {
    const key = (id: string) => `${model}/${id}`
    return {
      async upsert(id, payload, seconds) {
        entries.set(key(id), payload, { ttl: (seconds ?? 0) * 1000 })
      },
      find: async (id) => entries.get(key(id)),
      findByUserCode: async () => undefined,
      async findByUid(uid) {
        return [...entries.values()].find((payload) => payload.kind === model && payload.uid === uid)
      },
      async consume(id) {
        const payload = entries.get(key(id))
        if (payload) payload.consumed = Math.floor(Date.now() / 1000)
      },
      async destroy(id) {
        entries.delete(key(id))
      },
      async revokeByGrantId(grantId) {
        for (const [id, payload] of [...entries.entries()])
          if (payload.grantId === grantId) entries.delete(id)
      },
    }
  }
}
