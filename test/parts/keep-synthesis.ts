import { synthesisOf } from '../../infra/local/template/synthesis.ts'

/** Before any test: the synthesis that most of them start from is kept, so that no worker waits for it. */
export async function setup(): Promise<void> {
  await synthesisOf({})
}
