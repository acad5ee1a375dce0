import { refusal } from '../../schemas/api/problems.ts'
import { setting, variable } from '../../schemas/deployment/settings.ts'
import { pendingShards } from '../../schemas/deployment/tables.ts'
import { seenByAll } from '../exchange/delivery.ts'
import { type DueRow, moveDue, readDue } from '../exchange/due.ts'
import { patienceMs, readOverdueDeliveries, roundOf } from '../exchange/overdue-deliveries.ts'
import { errorName, log } from '../log.ts'
import { pendingShard, shardOf } from '../trail/pending.ts'
import { completeDeliveries } from './complete-deliveries.ts'
import { limitConcurrency } from './limit-concurrency.ts'
import { type Progress, readProgress, senderFromSettings, sendUndelivered } from './send-undelivered.ts'
import { evaluate, watchWriterFromSettings } from './watch-writer.ts'

const shardsAtOnce = 4
const returnsAtOnce = 8

const outlet = senderFromSettings()
const pen = watchWriterFromSettings(outlet.db)
const pending = setting(variable.table('pending'))
const due = setting(variable.table('due'))

/** The late events of one return that are in a round, by seq, and its row of `due` where its instant has come. */
interface Todo {
  rounds: Map<number, number>
  row?: DueRow
}

/**
 * Started by a clock. Writes what is overdue and calls who is to be called; sends again what nobody finished, in the
 * rounds of `roundOf`, and takes off `pending` what somebody did finish. A return with late events is looked at too: its
 * row of `due` may be among what did not arrive. Rejects at the end where a return failed, so that the function's alarm
 * tells of it.
 */
export async function handler(): Promise<void> {
  const now = Date.now()
  const todo = await readTodo(now)
  const total = { overdue: 0, sent: 0, evaluated: todo.size, written: 0 }
  let failed = 0
  const failure = (ret: string) => (error: unknown) => {
    log('return-failed', { operation: 'watch', ret, error: errorName(error) })
    failed++
    return undefined
  }
  await limitConcurrency(todo, returnsAtOnce, async ([ret, { rounds, row }]) => {
    const progress = await readProgress(outlet, ret).catch(failure(ret))
    if (!progress) return
    // People come before messages, and what fails of the one does not keep the other back.
    total.written += (await look(ret, progress, now, row).catch(failure(ret))) ?? 0
    if (rounds.size === 0) return
    const finished = await finish(ret, progress, rounds).catch(failure(ret))
    total.overdue += finished?.late ?? 0
    total.sent += finished?.sent ?? 0
  })
  log('watch-done', total)
  if (failed > 0) throw refusal('internal')
}

/** What there is to do at `now` (epoch ms), by return; a return's rows are all in one shard. */
async function readTodo(now: number): Promise<Map<string, Todo>> {
  const todo = new Map<string, Todo>()
  const of = (ret: string): Todo => {
    const known = todo.get(ret) ?? { rounds: new Map() }
    todo.set(ret, known)
    return known
  }
  await limitConcurrency(Array(pendingShards).keys(), shardsAtOnce, async (shard) => {
    const [late, rows] = await Promise.all([
      readOverdueDeliveries(outlet.db, pending, pendingShard(shard), new Date(now - patienceMs)),
      readDue(outlet.db, due, shard, new Date(now)),
    ])
    for (const { ret, seq, at } of late) {
      const round = roundOf(now - Date.parse(at))
      if (round !== undefined) of(ret).rounds.set(seq, round)
    }
    for (const row of rows) of(row.ret).row = row
  })
  return todo
}

/** Calls and writes what is due on a return, and notes when to look next; answers how many events were written. */
async function look(ret: string, progress: Progress, now: number, row: DueRow | undefined): Promise<number> {
  const before = row?.looked ? Date.parse(row.looked) : now
  const looked = await evaluate(pen, progress, { now, looked: before })
  if (row && looked)
    await moveDue(outlet.db, due, { ret, shard: shardOf(ret) }, { ...row, next: looked.next }, now)
  return looked?.written ?? 0
}

/** Looks after the late events of one return. Throws trail-broken where one of them is not on the trail. */
async function finish(ret: string, progress: Progress, rounds: Todo['rounds']) {
  const events = [...rounds.keys()].map((seq) => {
    const row = progress.rows[seq]
    if (!row) throw refusal('trail-broken')
    return row.event
  })
  await completeDeliveries(outlet.db, pending, events, progress.deliveries)
  const late = events.filter((event) => !seenByAll(progress.deliveries, event))
  for (const { seq } of late) log('delivery-overdue', { ret, seq })
  return { late: late.length, sent: await sendUndelivered(outlet, progress, rounds) }
}
