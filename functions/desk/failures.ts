import type { LogFields } from '../../schemas/deployment/log.ts'

/** Logs a failure as a line of the closed register (`schemas/deployment/log.ts`): its name, never its message. */
export function logFailure(error: unknown): void {
  const name = error instanceof Error ? error.name : 'unknown'
  const line: LogFields<'failed'> & { message: 'failed' } = {
    message: 'failed',
    operation: 'page',
    error: name,
  }
  console.error(JSON.stringify({ level: 'ERROR', ...line }))
}
