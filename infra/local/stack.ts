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
import { pageLanguageOf } from './gateway/page-language.ts'
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
  /** 4400 by default. The next free port where it is taken; for 0 any free port. */
  port?: number
  /** Removes the content of the data directory. */
  fresh?: boolean
  /** Logs nothing while it starts. */
  quiet?: boolean
  /** Overrides the context of `cdk.json`; for tests. */
  context?: Record<string, unknown>
  /** Modules that replace others in the bundles, by paths from the root of the repository; for tests. */
  replace?: Record<string, string>
  /** Delays the edge's responses to a function, so that a measurement sees which calls run in parallel. */
  hold?: EdgeOptions['hold']
  /** Injects faults at the edge; for tests. */
  intercept?: EdgeOptions['intercept']
  /** Whether the clocks run; otherwise only `tick` starts their functions. */
  schedules?: boolean
  /** Replaces every queue's visibility timeout, so that a test need not wait for a retry. */
  visibilitySeconds?: number
}

export interface LocalStack {
  url: string
  issuer: string
  edge: Edge
  template: Template
  functions: LocalFunctions
  /** The users with an account: the seeded users, and those who were invited since. */
  readonly users: readonly SeededUser[]
  /** The address of the queues without the edge, for a test that reads or empties them. */
  sqsUrl: string
  /** The address of the tables without the edge, for a test that reads or changes them. */
  dynamodbUrl: string
  /** Signs a user in over HTTP, by code and PKCE, and gives the access token. */
  signIn(name: string): Promise<string>
  /** A machine's access token, by the name of its app client, with client credentials. */
  machineToken(name: string): Promise<string>
  /** Runs a scheduled function now, by its name or the end of its name, as its clock would. */
  tick(functionName: string): Promise<void>
  /** What was published to topics, the oldest first. */
  outbox(): readonly Letter[]
  stop(): Promise<void>
}

/** Synthesizes the app and runs its template on this machine. When a step fails, it stops what it has started. */
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
  onStop: (close: () => unknown) => void,
  stop: () => Promise<void>,
): Promise<LocalStack> {
  const log = (line: string) => {
    if (!options.quiet) process.stdout.write(`${line}\n`)
  }
  const data = openDataDirectory(options.dataDir, options.fresh ?? false)
  onStop(() => data.release())
  const front = await openFront(options.port ?? 4400)
  onStop(() => front.stop())
  const issuer = `${front.url}/sign-in`
  const here = { issuer, apiUrl: front.url, deskUrl: front.url }

  const outdir = data.path('template')
  const kept = await synthesisOf({ context: options.context, replace: options.replace }, () =>
    log('Synthesizing the app and bundling its functions …'),
  )
  // A copy: the store removes old syntheses, and a function is loaded only when it is first called.
  rmSync(outdir, { recursive: true, force: true })
  cpSync(kept, outdir, { recursive: true })
  const synthesized = templateIn(outdir)
  // The edge's own address is known only once it runs. Neither the edge nor the emulators depend on it.
  const draft = readTemplate(synthesized, { ...here, sqsUrl: 'http://edge.invalid' })
  requireTrial(draft)

  log('Starting tables, queues and the edge …')
  const dynamodb = await startDynamoDb({ directory: data.path('dynamodb'), template: draft })
  onStop(() => dynamodb.stop())
  const queues = await startSqs({
    directory: data.path('queues'),
    template: draft,
    visibilitySeconds: options.visibilitySeconds,
  })
  onStop(() => queues.stop())
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
  onStop(() => edge.stop())
  const template = readTemplate(synthesized, { ...here, sqsUrl: edge.url })

  const deployed = readFunctions(template, outdir, edge)
  const specs = deployed.map(({ spec }) => spec)
  const functions = openFunctions({ specs, logs: data.path('logs') })
  onStop(() => functions.stop())

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
  onStop(() => sources.stop())
  const schedules = startSchedules({ template, functions, running: options.schedules ?? true })
  onStop(() => schedules.stop())

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
    home: (request, response) => {
      const page = request.url?.startsWith('/outbox')
        ? outboxPage(edge.outbox())
        : homePage(inventory, pageLanguageOf(request))
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
