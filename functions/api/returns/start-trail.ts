import { refusal } from '../../../schemas/api/problems.ts'
import type { HolderId } from '../../../schemas/values/parties.ts'
import type { Command } from '../../domain/command.ts'
import type { Decision } from '../../domain/plan.ts'
import type { Statement } from '../../dynamodb/statements.ts'
import { genesis } from '../../trail/chain.ts'
import { readClaim, sameBody } from '../../trail/claim.ts'
import { newReturnId, newSectionId } from '../../trail/ids.ts'
import { type DataKey, newDataKey } from '../../vault/section.ts'
import { wrapFor } from '../../vault/wraps.ts'
import { keyArn, ownCode, type Session, tableName } from '../http/session.ts'
import { readTagging } from '../matching/tagging.ts'
import { prepareSections } from './prepare-sections.ts'
import { writeEvent } from './write-event.ts'

/** The log key of a trail that is to begin. */
export type LogKey = DataKey & { sec: string }

export const newLogKey = (): LogKey => ({ ...newDataKey(), sec: newSectionId() })

/** The first event of a trail, a return's or an alert's: decided, and not yet written. */
export interface TrailStart {
  command: Command
  decision: Decision
  log: LogKey
  /** The parties that get the log key. */
  holders: readonly HolderId[]
  claim: string
}

/** Attempts to write a first event; somebody may change the draft first. */
const maxAttempts = 3

/**
 * Seals and writes the first event of a trail. Answers the trail's id, or that of the trail which the same request began
 * before. `draftStatements`: how a draft changes with it, made again where somebody changed the draft meanwhile.
 */
export async function startTrail(
  session: Session,
  { command, decision, log, holders, claim }: TrailStart,
  mac: string,
  draftStatements: (at: string) => Promise<Statement[]> | Statement[] = () => [],
): Promise<string> {
  const ret = newReturnId(ownCode(session.by.party))
  const place = { ret, sec: log.sec, cls: 'log' } as const
  const [prepared, wraps, tagging] = await Promise.all([
    prepareSections(session, ret, decision.seals),
    wrapFor(session.kms, keyArn, holders, { ...place, key: log.key }),
    readTagging(session, command, ret),
  ])
  for (let attempt = 1; attempt <= maxAttempts; attempt++) {
    const { appended } = await writeEvent(session, {
      end: { ret, events: [], lastHash: genesis },
      at: command.at,
      idem: claim,
      mac,
      decision,
      prepared,
      wraps,
      logKey: log.key,
      tagging,
      races: await draftStatements(command.at),
    })
    if (appended.kind === 'appended') return ret
    if (appended.kind === 'claimed') break
  }
  const first = await readClaim(session.db, tableName('claims'), session.by.party, claim)
  if (!first) throw refusal('busy')
  if (!sameBody(first, mac)) throw refusal('key-reused')
  return first.ret
}
