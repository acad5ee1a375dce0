import { Logger } from '@aws-lambda-powertools/logger'
import { type LogCode, type LogFields, logLines } from '../schemas/deployment/log.ts'

const logger = new Logger()

/** Writes one line of the closed register (`schemas/deployment/log.ts`): a code, and ids and codes beside it. */
export function log<C extends LogCode>(code: C, fields: LogFields<C>): void {
  logger[logLines[code].level](code, fields as Record<string, string | number>)
}

/**
 * What a log may say of an error: the code of a refusal, or the name of anything else.
 * Never its message: a library's message can hold what was sent.
 */
export function errorName(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
