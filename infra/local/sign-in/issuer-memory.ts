import { LRUCache } from 'lru-cache'
import type { AdapterFactory, AdapterPayload } from 'oidc-provider'

const largest = 5_000

/** Where the issuer keeps sessions, codes and grants: in memory, so that a restart signs everyone out. */
export function issuerMemory(): AdapterFactory {
  const kept = new LRUCache<string, AdapterPayload>({ max: largest })
  return (model) => {
    const key = (id: string) => `${model}/${id}`
    return {
      async upsert(id, payload, seconds) {
        kept.set(key(id), payload, { ttl: (seconds ?? 0) * 1000 })
      },
      find: async (id) => kept.get(key(id)),
      findByUserCode: async () => undefined,
      async findByUid(uid) {
        return [...kept.values()].find((payload) => payload.kind === model && payload.uid === uid)
      },
      async consume(id) {
        const payload = kept.get(key(id))
        if (payload) payload.consumed = Math.floor(Date.now() / 1000)
      },
      async destroy(id) {
        kept.delete(key(id))
      },
      async revokeByGrantId(grantId) {
        for (const [id, payload] of [...kept.entries()]) if (payload.grantId === grantId) kept.delete(id)
      },
    }
  }
}
