import { randomBytes, randomUUID } from 'node:crypto'
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'

/** A function as the template declares it, with its environment on this machine. */
export interface FunctionSpec {
  name: string
  arn: string
  /** Absolute path of its bundle. */
  bundle: string
  exportName: string
  environment: Record<string, string>
  timeoutSeconds: number
  memoryMb: number
  /** How many invocations may run in parallel. Others wait. */
  workers: number
}

export type InvocationOutcome =
  | { kind: 'answered'; payload: unknown }
  | { kind: 'failed'; reason: 'error' | 'timeout' | 'exit' | 'size'; message: string }

export interface LocalFunctions {
  specs: readonly FunctionSpec[]
  /**
   * Invokes a function by its name. `trace` is an X-Amzn-Trace-Id to pass on. The first call loads the function. A
   * failure of the function is an outcome, not a rejection.
   */
  invoke(name: string, event: unknown, trace?: string): Promise<InvocationOutcome>
  /** Loads every function. Throws, naming the function and its log, when a function does not load. */
  load(): Promise<void>
  /** Ends the idle environments of a function, as Lambda does after some time. The next invocation opens a new one. */
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

/** The largest event and the largest result of a synchronous invocation, in bytes. */
const payloadLimit = 6 * 1024 * 1024

/** Opens the functions. Its first call loads a function. */
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

/** A new trace id. API Gateway and the Lambda service create one where the caller sends none. */
export function newTrace(): string {
  const seconds = Math.floor(Date.now() / 1000).toString(16)
  return `Root=1-${seconds}-${randomBytes(12).toString('hex')}`
}

/** The next signal of a worker thread; `late` is the timeout. */
type WorkerSignal = WorkerReply | 'loaded' | 'late' | { exit: string }

interface Environment {
  /** Whether its thread still runs. Code that an invocation left behind can end it between invocations. */
  alive(): boolean
  run(event: string, trace: string): Promise<InvocationOutcome>
  close(): Promise<void>
}

/**
 * The execution environments of one function. It opens them when needed, reuses them, and replaces those that failed.
 */
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
      return { kind: 'failed', reason: 'size', message: 'The event is larger than Lambda accepts.' }
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
  // Without `end: false` the first worker that ends would close the log.
  worker.stdout.pipe(log, { end: false })
  worker.stderr.pipe(log, { end: false })

  let alive = true
  let settle: (signal: WorkerSignal) => void = () => {}
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
    const why =
      typeof loaded === 'object' && 'exit' in loaded
        ? loaded.exit
        : 'It sent a message before its first invocation.'
    throw new Error(`Function ${spec.name} does not load: ${why} See ${String(log.path)}.`)
  }

  async function run(event: string, trace: string): Promise<InvocationOutcome> {
    const timeoutMs = spec.timeoutSeconds * 1000
    const invocation: Invocation = { event, requestId: randomUUID(), trace, deadline: Date.now() + timeoutMs }
    const answered = next()
    worker.postMessage(invocation)
    const timer = setTimeout(() => settle('late'), timeoutMs)
    const signal = await answered
    clearTimeout(timer)
    if (signal === 'late') {
      await worker.terminate()
      return { kind: 'failed', reason: 'timeout', message: `Timed out after ${spec.timeoutSeconds} s.` }
    }
    if (signal === 'loaded') return { kind: 'failed', reason: 'exit', message: 'It loaded twice.' }
    if ('payload' in signal) return outcomeOf(signal.payload)
    if ('error' in signal) return { kind: 'failed', reason: 'error', message: signal.error }
    return { kind: 'failed', reason: 'exit', message: signal.exit }
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
    return { kind: 'failed', reason: 'size', message: 'The result is larger than Lambda returns.' }
  }
  return { kind: 'answered', payload: JSON.parse(payload) }
}

/** The variables of the Lambda runtime. They also hide the developer's own AWS configuration from the function. */
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
