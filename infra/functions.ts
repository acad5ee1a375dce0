import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import { Policy, type PolicyStatement } from 'aws-cdk-lib/aws-iam'
import type { Key } from 'aws-cdk-lib/aws-kms'
import { Architecture, Function as LambdaFunction, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda'
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs'
import { Construct } from 'constructs'
import { variable } from '../schemas/deployment/settings.ts'
import type { Bundles } from './function-code.ts'
import { type FunctionName, functionNames, functionTable } from './function-table.ts'
import { pinned, titled } from './logical-id.ts'
import type { Roles } from './roles.ts'
import { allow } from './statements.ts'

/**
 * Powertools' own variable: the service in log lines, and the dimension that every metric must have. Alarms find a
 * metric by it.
 */
export const powertools = { POWERTOOLS_SERVICE_NAME: 'acasa' }

/** The variables and permissions of a function, besides those for its own log. */
export interface FunctionNeeds {
  environment: Record<string, string>
  statements: PolicyStatement[]
}

export interface Functions {
  of: Record<FunctionName, LambdaFunction>
  /** The permissions of each function's base role: an event source cannot be made before them. */
  policies: Record<FunctionName, Policy>
}

/** The functions, each from its own bundle, with its own role and its own log. */
export function createFunctions(
  parent: Construct,
  {
    roles,
    storage,
    stage,
    bundles,
    needs,
  }: {
    roles: Roles
    storage: Key
    stage: string
    bundles: Bundles
    needs: Record<FunctionName, FunctionNeeds>
  },
): Functions {
  const scope = new Construct(parent, 'Functions')
  const created = functionNames.map((name) => {
    const { memory, timeout } = functionTable[name]
    const { environment, statements } = needs[name]
    const logGroup = createLog(scope, name, stage, storage)
    const policy = new Policy(scope, `${name}-policy`, {
      roles: [roles.base[name]],
      statements: [
        allow('Log', ['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]),
        ...statements,
      ],
    })
    const fn = new LambdaFunction(scope, name, {
      functionName: `acasa-${stage}-${name}`,
      description: functionTable[name].entry,
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: bundles.codeOf(name),
      role: roles.base[name],
      logGroup,
      memorySize: memory,
      timeout: Duration.seconds(timeout),
      // A segment records the address of a call, and an address holds the id of a return.
      tracing: Tracing.DISABLED,
      environment: { [variable.stage]: stage, ...powertools, ...environment },
    })
    return {
      name,
      fn: pinned(fn, `${titled(name)}Function`),
      policy: pinned(policy, `${titled(name)}Policy`),
    }
  })
  return {
    of: Object.fromEntries(created.map(({ name, fn }) => [name, fn])) as Functions['of'],
    policies: Object.fromEntries(created.map(({ name, policy }) => [name, policy])) as Functions['policies'],
  }
}

/** A log group under the storage key, which allows names below `/acasa/<stage>/` only. */
export function createLog(scope: Construct, name: string, stage: string, storage: Key): LogGroup {
  const log = new LogGroup(scope, `${name}-log`, {
    logGroupName: `/acasa/${stage}/${name}`,
    encryptionKey: storage,
    retention: RetentionDays.THREE_MONTHS,
    removalPolicy: RemovalPolicy.DESTROY,
  })
  return pinned(log, `${titled(name)}Log`)
}
