import { appendFileSync, cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { openDataDirectory } from './disk/data-directory.ts'
import { type Edge, type EdgeOptions, startEdge } from './edge/edge.ts'
import { startDynamoDb } from './emulators/dynamodb.ts'
import type { Letter } from './emulators/outbox.ts'
import { startSqs } from './emulators/sqs.ts'
import { openAccounts, type SeededUser } from './emulators/user-pool.ts'
import { openFront } from './gateway/front.ts'
import { openGateway } from './gateway/gateway.ts'
import { homePage, type Inventory, outboxPage } from './gateway/home-page.ts'
import { readFunctions } from './lambda/function-specs.ts'
import { type LocalFunctions, openFunctions } from './lambda/functions.ts'
import { createFirstRosters } from './sample/first-rosters.ts'
import { seededUsers } from './sample/seeded-users.ts'
import { openIssuer } from './sign-in/issuer.ts'
import { appClients, customScopes, issuerSecrets } from './sign-in/issuer-clients.ts'
import { machineToken, userToken } from './sign-in/sign-in.ts'
import { cognitoClaims } from './sign-in/token-claims.ts'
import { synthesisOf, templateIn } from './template/synthesis.ts'
import { readTemplate, type Template } from './template/template.ts'
import { requireTrial } from './template/trial.ts'
import { startSchedules } from './triggers/schedules.ts'
import { startSources } from './triggers/sources.ts'

export interface StackOptions {
  dataDir: string
  /** 4400 unless given; the next free one when it is taken; any free one for 0. */
  port?: number
  /** Forgets what the data directory holds. */
  fresh?: boolean
  /** Says nothing while it starts. */
  quiet?: boolean
  /** Laid over the context of `cdk.json`; for tests. */
  context?: Record<string, unknown>
  /** Modules that stand in for others in the bundles, by paths from the top of the repository; for tests. */
  replace?: Record<string, string>
  /** Holds the edge's answers to a function back, so that a measurement sees what runs in parallel. */
  hold?: EdgeOptions['hold']
  /** Faults that the edge injects; for tests. */
  intercept?: EdgeOptions['intercept']
  /** Whether clocks run; otherwise only `tick` runs what they start. */
  schedules?: boolean
  /** In place of every queue's visibility timeout, so that a test need not wait for a retry. */
  visibilitySeconds?: number
}

export interface LocalStack {
  url: string
  issuer: string
  edge: Edge
  template: Template
  functions: LocalFunctions
  /** Who has an account: the seeded users, and who was invited since. */
  readonly users: readonly SeededUser[]
  /** Where the queues answer without the edge, for a test that looks at or empties them. */
  sqsUrl: string
  /** Where the tables answer without the edge, for a test that looks at or changes them. */
  dynamodbUrl: string
  /** Signs a user in over HTTP, by code and PKCE, and gives the access token. */
  signIn(name: string): Promise<string>
  /** A machine's access token by its app client's name, by client credentials. */
  machineToken(name: string): Promise<string>
  /** Runs a scheduled function now, by its name or the end of it, as its clock would. */
  tick(functionName: string): Promise<void>
  /** What was published to topics, the oldest first. */
  outbox(): readonly Letter[]
  stop(): Promise<void>
}

/** Synthesizes the app and runs its template on this machine. What was started is stopped again when a step fails. */
export async function startStack(options: StackOptions): Promise<LocalStack> {
  const closers: (() => unknown)[] = []
  const stop = async () => {
    for (let close = closers.pop(); close; close = closers.pop()) await close()
  }
  try {
    return await start(options, (close) => closers.push(close), stop)
  } catch (error) {
    await stop()
    throw error
  }
}

async function start(
  options: StackOptions,
  closing: (close: () => unknown) => void,
  stop: () => Promise<void>,
): Promise<LocalStack> {
  const say = (line: string) => {
    if (!options.quiet) process.stdout.write(`${line}\n`)
  }
  const data = openDataDirectory(options.dataDir, options.fresh ?? false)
  closing(() => data.release())
  const front = await openFront(options.port ?? 4400)
  closing(() => front.stop())
  const issuer = `${front.url}/sign-in`
  const here = { issuer, apiUrl: front.url, deskUrl: front.url }

  const outdir = data.path('template')
  const kept = await synthesisOf({ context: options.context, replace: options.replace }, () =>
    say('Synthesizing the app and bundling its functions …'),
  )
  // A copy, since what is kept goes when others are newer, and functions are loaded when they are first called.
  rmSync(outdir, { recursive: true, force: true })
  cpSync(kept, outdir, { recursive: true })
  const synthesized = templateIn(outdir)
  // The edge's own address is known only once it runs; nothing that it or the emulators need depends on it.
  const draft = readTemplate(synthesized, { ...here, sqsUrl: 'http://edge.invalid' })
  requireTrial(draft)

  say('Starting tables, queues and the edge …')
  const dynamodb = await startDynamoDb({ directory: data.path('dynamodb'), template: draft })
  closing(() => dynamodb.stop())
  const queues = await startSqs({
    directory: data.path('queues'),
    template: draft,
    visibilitySeconds: options.visibilitySeconds,
  })
  closing(() => queues.stop())
  const accounts = openAccounts(data.path('accounts.json'), seededUsers(draft))
  const edge = await startEdge({
    template: draft,
    accounts,
    dynamodbUrl: dynamodb.url,
    sqsUrl: queues.url,
    dataDir: data.path('edge'),
    hold: options.hold,
    intercept: options.intercept,
    onRefused: (message) => appendFileSync(join(data.path('logs'), 'edge.log'), `${message}\n`),
  })
  closing(() => edge.stop())
  const template = readTemplate(synthesized, { ...here, sqsUrl: edge.url })

  const deployed = readFunctions(template, outdir, edge)
  const specs = deployed.map(({ spec }) => spec)
  const functions = openFunctions({ specs, logs: data.path('logs') })
  closing(() => functions.stop())

  await createFirstRosters(functions, seededUsers(template))
  const clients = appClients(template)
  const secrets = await issuerSecrets(data.path('issuer.json'), clients)
  const accessClaims = cognitoClaims(template, functions)
  const signIn = openIssuer({
    issuer,
    clients,
    scopes: customScopes(template),
    accounts,
    secrets,
    accessClaims,
  })
  const gateway = openGateway(template, functions)

  const sources = startSources({
    template,
    edge,
    functions,
    roleOf: (name) => deployed.find(({ spec }) => spec.name === name)?.roleLogicalId ?? '',
    directory: data.path('streams'),
    onError: (message) => appendFileSync(join(data.path('logs'), 'sources.log'), `${message}\n`),
  })
  closing(() => sources.stop())
  const schedules = startSchedules({ template, functions, running: options.schedules ?? true })
  closing(() => schedules.stop())

  const inventory: Inventory = {
    url: front.url,
    issuer,
    functions: specs,
    routes: gateway.routes,
    sources: sources.descriptions,
    schedules: schedules.descriptions,
    queues: namesOf(template, 'AWS::SQS::Queue'),
    tables: namesOf(template, 'AWS::DynamoDB::GlobalTable'),
    users: accounts.all,
    letters: edge.outbox,
  }
  front.open({
    home: ({ url }, response) => {
      const page = url?.startsWith('/outbox') ? outboxPage(edge.outbox()) : homePage(inventory)
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page)
    },
    signIn: signIn.handle,
    api: gateway.handle,
  })
  const clientId = clients.find(({ flow }) => flow === 'code')?.clientId ?? ''
  data.announce({ url: front.url, issuer, clientId })
  return {
    url: front.url,
    issuer,
    edge,
    template,
    functions,
    get users() {
      return accounts.all()
    },
    sqsUrl: queues.url,
    dynamodbUrl: dynamodb.url,
    signIn: (name) => userToken(issuer, clientId, name),
    async machineToken(name) {
      const id = clients.find((client) => client.name === name)?.clientId ?? name
      return machineToken(issuer, id, secrets.clientSecrets[id] ?? '')
    },
    tick: schedules.tick,
    outbox: edge.outbox,
    stop,
  }
}

function namesOf(template: Template, type: string): string[] {
  return template.ofType(type).map(({ logicalId }) => template.nameOf(logicalId))
}
