import { type Stack, Validations } from 'aws-cdk-lib'
import type { IConstruct } from 'constructs'
import { addressedKinds, partyKindNames } from '../schemas/values/parties.ts'
import { deskRoutes } from './desk.ts'
import { functionNames } from './function-table.ts'

/** An accepted finding of cdk-nag: the rule, the places, and the reason to accept it. */
interface Finding {
  rule: string
  /** Paths below the stack. */
  at: readonly string[]
  reason: string
}

const lambda = (names: readonly string[]) => names.map((name) => `Functions/${name}`)

const findings: readonly Finding[] = [
  {
    rule: 'AwsSolutions::AwsSolutions-APIG4',
    at: ['Http/GET --openapi.json'],
    reason: 'The contract of the API is public: it holds forms and codes, and nothing of any person.',
  },
  {
    rule: 'AwsSolutions::AwsSolutions-APIG4',
    at: deskRoutes.map(({ method, path }) => `Http/${method} ${path.replaceAll('/', '--')}`),
    reason:
      'The pages are for browsers: the desk signs people in itself, and calls the API with their tokens.',
  },
  {
    rule: 'AwsSolutions::AwsSolutions-COG8',
    at: ['SignIn/pool'],
    reason:
      'Plus judges sign-ins by risk, from addresses and devices that it keeps. Accounts here are few and given by administrators, a second factor is always asked for, and a token lives ten minutes.',
  },
  {
    rule: 'AwsSolutions::AwsSolutions-SQS3',
    at: ['Queues/relay-failures'],
    reason: 'It is itself where failures are kept; an alarm tells of the first message.',
  },
  {
    rule: 'Serverless::Serverless-SQSRedrivePolicy',
    at: [...addressedKinds.map((kind) => `Queues/${kind}-dead`), 'Queues/relay-failures'],
    reason: 'It is itself where failures are kept; an alarm tells of the first message.',
  },
  {
    rule: 'Serverless::Serverless-LambdaDLQ',
    at: lambda([...partyKindNames, 'contract', 'people', 'desk']),
    reason: 'API Gateway waits for the answer and gives the caller the error; no event is left to keep.',
  },
  {
    rule: 'Serverless::Serverless-LambdaDLQ',
    at: lambda(['access-token']),
    reason: 'Cognito waits for the answer and refuses the sign-in without it; no event is left to keep.',
  },
  {
    rule: 'Serverless::Serverless-LambdaDLQ',
    at: lambda(['relay', 'inbox']),
    reason: 'Lambda reads stream and queues for it: what fails goes where those mappings and queues send it.',
  },
  {
    rule: 'Serverless::Serverless-LambdaDLQ',
    at: lambda(['watch', 'figures', 'matching']),
    reason: 'The event is only that time has passed; the next one does the work of one that failed.',
  },
  {
    rule: 'Serverless::Serverless-LambdaAsyncFailureDestination',
    at: ['watch', 'figures', 'matching'].map((name) => `Functions/${name}/EventInvokeConfig`),
    reason: 'The event is only that time has passed; the next one does the work of one that failed.',
  },
  {
    rule: 'Serverless::Serverless-EventBusDLQ',
    at: ['Pipeline/clock', 'Pipeline/matching-clock', 'Pipeline/figures-clock'],
    reason: 'The event is only that time has passed; the next one does the work of one that was lost.',
  },
  {
    rule: 'Serverless::Serverless-LambdaEventSourceMappingDestination',
    at: addressedKinds.map((kind) => `Pipeline/${kind}-queue`),
    reason: 'A queue keeps its own failures: the redrive policy moves a message to its dead-letter queue.',
  },
  {
    rule: 'Serverless::Serverless-LambdaTracing',
    at: lambda(functionNames),
    reason: 'A segment records the address of a call, and an address holds the id of a return.',
  },
]

/** Acknowledges each accepted finding in its places, and nowhere else. */
export function acknowledgeFindings(stack: Stack): void {
  for (const { rule, at, reason } of findings)
    for (const path of at) Validations.of(below(stack, path)).acknowledge({ id: rule, reason })
}

function below(stack: Stack, path: string): IConstruct {
  return path.split('/').reduce<IConstruct>((scope, id) => scope.node.findChild(id), stack)
}
