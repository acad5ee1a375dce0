import type { Edge } from '../edge/edge.ts'
import type { LocalFunctions } from '../lambda/functions.ts'
import type { Template } from '../template/template.ts'
import { mappingShape, type SourceContext } from './event-source.ts'
import { pollQueue } from './queue-source.ts'
import { pollStream } from './stream-source.ts'

export interface Sources {
  descriptions: readonly string[]
  stop(): Promise<void>
}

/** Starts the template's event source mappings. Throws, naming the source, at a mapping that is not emulated here. */
export function startSources(options: {
  template: Template
  edge: Edge
  functions: LocalFunctions
  /** The logical id of a function's role, by the function's name. */
  roleOf: (functionName: string) => string
  directory: string
  onError: (message: string) => void
}): Sources {
  const { template, edge, functions, roleOf, directory, onError } = options
  const stopping = new AbortController()
  const queueUrls = new Map(
    template
      .ofType('AWS::SQS::Queue')
      .map(({ logicalId }) => [template.arnOf(logicalId), template.refOf(logicalId)]),
  )
  const queueUrl = (arn: string) => {
    const url = queueUrls.get(arn)
    if (!url) throw new Error(`${arn} is not a queue of the template.`)
    return url
  }

  const running = template.ofType('AWS::Lambda::EventSourceMapping').map((resource) => {
    const mapping = mappingShape.parse(resource.properties)
    const spec = functions.specs.find(({ name, arn }) => [name, arn].includes(mapping.FunctionName))
    if (!spec) throw new Error(`${resource.logicalId} starts no function of the template.`)
    const context: SourceContext = {
      mapping: { ...mapping, spec },
      client: { url: edge.url, accessKeyId: edge.credentialsFor(roleOf(spec.name)).accessKeyId },
      functions,
      region: template.region,
      queueUrl,
      directory,
      signal: stopping.signal,
      onError,
    }
    const poll = pollerFor(mapping.EventSourceArn)
    return { description: `${mapping.EventSourceArn} → ${spec.name}`, ended: poll(context) }
  })
  return {
    descriptions: running.map(({ description }) => description),
    async stop() {
      stopping.abort()
      await Promise.all(running.map(({ ended }) => ended))
    },
  }
}

function pollerFor(arn: string): (context: SourceContext) => Promise<void> {
  if (arn.includes(':sqs:')) return pollQueue
  if (arn.includes(':dynamodb:') && arn.includes('/stream/')) return pollStream
  throw new Error(`${arn} is not a source that is emulated here.`)
}
