import pLimit from 'p-limit'
import { refusal } from '../../schemas/api/problems.ts'
import { setting, variable } from '../../schemas/deployment/settings.ts'
import { pendingShards } from '../../schemas/deployment/tables.ts'
import { seenByAll } from '../exchange/delivery.ts'
import { type DueRow, moveDue, readDue } from '../exchange/due.ts'
import { patienceMs, readOverdueDeliveries, roundOf } from '../exchange/overdue-deliveries.ts'
import { errorName, log } from '../log.ts'
import { pendingShard, shardOf } from '../trail/pending.ts'
import { completeDeliveries } from './complete-deliveries.ts'
import { evaluateReturn } from './evaluate-return.ts'
import { type Progress, readProgress, senderFromSettings, sendUndelivered } from './send-undelivered.ts'
import { watchWriterFromSettings } from './watch-writer.ts'

const shardsAtOnce = 4
const returnsAtOnce = 8

const sender = senderFromSettings()
const writer = watchWriterFromSettings(sender.db)
const pending = setting(variable.table('pending'))
const due = setting(variable.table('due'))

/** What there is to do on a return: its overdue deliveries that are in a round, by seq, and its row of `due`. */
interface Todo {
  rounds: Map<number, number>
  /** Set where its instant has come. */
  row?: DueRow
}

/**
 * Started by a clock. Writes what is overdue and calls people; sends undelivered events again, in the rounds of `roundOf`,
 * and takes off `pending` what was delivered meanwhile. A return with overdue deliveries is evaluated too, because its row
 * of `due` may be among what did not arrive. Rejects at the end where a return failed, so that the function's alarm says so.
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
  await pLimit(returnsAtOnce).map(todo, async ([ret, { rounds, row }]) => {
    const progress = await readProgress(sender, ret).catch(failure(ret))
    if (!progress) return
    // People come before messages, and a failure of the one does not hold up the other.
    total.written += (await evaluate(ret, progress, now, row).catch(failure(ret))) ?? 0
    if (rounds.size === 0) return
    const resent = await sendOverdue(ret, progress, rounds).catch(failure(ret))
    total.overdue += resent?.overdue ?? 0
    total.sent += resent?.sent ?? 0
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
  await pLimit(shardsAtOnce).map(Array(pendingShards).keys(), async (shard) => {
    const [overdue, rows] = await Promise.all([
      readOverdueDeliveries(sender.db, pending, pendingShard(shard), new Date(now - patienceMs)),
      readDue(sender.db, due, shard, new Date(now)),
    ])
    for (const { ret, seq, at } of overdue) {
      const round = roundOf(now - Date.parse(at))
      if (round !== undefined) of(ret).rounds.set(seq, round)
    }
    for (const row of rows) of(row.ret).row = row
  })
  return todo
}

/** Calls and writes what is due on a return, and notes when to evaluate it next; answers how many events were written. */
async function evaluate(
  ret: string,
  progress: Progress,
  now: number,
  row: DueRow | undefined,
): Promise<number> {
  const evaluated = row?.evaluated ? Date.parse(row.evaluated) : now
  const evaluation = await evaluateReturn(writer, progress, { now, evaluated })
  if (row && evaluation)
    await moveDue(sender.db, due, { ret, shard: shardOf(ret) }, { ...row, next: evaluation.next }, now)
  return evaluation?.written ?? 0
}

/** Sends the overdue deliveries of a return again. Throws trail-broken where one of them is not on the trail. */
async function sendOverdue(ret: string, progress: Progress, rounds: Todo['rounds']) {
  const events = [...rounds.keys()].map((seq) => {
    const row = progress.rows[seq]
    if (!row) throw refusal('trail-broken')
    return row.event
  })
  await completeDeliveries(sender.db, pending, events, progress.deliveries)
  const overdue = events.filter((event) => !seenByAll(progress.deliveries, event))
  for (const { seq } of overdue) log('delivery-overdue', { ret, seq })
  return { overdue: overdue.length, sent: await sendUndelivered(sender, progress, rounds) }
}
