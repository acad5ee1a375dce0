import { createHash } from 'node:crypto'
import pLimit from 'p-limit'
import * as z from 'zod/mini'
import { commandAnswer, returnAnswer } from '../../../schemas/api/answers.ts'
import { returnId } from '../../../schemas/values/texts.ts'
import { type Api, isApiRefusal, type Problem } from '../api.ts'
import type { SeveralCommand } from '../parts/several-commands.ts'
import type { ReturnView } from './return-head.tsx'

/** So many returns are read and written at once at most: a family, a group that travels together. */
export const mostAtOnce = 50
/** Calls of the API at the same time. */
const concurrency = 5

/** The returns that were ticked, each once. */
export function retsIn(values: readonly string[]): string[] {
  const valid = z.array(z.catch(z.nullable(returnId), null)).parse(values)
  return [...new Set(valid)].filter((ret) => ret !== null)
}

/** Reads several returns. What the party does not know of is left out. */
export async function fetchSeveral(api: Api, rets: readonly string[]): Promise<ReturnView[]> {
  const limit = pLimit(concurrency)
  const found = await Promise.all(
    rets.map((ret) =>
      limit(() =>
        api.get(['returns', ret], returnAnswer).catch((error: unknown) => {
          if (isApiRefusal(error)) return undefined
          throw error
        }),
      ),
    ),
  )
  return found.filter((seen) => seen !== undefined)
}

/** What became of a command on one of several returns; `unknown`: no answer came, so it may be done or not. */
export interface Outcome {
  ret: string
  result: 'done' | 'refused' | 'unknown'
  problem?: Problem
}

/**
 * The key of one of several returns, from the key of the form: sent twice, each is done once, and each return has a key of
 * its own.
 */
export function returnKey(formKey: string, ret: string): string {
  return createHash('sha256').update(`${formKey} ${ret}`).digest('base64url')
}

/**
 * Gives a command on several returns, one call for each: what is refused for one leaves the others as they are, and no
 * return is half written. `versions`: the version of each that the user has seen.
 */
export function giveSeveral(
  api: Api,
  {
    command,
    body,
    key,
    versions,
  }: { command: SeveralCommand; body: unknown; key: string; versions: ReadonlyMap<string, number> },
): Promise<Outcome[]> {
  const limit = pLimit(concurrency)
  return Promise.all(
    [...versions].map(([ret, version]) =>
      limit(async (): Promise<Outcome> => {
        try {
          const path = ['returns', ret, 'commands', command]
          await api.post(path, commandAnswer, { body, key: returnKey(key, ret), version })
          return { ret, result: 'done' }
        } catch (error) {
          return isApiRefusal(error)
            ? { ret, result: 'refused', problem: error.problem }
            : { ret, result: 'unknown' }
        }
      }),
    ),
  )
}
