import { pathToFileURL } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import type { Invocation, WorkerReply, WorkerStart } from './functions.ts'

/** An execution environment of a function: it loads the bundle once, then serves one invocation at a time. */
const { bundle, exportName, context }: WorkerStart = workerData
const port = parentPort
if (!port) throw new Error('This file is the inside of a worker thread.')

const loaded: Record<string, unknown> = await import(pathToFileURL(bundle).href)
const handler = functionNamed(exportName)

port.on('message', async (invocation: Invocation) => {
  // As in Lambda, the SDK sends this as a header, by which the edge assigns a call to its invocation.
  process.env._X_AMZN_TRACE_ID = invocation.trace
  port.postMessage(await answer(invocation))
})
port.postMessage('loaded')

function functionNamed(name: string): (event: unknown, context: unknown) => unknown {
  const found = loaded[name]
  if (typeof found !== 'function') throw new Error(`${bundle} exports no function ${name}.`)
  return (event, given) => Reflect.apply(found, undefined, [event, given])
}

async function answer({ event, requestId, deadline }: Invocation): Promise<WorkerReply> {
  try {
    const result: unknown = await handler(JSON.parse(event), {
      ...context,
      awsRequestId: requestId,
      callbackWaitsForEmptyEventLoop: true,
      getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
    })
    return { payload: JSON.stringify(result) ?? 'null' }
  } catch (error) {
    return { error: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}
