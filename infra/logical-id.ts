import { CfnResource } from 'aws-cdk-lib'
import type { Construct } from 'constructs'

/**
 * Fixes the logical id of a construct's resource. CloudFormation replaces a resource whose logical id changes, and the
 * default id changes whenever the construct moves in the code.
 */
export function pinned<T extends Construct>(construct: T, logicalId: string): T {
  const resource = construct.node.defaultChild
  if (!CfnResource.isCfnResource(resource)) throw new Error(`${construct.node.path} is not one resource.`)
  resource.overrideLogicalId(logicalId)
  return construct
}

/** `access-token` as part of a logical id: `AccessToken`. */
export function titled(name: string): string {
  return name.replace(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase())
}
