import type { IncomingHttpHeaders } from 'node:http'
import { join } from 'node:path'
import * as z from 'zod/mini'
import type { PreparedCall } from '../aws/prepared-call.ts'
import { jsonResponse } from '../aws/responses.ts'
import type { SignedRequest } from '../aws/signed-request.ts'
import { startCognito } from '../emulators/cognito.ts'
import { startKms } from '../emulators/kms.ts'
import { type Letter, openOutbox } from '../emulators/outbox.ts'
import { startSns } from '../emulators/sns.ts'
import { startSts } from '../emulators/sts.ts'
import type { Accounts } from '../emulators/user-pool.ts'
import type { CallerIdentity, CredentialStore } from '../iam/credentials.ts'
import type { Role } from '../iam/roles.ts'
import type { Template } from '../template/template.ts'
import { connectEmulator } from './emulator-connection.ts'
import { queuePermissions, queuesOf } from './queue-permissions.ts'
import { streamPermissions } from './stream-permissions.ts'
import { tablePermissions, tablesOf } from './table-permissions.ts'

/** The APIs of AWS behind the edge: some run in this process, the others are connections to emulators. */
export interface AwsApis {
  /** Reads a call in an AWS JSON protocol. Throws where it cannot be read with certainty. */
  prepareJson(signed: SignedRequest, body: unknown, headers: IncomingHttpHeaders): PreparedCall
  /** Reads a call in the query protocol, as SNS and STS speak it. */
  prepareQuery(signed: SignedRequest, form: URLSearchParams, caller: CallerIdentity): PreparedCall
  /** What was published to topics, the oldest first. */
  outbox(): readonly Letter[]
  stop(): void
}

export function startAwsApis(options: {
  template: Template
  dynamodbUrl: string
  sqsUrl: string
  /** The edge's own address, which a queue's address begins with. It is known once the edge listens. */
  edgeUrl: () => string
  dataDir: string
  accounts: Accounts | undefined
  roles: readonly Role[]
  credentials: CredentialStore
}): AwsApis {
  const { template, dataDir, accounts, roles, credentials } = options
  const kms = startKms(template, dataDir)
  const cognito = accounts && startCognito(template, accounts)
  const outbox = openOutbox(join(dataDir, 'outbox.jsonl'))
  const sns = startSns(template, outbox)
  const sts = startSts({ account: template.account, roles, credentials })
  const tables = tablesOf(template)
  const queues = queuesOf(template)
  const dynamodb = connectEmulator(options.dynamodbUrl)
  const sqs = connectEmulator(options.sqsUrl)

  function prepareSqs(operation: string, body: unknown, headers: IncomingHttpHeaders): PreparedCall {
    const fields = z.record(z.string(), z.unknown()).parse(body)
    const { permissions, queue } = queuePermissions(queues, operation, fields)
    const path = `/${template.account}/${queue.name}`
    if (operation === 'GetQueueUrl')
      return { permissions, perform: () => jsonResponse(200, { QueueUrl: options.edgeUrl() + path }) }
    const forwarded = JSON.stringify({ ...fields, QueueUrl: options.sqsUrl + path })
    return { permissions, perform: (signal) => sqs.call(headers, forwarded, signal) }
  }

  return {
    prepareJson(signed, body, headers) {
      const { api = '', operation = '' } = signed.target ?? {}
      // The emulator gets the body that was checked, written anew: a key that came twice then has one meaning.
      const perform: PreparedCall['perform'] = (signal) =>
        dynamodb.call(headers, JSON.stringify(body), signal)
      switch (api) {
        case 'DynamoDB_20120810':
          return { permissions: tablePermissions(tables, operation, body), perform }
        case 'DynamoDBStreams_20120810':
          return { permissions: streamPermissions(tables, operation, body), perform }
        case 'TrentService':
          return kms.prepare(operation, body)
        case 'AWSCognitoIdentityProviderService':
          if (!cognito) throw new Error('There is no user pool here.')
          return cognito.prepare(operation, body)
        default:
          return prepareSqs(operation, body, headers)
      }
    },
    prepareQuery: ({ service }, form, caller) =>
      service === 'sns' ? sns.prepare(form) : sts.prepare(form, caller),
    outbox: outbox.letters,
    stop() {
      dynamodb.stop()
      sqs.stop()
    },
  }
}
