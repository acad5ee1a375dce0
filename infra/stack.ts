import { type App, CfnOutput, Stack } from 'aws-cdk-lib'
import { createAlarms } from './alarms.ts'
import { createCallTopic } from './call-topic.ts'
import { readDeployment } from './context.ts'
import { connectDesk, deskNeeds } from './desk.ts'
import { acknowledgeFindings } from './findings.ts'
import type { Bundles } from './function-code.ts'
import { createFunctions } from './functions.ts'
import { createHttpApi } from './http-api.ts'
import { createPartyKeys, createStorageKey, createTagKey } from './keys.ts'
import { grantSessions, partyNeeds } from './party-functions.ts'
import { connectPeople, peopleNeeds } from './people.ts'
import { connectPipeline, pipelineNeeds } from './pipeline.ts'
import { createQueues } from './queues.ts'
import { createRoles } from './roles.ts'
import { createSignIn } from './sign-in.ts'
import { createTables } from './tables.ts'

/**
 * The whole system, as one stack. Roles come first, because keys name them; permissions come last, because they name
 * keys.
 */
export function createStack(app: App, bundles: Bundles): Stack {
  const deployment = readDeployment(app.node)
  const { stage, region } = deployment
  const stack = new Stack(app, 'Acasa', {
    stackName: `acasa-${stage}`,
    description: 'Coordinates the return of people identified abroad.',
    env: { region },
    terminationProtection: true,
  })

  const roles = createRoles(stack)
  const keys = createPartyKeys(stack, roles)
  const tagKey = createTagKey(stack, roles)
  const storage = createStorageKey(stack, roles, stage)
  const tables = createTables(stack, storage, roles, stage)
  const queues = createQueues(stack, storage)
  const calls = createCallTopic(stack, storage)
  const parts = { roles, tables, keys, tagKey }
  const noNeeds = { environment: {}, statements: [] }
  const functions = createFunctions(stack, {
    roles,
    storage,
    stage,
    bundles,
    needs: {
      ...partyNeeds(parts, deployment),
      ...pipelineNeeds({ tables, queues, keys, calls }, deployment),
      contract: noNeeds,
      people: peopleNeeds(tables, deployment),
      desk: deskNeeds(tables, deployment),
      'access-token': noNeeds,
    },
  })
  grantSessions(stack, parts, deployment)
  connectPipeline(stack, functions, tables, queues)
  const signIn = createSignIn(stack, deployment, functions.of['access-token'])
  const api = createHttpApi(stack, { functions, signIn, storage, stage })
  connectPeople(stack, functions.of.people, roles.base.people, signIn.pool)
  connectDesk(functions.of.desk, { signIn, api, desk: deployment.desk })
  createAlarms(stack, functions, queues, storage)
  acknowledgeFindings(stack)

  new CfnOutput(stack, 'ApiUrl', { value: api.apiEndpoint })
  new CfnOutput(stack, 'UserPoolId', { value: signIn.pool.userPoolId })
  new CfnOutput(stack, 'DeskClientId', { value: signIn.deskClientId })
  new CfnOutput(stack, 'Issuer', { value: signIn.issuer })
  return stack
}
