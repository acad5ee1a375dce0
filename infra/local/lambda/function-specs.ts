import { join } from 'node:path'
import * as z from 'zod/mini'
import type { Edge } from '../edge/edge.ts'
import type { Template } from '../template/template.ts'
import type { FunctionSpec } from './functions.ts'

const functionShape = z.object({
  Code: z.object({ S3Key: z.string() }),
  Handler: z.string(),
  Role: z.string(),
  Runtime: z.literal('nodejs24.x'),
  Environment: z.optional(z.object({ Variables: z.record(z.string(), z.string()) })),
  Timeout: z._default(z.number(), 3),
  MemorySize: z._default(z.number(), 128),
  ReservedConcurrentExecutions: z.optional(z.number()),
})

/** Two workers for each function, so that two parallel calls really race. More would only cost memory here. */
const workersPerFunction = 2

export interface DeployedFunction {
  spec: FunctionSpec
  roleLogicalId: string
}

/** The template's functions with their bundles in `outdir`. Their environment directs their AWS calls to the edge. */
export function readFunctions(template: Template, outdir: string, edge: Edge): DeployedFunction[] {
  const roles = new Map(
    template.ofType('AWS::IAM::Role').map(({ logicalId }) => [template.arnOf(logicalId), logicalId]),
  )
  return template.ofType('AWS::Lambda::Function').map(({ logicalId, properties }) => {
    const declared = functionShape.parse(properties)
    const roleLogicalId = roles.get(declared.Role)
    if (!roleLogicalId) throw new Error(`${logicalId} has a role that the template lacks.`)
    const [module = '', exportName = ''] = declared.Handler.split('.')
    const { accessKeyId, secretAccessKey } = edge.credentialsFor(roleLogicalId)
    const spec: FunctionSpec = {
      name: template.nameOf(logicalId),
      arn: template.arnOf(logicalId),
      bundle: join(outdir, `asset.${declared.Code.S3Key.replace(/\.zip$/, '')}`, `${module}.mjs`),
      exportName,
      environment: {
        ...declared.Environment?.Variables,
        AWS_REGION: template.region,
        AWS_DEFAULT_REGION: template.region,
        AWS_ACCESS_KEY_ID: accessKeyId,
        AWS_SECRET_ACCESS_KEY: secretAccessKey,
        AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: edge.url,
        AWS_ENDPOINT_URL_DYNAMODB: edge.url,
        AWS_ENDPOINT_URL_KMS: edge.url,
        AWS_ENDPOINT_URL_SNS: edge.url,
        AWS_ENDPOINT_URL_SQS: edge.url,
        AWS_ENDPOINT_URL_STS: edge.url,
      },
      timeoutSeconds: declared.Timeout,
      memoryMb: declared.MemorySize,
      workers: Math.min(workersPerFunction, declared.ReservedConcurrentExecutions ?? workersPerFunction),
    }
    return { spec, roleLogicalId }
  })
}
