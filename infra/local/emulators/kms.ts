import type { PreparedCall } from '../aws/prepared-call.ts'
import { awsFault } from '../aws/responses.ts'
import type { Template } from '../template/template.ts'
import type { Keyring, KmsOperation } from './kms-call.ts'
import { cipherOperations } from './kms-ciphers.ts'
import { openKeys } from './kms-keys.ts'
import { macOperations } from './kms-macs.ts'

export interface Kms {
  /**
   * Reads a call. Throws an `AwsFault` where AWS refuses its shape or its key, and another error where it is not
   * known here.
   */
  prepare(operation: string, body: unknown): PreparedCall
}

/** KMS on this machine, over `node:crypto`: the template's keys, kept in `dataDir`. */
export function startKms(template: Template, dataDir: string): Kms {
  const keys = openKeys(template, dataDir)
  const byArn = new Map([...keys.values()].map((key) => [key.arn, key]))
  const keyring: Keyring = {
    byId: (id) => keys.get(id),
    named(name, spec) {
      const key = keys.get(name) ?? byArn.get(name)
      if (!key) throw awsFault('NotFoundException', 'The key does not exist.')
      if (key.spec === spec) return key
      throw awsFault('InvalidKeyUsageException', `${key.arn} is a key for another use.`)
    },
    permission: (action, key, context) => ({
      action: `kms:${action}`,
      resource: key.arn,
      context: { 'kms:CallerAccount': template.account, ...context },
    }),
  }
  const operations = new Map<string, KmsOperation>(
    Object.entries({ ...cipherOperations(keyring), ...macOperations(keyring) }),
  )
  return {
    prepare(operation, body) {
      const run = operations.get(operation)
      if (!run) throw new Error(`The edge does not know the operation ${operation} of KMS.`)
      return run(body)
    },
  }
}
