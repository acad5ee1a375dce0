import { DecryptCommand, type KMSClient } from '@aws-sdk/client-kms'
import { type Wrap, type WrapContext, wrapId } from '../../functions/vault/wraps.ts'
import { titled } from '../../infra/logical-id.ts'
import { dataClassNames } from '../../schemas/values/classes.ts'
import { type HolderId, holderId, kindOf } from '../../schemas/values/parties.ts'
import { outcomeOf } from './function-clients.ts'
import type { RunningStack } from './running-stack.ts'

/** A stored wrap with all that KMS has to be told to open it. */
export interface StoredWrap {
  row: Wrap
  place: WrapContext
}

/** The wraps of a return, past the edge: of every holder, or of one. */
export async function storedWraps(
  { stored }: Pick<RunningStack, 'stored'>,
  ret: string,
  holder?: HolderId,
): Promise<StoredWrap[]> {
  return (await stored.rows('keys', ret)).flatMap((row) => {
    const [named, name, sec = ''] = (row.wrap?.S ?? '').split('#')
    const party = holderId.parse(named)
    const cls = dataClassNames.find((dataClassName) => dataClassName === name)
    if (!cls || !row.blob?.B || (holder && party !== holder)) return []
    return [{ row: { wrap: wrapId({ party, cls, sec }), blob: row.blob.B }, place: { ret, sec, cls, party } }]
  })
}

/** The ids of the wraps of a return, `party#cls#sec`, sorted. */
export async function wrapIds(
  running: Pick<RunningStack, 'stored'>,
  ret: string,
  holder?: HolderId,
): Promise<string[]> {
  return (await storedWraps(running, ret, holder)).map(({ row }) => row.wrap).sort()
}

/** The classes that a holder has wraps of on a return. */
export async function classesHeld(
  running: Pick<RunningStack, 'stored'>,
  ret: string,
  holder: HolderId,
): Promise<string[]> {
  return [...new Set((await storedWraps(running, ret, holder)).map(({ place }) => place.cls))].sort()
}

/** The key that wraps for a holder. */
export const keyArnIn =
  ({ stack }: Pick<RunningStack, 'stack'>) =>
  (holder: HolderId) =>
    stack.template.arnOf(`${titled(kindOf(holder))}Key`)

/** Of stored wraps, the ids of those that KMS opens to somebody's credentials, each in the place that it is bound to. */
export async function openedWith(
  running: Pick<RunningStack, 'stack'>,
  kms: KMSClient,
  wraps: readonly StoredWrap[],
): Promise<string[]> {
  const tried = wraps.map(async ({ row, place }) => {
    const call = {
      CiphertextBlob: row.blob,
      EncryptionContext: { ...place },
      KeyId: keyArnIn(running)(place.party),
    }
    const outcome = await outcomeOf(kms.send(new DecryptCommand(call)))
    if (outcome !== 'allowed' && outcome !== 'AccessDeniedException') throw new Error(outcome)
    return outcome === 'allowed' ? [row.wrap] : []
  })
  return (await Promise.all(tried)).flat().sort()
}
