import * as z from 'zod/mini'
import { variable } from '../../../schemas/deployment/settings.ts'
import type { Template } from './template.ts'

const functionShape = z.looseObject({
  Environment: z.looseObject({ Variables: z.record(z.string(), z.unknown()) }),
})

/** The one stage that runs on this machine. */
const trial = 'trial'

/**
 * Throws where a template has another stage than the trial. Only the local stack has seeded users, who sign in
 * without a password, and sample data: in a stage with the name of a deployed one they would look real.
 */
export function requireTrial(template: Template): void {
  for (const { properties } of template.ofType('AWS::Lambda::Function')) {
    const stage = functionShape.parse(properties).Environment.Variables[variable.stage]
    if (stage !== trial)
      throw new Error(
        `Only the stage ${trial} runs here, and cdk.json says ${String(stage)}. Deploy that one.`,
      )
  }
}
