import type { Command } from '../../functions/domain/command.ts'
import { decide, decideFiling } from '../../functions/domain/decide.ts'
import { fold } from '../../functions/domain/evolve.ts'
import { planCommand } from '../../functions/domain/plan.ts'
import { appendStatements } from '../../functions/trail/append.ts'
import { genesis } from '../../functions/trail/chain.ts'
import { newDataKey, seal, sectionDigest } from '../../functions/vault/section.ts'
import type { CommandName } from '../../schemas/commands/commands.ts'
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

async function timeOf(runs: number, by: PartyId, name: CommandName, made?: DomainReturn): Promise<number> {
  const command: Command = {
    name,
    by: { party: by, role: 'officer', user: 'user-1' },
    at: '2026-11-21T10:00:00.000Z',
    config,
    body: bodies[name],
  }
  const facts = made && factsFor(made, { name, by })
  const events = made?.events ?? []

  async function once(): Promise<void> {
    const state = fold(events)
    // Twice in a decision, as it runs: it is known whom to wrap keys for while the facts are being opened.
    if (state) planCommand(state, command)
    const decision = state && facts ? decide(state, facts, command) : decideFiling(command, ids)
    const sections = await Promise.all(
      decision.seals.map(async ({ cls }, index) => {
        const place = { ret, sec: sectionIds[index] ?? '', cls }
        const { key, kid } = newDataKey()
        const jwe = await seal(decision.contents.get(cls), { key, kid, ...place })
        return { sec: place.sec, cls, kid, ...sectionDigest(jwe) }
      }),
    )
    const event = storedEvent.parse({
      v: 1,
      ret,
      seq: events.length,
      prev: genesis,
      type: decision.type,
      at: command.at,
      by: command.by,
      ...(decision.for ? { for: decision.for } : {}),
      to: decision.to,
      idem: genesis,
      data: decision.data,
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
