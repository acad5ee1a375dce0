import { refusal } from '../../../schemas/api/problems.ts'
import type { Seal } from '../../domain/plan.ts'
import { newSectionId } from '../../trail/ids.ts'
import { type DataKey, newDataKey } from '../../vault/section.ts'
import { type Wrap, wrapFor, wrapId } from '../../vault/wraps.ts'
import { keyArn, type Session } from '../http/session.ts'

/**
 * A section that may be written: its key is drawn and wrapped while the facts are still being opened. The decision says
 * later whether it is written, and for which of these readers.
 */
export interface Prepared extends Seal, DataKey {
  sec: string
  wraps: readonly Wrap[]
}

/** Draws a data key for each section of a plan and wraps it for the section's readers, all at once. */
export function prepareSections({ kms }: Session, ret: string, seals: readonly Seal[]): Promise<Prepared[]> {
  return Promise.all(
    seals.map(async (seal) => {
      const place = { ret, sec: newSectionId(), cls: seal.cls }
      const { key, kid } = newDataKey()
      return {
        ...seal,
        sec: place.sec,
        key,
        kid,
        wraps: await wrapFor(kms, keyArn, seal.readers, { ...place, key }),
      }
    }),
  )
}

/**
 * The sections that a decision seals, with the wraps of its readers alone: a reader that the decision drops was wrapped for
 * in vain. Throws `internal` where the decision asks for a section or a reader that was not prepared.
 */
export function preparedFor(seals: readonly Seal[], prepared: readonly Prepared[]): Prepared[] {
  return seals.map((seal) => {
    const section = prepared.find(({ cls }) => cls === seal.cls)
    const wraps = seal.readers.map((party) =>
      section?.wraps.find(({ wrap }) => wrap === wrapId({ party, cls: seal.cls, sec: section.sec })),
    )
    const found = wraps.filter((wrap) => wrap !== undefined)
    if (!section || found.length < wraps.length) throw refusal('internal')
    return { ...section, ...seal, wraps: found }
  })
}
