import { randomBytes, randomUUID } from 'node:crypto'
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'

/** A function as the template declares it, with the environment it gets on this machine. */
export interface FunctionSpec {
  name: string
  arn: string
  /** Absolute path of its bundle. */
  bundle: string
  exportName: string
  environment: Record<string, string>
  timeoutSeconds: number
  memoryMb: number
  /** How many invocations may run at once; more wait. */
  workers: number
}

export type InvocationOutcome =
  | { kind: 'answered'; payload: unknown }
  | { kind: 'failed'; reason: 'error' | 'timeout' | 'exit' | 'size'; message: string }

export interface LocalFunctions {
  specs: readonly FunctionSpec[]
  /**
   * Invokes a function by its name; `trace` is an X-Amzn-Trace-Id to carry on. Never rejects for what a function does.
   * The first call loads it.
   */
  invoke(name: string, event: unknown, trace?: string): Promise<InvocationOutcome>
  /** Loads every function, whether somebody calls it or not. Throws, naming it and its log, when one does not load. */
  load(): Promise<void>
  /** Ends the idle environments of a function, as Lambda does after a while: the next invocation opens a new one. */
  retire(name: string): Promise<void>
  stop(): Promise<void>
}

export interface WorkerStart {
  bundle: string
  exportName: string
  context: Record<string, string>
}
export interface Invocation {
  event: string
  requestId: string
  trace: string
  /** Epoch milliseconds. */
  deadline: number
}
export type WorkerReply = { payload: string } | { error: string }

/** What Lambda takes and gives in a synchronous invocation. */
const payloadLimit = 6 * 1024 * 1024

/** Opens the functions; each is loaded when it is first called. */
export function openFunctions(options: { specs: readonly FunctionSpec[]; logs: string }): LocalFunctions {
  mkdirSync(options.logs, { recursive: true, mode: 0o700 })
  const pools = new Map(options.specs.map((spec) => [spec.name, openPool(spec, options.logs)]))
  const poolOf = (name: string) => {
    const pool = pools.get(name)
    if (!pool) throw new Error(`There is no function ${name}.`)
    return pool
  }
  return {
    specs: options.specs,
    invoke: async (name, event, trace = newTrace()) => poolOf(name).run(event, trace),
    async load() {
      await Promise.all([...pools.values()].map((pool) => pool.load()))
    },
    retire: async (name) => poolOf(name).retire(),
    async stop() {
      await Promise.all([...pools.values()].map((pool) => pool.close()))
    },
  }
}

/** A new root for what X-Ray would trace; API Gateway and the Lambda service make one where none came. */
export function newTrace(): string {
  const seconds = Math.floor(Date.now() / 1000).toString(16)
  return `Root=1-${seconds}-${randomBytes(12).toString('hex')}`
}

/** What a worker thread can tell, or time in its place. */
type WorkerSignal = WorkerReply | 'loaded' | 'late' | { exit: string }

interface Environment {
  /** Whether its thread still runs; code left over from an invocation can end it in between. */
  alive(): boolean
  run(event: string, trace: string): Promise<InvocationOutcome>
  close(): Promise<void>
}

/** The execution environments of one function: made when needed, kept, replaced when they fail. */
function openPool(spec: FunctionSpec, logs: string) {
  const log = createWriteStream(join(logs, `${spec.name}.log`), { flags: 'a', mode: 0o600 })
  const all = new Set<Environment>()
  const idle: Environment[] = []
  const waiting: (() => void)[] = []
  let busy = 0

  async function take(): Promise<Environment> {
    while (busy >= spec.workers) await new Promise<void>((resolve) => waiting.push(resolve))
    busy++
    try {
      for (let kept = idle.pop(); kept; kept = idle.pop()) if (kept.alive()) return kept
      const opened = await openEnvironment(spec, log)
      all.add(opened)
      return opened
    } catch (error) {
      free()
      throw error
    }
  }
  function giveBack(environment: Environment): void {
    if (environment.alive()) idle.push(environment)
    else all.delete(environment)
    free()
  }
  function free(): void {
    busy--
    waiting.shift()?.()
  }

  async function run(event: unknown, trace: string): Promise<InvocationOutcome> {
    const payload = JSON.stringify(event)
    if (Buffer.byteLength(payload) > payloadLimit) {
      return { kind: 'failed', reason: 'size', message: 'The event is larger than Lambda takes.' }
    }
    let environment: Environment
    try {
      environment = await take()
    } catch (error) {
      return { kind: 'failed', reason: 'exit', message: String(error) }
    }
    const outcome = await environment.run(payload, trace)
    giveBack(environment)
    if (outcome.kind === 'failed')
      log.write(`${new Date().toISOString()} ${outcome.reason}: ${outcome.message}\n`)
    return outcome
  }

  return {
    run,
    async load() {
      giveBack(await take())
    },
    async retire() {
      const retired = idle.splice(0)
      for (const environment of retired) all.delete(environment)
      await Promise.all(retired.map((environment) => environment.close()))
    },
    async close() {
      await Promise.all([...all].map((environment) => environment.close()))
      await new Promise<void>((resolve) => log.end(resolve))
    },
  }
}

