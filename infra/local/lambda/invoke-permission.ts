import * as z from 'zod/mini'
import { matchesArn } from '../iam/policy-patterns.ts'
import type { Template } from '../template/template.ts'
import type { FunctionSpec } from './functions.ts'

const permissionShape = z.object({
  Action: z.literal('lambda:InvokeFunction'),
  FunctionName: z.string(),
  Principal: z.string(),
  SourceArn: z.optional(z.string()),
  SourceAccount: z.optional(z.string()),
})

/** Whether a function's resource policy (AWS::Lambda::Permission) allows a service to invoke it for one source. */
export function mayInvoke(
  template: Template,
  spec: FunctionSpec,
  service: string,
  sourceArn: string,
): boolean {
  return template.ofType('AWS::Lambda::Permission').some(({ properties }) => {
    const permission = permissionShape.parse(properties)
    return (
      (permission.FunctionName === spec.arn || permission.FunctionName === spec.name) &&
      permission.Principal === service &&
      (permission.SourceArn === undefined || matchesArn(permission.SourceArn, sourceArn, new Map()) === true)
    )
  })
}
