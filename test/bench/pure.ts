import { commandFrom } from '../../functions/domain/command.ts'
import { decideFiling, planFiling } from '../../functions/domain/commands/request.ts'
import { decide } from '../../functions/domain/decide.ts'
import { fold } from '../../functions/domain/evolve.ts'
import type { Decision } from '../../functions/domain/plan.ts'
import { planCommand } from '../../functions/domain/plan-command.ts'
import { appendStatements } from '../../functions/trail/append.ts'
import { genesis } from '../../functions/trail/chain.ts'
import { newDataKey, seal, sectionDigest } from '../../functions/vault/section.ts'
import type { CommandName, LaterCommandName } from '../../schemas/commands/commands.ts'
import { storedEvent } from '../../schemas/events/events.ts'
import type { PartyId } from '../../schemas/values/parties.ts'
import { bodies, config, istanbul } from '../parts/bodies.ts'
import { type DomainReturn, factsFor, filed, give, straightPath } from '../parts/domain-return.ts'
import { median } from './rounds.ts'

const ret = '1XGE0000000000000000000000000A'
const sectionIds = Array.from({ length: 16 }, (_, index) => String(index).padStart(16, '0'))
const logKey = newDataKey()
const ids = { request: '0000000000000000000000000B', log: { sec: '000000000000000A', kid: logKey.kid } }
const tables = { trail: 'trail', heads: 'heads', claims: 'claims', pending: 'pending' }

/**
 * Measures into `costs` what a command costs without any call to AWS, for each command of the straight path: from the
 * events that were read to the statements of its transaction. Milliseconds, the median of the later half of `runs`
 * runs: the earlier half teaches the compiler, and the later is a process that has run for a while.
 */
export async function measurePure(runs: number, costs: Map<CommandName, number>): Promise<void> {
  costs.set('file', await timeOf(runs, istanbul, 'file'))
  let made = filed()
  for (const [by, name] of straightPath) {
    costs.set(name, await timeOf(runs, by, name, made))
    made = give(made, { name, by })
  }
}

async function timeOf(
  runs: number,
  by: PartyId,
  name: 'file' | LaterCommandName,
  made?: DomainReturn,
): Promise<number> {
  const at = '2026-11-21T10:00:00.000Z'
  const author = { party: by, role: 'officer', user: 'user-1' } as const
  const context = { by: author, at, config }
  const facts = made && factsFor(made, { name, by })
  const events = made?.events ?? []

  function decision(): Decision {
    const state = fold(events)
    if (name === 'file' || !state || !facts) {
      const filing = commandFrom('file', bodies.file, context)
      return decideFiling(filing, planFiling(filing), ids)
    }
    const command = commandFrom(name, bodies[name], context)
    return decide(state, facts, command, planCommand(state, command))
  }

  async function once(): Promise<void> {
    const { type, data, seals, contents, to, for: spokenTo } = decision()
    const sections = await Promise.all(
      seals.map(async ({ cls }, index) => {
        const place = { ret, sec: sectionIds[index] ?? '', cls }
        const { key, kid } = newDataKey()
        const jwe = await seal(contents.get(cls), { key, kid, ...place })
        return { sec: place.sec, cls, kid, ...sectionDigest(jwe) }
      }),
    )
    const event = storedEvent.parse({
      v: 1,
      ret,
      seq: events.length,
      prev: genesis,
      type,
      at,
      by: author,
      ...(spokenTo ? { for: spokenTo } : {}),
      to,
      idem: genesis,
      data,
      sections,
    })
    const phase = fold([...events, event])?.phase ?? 'filed'
    appendStatements(tables, { event, logKey: logKey.key, phase, mac: genesis, vault: [] })
  }

  const times: number[] = []
  for (let run = 0; run < runs; run++) {
    const begun = performance.now()
    await once()
    times.push(performance.now() - begun)
  }
  return median(times.slice(Math.floor(runs / 2)))
}
