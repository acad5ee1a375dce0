import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { App, Validations } from 'aws-cdk-lib'
import { AwsSolutionsChecks, ServerlessChecks } from 'cdk-nag'
import { root } from './function-bundle.ts'
import { bundledCode, noBundles } from './function-code.ts'
import { createStack } from './stack.ts'

if (Number(process.versions.node.split('.')[0]) < 24)
  throw new Error(
    `Node ${process.versions.node} cannot run this: run npm ci, which brings Node 24, and use npm scripts.`,
  )

export interface SynthesizeOptions {
  outdir: string
  /** Overrides the context of `cdk.json`. */
  context?: Record<string, unknown>
  /** Without bundles the template is the same except for the code of the functions. */
  bundle?: boolean
}

/** Synthesizes the app in this process, as `cdk synth` does. Throws when a check of cdk-nag finds something. */
export async function synthesize({ outdir, context = {}, bundle = true }: SynthesizeOptions) {
  const app = new App({
    outdir,
    analyticsReporting: false,
    context: { ...projectContext(), ...context, ...(bundle ? {} : { 'aws:cdk:bundling-stacks': [] }) },
  })
  const template: unknown = await assemble(app)
  return { template, outdir }
}

async function assemble(app: App): Promise<unknown> {
  // The toolkit names the stacks whose code it needs; `cdk ls` and `cdk destroy` need no code.
  const stacksToBundle: unknown = app.node.tryGetContext('aws:cdk:bundling-stacks')
  const bundles =
    Array.isArray(stacksToBundle) && stacksToBundle.length === 0 ? noBundles : await bundledCode()
  try {
    const stack = createStack(app, bundles)
    Validations.of(app).addPlugins(new AwsSolutionsChecks(app), new ServerlessChecks(app))
    return app.synth().getStackArtifact(stack.artifactId).template
  } finally {
    await bundles.remove()
  }
}

function projectContext(): Record<string, unknown> {
  return JSON.parse(readFileSync(join(root, 'cdk.json'), 'utf8')).context
}

if (import.meta.main) await assemble(new App())
