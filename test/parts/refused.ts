import { expect } from 'vitest'
import * as z from 'zod/mini'
import { problem } from '../../schemas/api/answers.ts'
import { type ProblemCode, problems } from '../../schemas/api/problems.ts'
import type { RawRequest, RawResponse, RunningStack } from './running-stack.ts'
import { telltale } from './telltale.ts'

const accessRow = z.object({ kind: z.object({ S: z.string() }) })

/** All that is stored, but for the records of what somebody was refused. */
export function keptBesideRefusals({ stored }: RunningStack): unknown {
  const looks = stored.texts('access').filter((row) => accessRow.parse(JSON.parse(row)).kind.S !== 'refused')
  return { ...stored.contents(), access: looks }
}

/**
 * Asks, and insists that no row of any table changed but that the refusal may be recorded, and that neither answer nor
 * logs tell what was sent.
 */
export async function askInVain(running: RunningStack, asked: RawRequest): Promise<RawResponse> {
  const before = keptBesideRefusals(running)
  const answer = await running.ask(asked)
  expect(keptBesideRefusals(running)).toEqual(before)
  expect(answer.text).not.toMatch(telltale)
  expect(running.logs()).not.toMatch(telltale)
  return answer
}

/** The problem of an answer, which has to be of its code's status and of the closed form. */
export function problemOf({ status, headers, text }: RawResponse, code: ProblemCode) {
  const parsed = problem.parse(JSON.parse(text))
  expect(parsed).toMatchObject({ code, type: `urn:acasa:problem:${code}`, ...problems[code] })
  expect(status).toBe(problems[code].status)
  expect(headers.get('content-type')).toBe('application/problem+json')
  expect(headers.get('cache-control')).toBe('no-store')
  return parsed
}
