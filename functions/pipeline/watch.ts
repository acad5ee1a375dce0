import { refusal } from '../../schemas/problems.ts'
import { setting, variable } from '../../schemas/settings.ts'
import { pendingShards } from '../../schemas/tables.ts'
import { seenByAll } from '../exchange/delivery.ts'
import { patienceMs, readLate, roundOf } from '../exchange/late.ts'
import { errorName, log } from '../log.ts'
import { pendingShard } from '../trail/pending.ts'
import { eachOf } from './bounded.ts'
import { outletFromSettings, readProgress, sendOwed } from './sending.ts'
import { settle } from './settling.ts'

const shardsAtOnce = 4
const returnsAtOnce = 8

const outlet = outletFromSettings()
const pending = setting(variable.table('pending'))

/** The rounds that late events of one return are in, by seq. */
type Rounds = Map<number, number>

/**
 * Started by a clock. Sends again what nobody finished, in the rounds of `roundOf`, and takes off `pending` what
 * somebody did finish. Rejects at the end where a return failed, so that the function's alarm tells of it.
 */
export async function handler(): Promise<void> {
  const due = await readDue(Date.now())
  const total = { late: 0, sent: 0, failed: 0 }
  await eachOf(due, returnsAtOnce, async ([ret, rounds]) => {
    try {
      const { late, sent } = await finish(ret, rounds)
      total.late += late
      total.sent += sent
    } catch (error) {
      log('return-failed', { act: 'watch', ret, error: errorName(error) })
      total.failed++
    }
  })
  log('watch-done', { late: total.late, sent: total.sent })
  if (total.failed > 0) throw refusal('internal')
}

/** The late events that are in a round at `now` (epoch ms), by return; a return's rows are all in one shard. */
async function readDue(now: number): Promise<Map<string, Rounds>> {
  const due = new Map<string, Rounds>()
  const shards = Array.from({ length: pendingShards }, (_, shard) => pendingShard(shard))
  await eachOf(shards, shardsAtOnce, async (shard) => {
    for (const { ret, seq, at } of await readLate(outlet.db, pending, shard, new Date(now - patienceMs))) {
      const round = roundOf(now - Date.parse(at))
      if (round === undefined) continue
      const rounds: Rounds = due.get(ret) ?? new Map()
      due.set(ret, rounds.set(seq, round))
    }
  })
  return due
}

/** Looks after the late events of one return. Throws trail-broken where one of them is not on the trail. */
async function finish(ret: string, rounds: Rounds): Promise<{ late: number; sent: number }> {
  const progress = await readProgress(outlet, ret)
  const events = [...rounds.keys()].map((seq) => {
    const row = progress.rows[seq]
    if (!row) throw refusal('trail-broken')
    return row.event
  })
  await settle(outlet.db, pending, events, progress.deliveries)
  const late = events.filter((event) => !seenByAll(progress.deliveries, event))
  for (const { seq } of late) log('delivery-late', { ret, seq })
  return { late: late.length, sent: await sendOwed(outlet, progress, rounds) }
}
