import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { KMSClient } from '@aws-sdk/client-kms'
import { SQSClient } from '@aws-sdk/client-sqs'
import { AssumeRoleCommand, type AssumeRoleCommandInput, STSClient } from '@aws-sdk/client-sts'
import { type Edge, type EdgeOptions, startEdge } from '../../../infra/local/edge/edge.ts'
import { startDynamoDb } from '../../../infra/local/emulators/dynamodb.ts'
import { startSqs } from '../../../infra/local/emulators/sqs.ts'
import { readTemplate, type Template } from '../../../infra/local/template/template.ts'
import { smallTemplate } from './small-template.ts'

export const endpoints = {
  sqsUrl: 'http://sqs.test',
  issuer: 'http://issuer.test',
  apiUrl: 'http://api.test',
  deskUrl: 'http://desk.test',
}

export interface AwsCredentials {
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string
}

export interface RunningEdge {
  edge: Edge
  template: Template
  clientsOf(credentials: AwsCredentials): AwsClients
  /** The clients of a function's role. */
  as(roleId: string): AwsClients
  /** The clients of a mission's session; its return ids begin with `filer`. */
  mission(code: string, filer?: string): Promise<AwsClients>
  assume(input: Partial<AssumeRoleCommandInput>, from?: AwsClients): Promise<AwsCredentials>
  stop(): Promise<void>
}
export interface AwsClients {
  dynamodb: DynamoDBClient
  kms: KMSClient
  sqs: SQSClient
  sts: STSClient
}

/** Starts the edge with dynoxide and fauxqs on the small template, in a new data directory. */
export async function startRunningEdge(options: Partial<EdgeOptions> = {}): Promise<RunningEdge> {
  const directory = await mkdtemp(join(tmpdir(), 'acasa-edge-'))
  const template = readTemplate(smallTemplate(), endpoints)
  const dynamodb = await startDynamoDb({ directory: join(directory, 'dynamodb'), template })
  const queues = await startSqs({ directory: join(directory, 'queues'), template })
  const edge = await startEdge({
    template,
    dynamodbUrl: dynamodb.url,
    sqsUrl: queues.url,
    dataDir: directory,
    ...options,
  })
  const opened: AwsClients[] = []

  function clientsOf(credentials: AwsCredentials): AwsClients {
    const config = { region: 'eu-central-1', endpoint: edge.url, maxAttempts: 1, credentials }
    const clients = {
      dynamodb: new DynamoDBClient(config),
      kms: new KMSClient(config),
      sqs: new SQSClient(config),
      sts: new STSClient(config),
    }
    opened.push(clients)
    return clients
  }
  const as = (roleId: string) => clientsOf(edge.credentialsFor(roleId))
  async function assume(input: Partial<AssumeRoleCommandInput>, from = as('MissionRole')) {
    const { Credentials: given } = await from.sts.send(
      new AssumeRoleCommand({
        RoleArn: template.arnOf('MissionSessionRole'),
        RoleSessionName: 'officer',
        ...input,
      }),
    )
    return {
      accessKeyId: given?.AccessKeyId ?? '',
      secretAccessKey: given?.SecretAccessKey ?? '',
      sessionToken: given?.SessionToken ?? '',
    }
  }
  return {
    edge,
    template,
    clientsOf,
    as,
    assume,
    mission: async (code, filer = code) => clientsOf(await assume({ Tags: tags({ code, filer }) })),
    async stop() {
      for (const clients of opened) for (const client of Object.values(clients)) client.destroy()
      await edge.stop()
      await queues.stop()
      await dynamodb.stop()
      await rm(directory, { recursive: true })
    },
  }
}

export function tags(values: Record<string, string>) {
  return Object.entries(values).map(([Key, Value]) => ({ Key, Value }))
}

/** The name of the error that a call ends with, or `done`. */
export function outcome(call: Promise<unknown>): Promise<string> {
  return call.then(
    () => 'done',
    (error: unknown) => (error instanceof Error ? error.name : 'unknown'),
  )
}
