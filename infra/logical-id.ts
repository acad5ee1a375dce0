import { CfnResource } from 'aws-cdk-lib'
import type { Construct } from 'constructs'

/**
 * Fixes the logical id of a construct's resource. CloudFormation replaces a resource whose logical id changes,
 * and an id made from the construct's place changes whenever code is moved.
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
