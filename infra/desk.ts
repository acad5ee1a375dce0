import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2'
import type { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda'
import { variable } from '../schemas/deployment/settings.ts'
import { partnersText } from '../schemas/procedure/tasks.ts'
import { partyOf } from '../schemas/values/parties.ts'
import type { Deployment } from './context.ts'
import type { FunctionNeeds } from './functions.ts'
import type { SignIn } from './sign-in.ts'
import { allow } from './statements.ts'
import type { Tables } from './tables.ts'

/** The routes of the pages. Below `/desk` the desk has a router of its own. */
export const deskRoutes = [
  { method: 'GET', path: '/desk' },
  { method: 'GET', path: '/desk/{page+}' },
  { method: 'POST', path: '/desk/{page+}' },
] as const

/** The desk may only store sessions. It reads everything else from the API, with the token of its user. */
export function deskNeeds(
  { sessions }: Pick<Tables, 'sessions'>,
  { missions, centres, partners, hotline }: Pick<Deployment, 'missions' | 'centres' | 'partners' | 'hotline'>,
): FunctionNeeds {
  const names = [
    ...missions.map(({ code, city }) => [partyOf('mission', code), city]),
    ...centres.map(({ code, name }) => [partyOf('centre', code), name]),
    ...partners.map(({ code, name }) => [partyOf('partner', code), name]),
  ]
  return {
    environment: {
      [variable.table('sessions')]: sessions.tableName,
      [variable.partyNames]: JSON.stringify(Object.fromEntries(names)),
      [variable.partners]: partnersText(partners),
      [variable.hotline]: JSON.stringify({
        inside: hotline.inside,
        abroad: hotline.abroad,
        duty: hotline.duty,
      }),
    },
    statements: [
      allow(
        'Sessions',
        ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
        [sessions.tableArn],
      ),
    ],
  }
}

/** Gives the desk the addresses of the API and the issuer, which must exist first. */
export function connectDesk(
  fn: LambdaFunction,
  { signIn, api, desk }: { signIn: SignIn; api: HttpApi; desk: Deployment['desk'] },
): void {
  fn.addEnvironment(variable.apiUrl, api.apiEndpoint)
  fn.addEnvironment(variable.issuer, signIn.issuer)
  fn.addEnvironment(variable.deskClient, signIn.deskClientId)
  fn.addEnvironment(variable.deskOrigin, new URL(desk.callback[0] ?? '').origin)
  fn.addEnvironment(variable.signOut, signIn.signOut)
}
