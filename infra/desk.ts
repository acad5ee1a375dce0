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

/** The pages: the desk finds its way below `/desk` by itself. */
export const deskRoutes = [
  { method: 'GET', path: '/desk' },
  { method: 'GET', path: '/desk/{page+}' },
  { method: 'POST', path: '/desk/{page+}' },
] as const

/** The desk keeps sessions, and has no other right: what it shows it is given by the API, with its user's token. */
export function deskNeeds(
  { sessions }: Pick<Tables, 'sessions'>,
  { missions, centres, partners, hotline }: Pick<Deployment, 'missions' | 'centres' | 'partners' | 'hotline'>,
): FunctionNeeds {
  const named = [
    ...missions.map(({ code, city }) => [partyOf('mission', code), city]),
    ...centres.map(({ code, name }) => [partyOf('centre', code), name]),
    ...partners.map(({ code, name }) => [partyOf('partner', code), name]),
  ]
  return {
    environment: {
      [variable.table('sessions')]: sessions.tableName,
      [variable.partyNames]: JSON.stringify(Object.fromEntries(named)),
      [variable.partners]: partnersText(partners),
      [variable.hotline]: JSON.stringify({ inside: hotline.inside, abroad: hotline.abroad }),
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

/** Tells the desk where the API and the issuer are; both have to be there first. */
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