async function openEnvironment(spec: FunctionSpec, log: WriteStream): Promise<Environment> {
  const start: WorkerStart = {
    bundle: spec.bundle,
    exportName: spec.exportName,
    context: {
      functionName: spec.name,
      functionVersion: '$LATEST',
      invokedFunctionArn: spec.arn,
      memoryLimitInMB: String(spec.memoryMb),
      logGroupName: `/aws/lambda/${spec.name}`,
      logStreamName: 'local',
    },
  }
  const worker = new Worker(new URL('./worker.ts', import.meta.url), {
    workerData: start,
    env: { ...runtimeEnvironment(spec), ...spec.environment },
    execArgv: [],
    stdout: true,
    stderr: true,
    name: spec.name,
  })
  // Without `end: false` the log would close with the first worker that ends.
  worker.stdout.pipe(log, { end: false })
  worker.stderr.pipe(log, { end: false })

  let alive = true
  let settle: (said: WorkerSignal) => void = () => {}
  const next = () =>
    new Promise<WorkerSignal>((resolve) => {
      settle = resolve
    })
  const end = (exit: string) => {
    alive = false
    settle({ exit })
  }
  worker.on('message', (message: WorkerReply | 'loaded') => settle(message))
  worker.on('error', (error) => end(String(error)))
  worker.on('exit', (code) => end(`The worker ended with ${code}.`))

  const loaded = await next()
  if (loaded !== 'loaded') {
    const why = typeof loaded === 'object' && 'exit' in loaded ? loaded.exit : 'It spoke before it was asked.'
    throw new Error(`Function ${spec.name} does not load: ${why} See ${String(log.path)}.`)
  }

  async function run(event: string, trace: string): Promise<InvocationOutcome> {
    const timeoutMs = spec.timeoutSeconds * 1000
    const invocation: Invocation = { event, requestId: randomUUID(), trace, deadline: Date.now() + timeoutMs }
    const answered = next()
    worker.postMessage(invocation)
    const timer = setTimeout(() => settle('late'), timeoutMs)
    const said = await answered
    clearTimeout(timer)
    if (said === 'late') {
      await worker.terminate()
      return { kind: 'failed', reason: 'timeout', message: `Timed out after ${spec.timeoutSeconds} s.` }
    }
    if (said === 'loaded') return { kind: 'failed', reason: 'exit', message: 'It loaded twice.' }
    if ('payload' in said) return outcomeOf(said.payload)
    if ('error' in said) return { kind: 'failed', reason: 'error', message: said.error }
    return { kind: 'failed', reason: 'exit', message: said.exit }
  }
  return {
    alive: () => alive,
    run,
    async close() {
      await worker.terminate()
      worker.stdout.unpipe(log)
      worker.stderr.unpipe(log)
    },
  }
}

function outcomeOf(payload: string): InvocationOutcome {
  if (Buffer.byteLength(payload) > payloadLimit) {
    return { kind: 'failed', reason: 'size', message: 'The answer is larger than Lambda gives.' }
  }
  return { kind: 'answered', payload: JSON.parse(payload) }
}

/** What the Lambda runtime sets. A developer's own AWS configuration must not reach a function: it is pointed away. */
function runtimeEnvironment(spec: FunctionSpec): Record<string, string> {
  return {
    AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    AWS_LAMBDA_FUNCTION_NAME: spec.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(spec.memoryMb),
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${spec.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: 'local',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    TZ: ':UTC',
  }
}
