import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FunctionSpec } from '../../../infra/local/lambda/functions.ts'
import { readTemplate, type Template } from '../../../infra/local/template/template.ts'

/** A function whose bundle has this source. */
export function bundledFunction(
  directory: string,
  name: string,
  source: string,
  more?: Partial<FunctionSpec>,
) {
  const bundle = join(directory, `${name}.mjs`)
  writeFileSync(bundle, source)
  const spec: FunctionSpec = {
    name,
    arn: `arn:aws:lambda:eu-central-1:000000000000:function:${name}`,
    bundle,
    exportName: 'handler',
    environment: {},
    timeoutSeconds: 10,
    memoryMb: 128,
    workers: 2,
    ...more,
  }
  return spec
}

/** A template with these resources, whose API is at `url`. */
export function templateWith(resources: Record<string, unknown>, url = 'http://127.0.0.1:1'): Template {
  return readTemplate(
    { Resources: resources },
    { sqsUrl: 'http://edge.invalid', issuer: `${url}/sign-in`, apiUrl: url, deskUrl: url },
  )
}

/** The permission of a service to invoke a function, from any source. */
export function invokePermission(functionName: string, service: string) {
  return {
    Type: 'AWS::Lambda::Permission',
    Properties: {
      Action: 'lambda:InvokeFunction',
      FunctionName: { 'Fn::GetAtt': [functionName, 'Arn'] },
      Principal: service,
    },
  }
}
