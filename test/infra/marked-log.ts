export { errorName } from '../../functions/log.ts'

/** Can be told in a bundle from what it stands in for. */
export function log(): void {
  process.emitWarning('stands in for the log')
}
