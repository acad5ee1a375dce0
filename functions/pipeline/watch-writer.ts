import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { KMSClient } from '@aws-sdk/client-kms'
import { SNSClient } from '@aws-sdk/client-sns'
import type { Rota } from '../../schemas/deployment/rota.ts'
import { setting, variable } from '../../schemas/deployment/settings.ts'
import type { TableName } from '../../schemas/deployment/tables.ts'
import type { TrailTables } from '../trail/append.ts'
import { rotaFromSettings } from './rota.ts'

/** What `watch` writes events and calls people with. */
export interface WatchWriter {
  db: DynamoDBClient
  kms: KMSClient
  sns: SNSClient
  rota: Rota
  topic: string
  /** The key that wraps log keys for `watch`. */
  keyArn: string
  tables: TrailTables & { keys: string; sealed: string; tags: string }
}

/** The writer that the environment names. Throws, naming the variable, where one is missing. */
export function watchWriterFromSettings(db: DynamoDBClient): WatchWriter {
  const nameOfTable = (table: TableName) => setting(variable.table(table))
  return {
    db,
    kms: new KMSClient({}),
    sns: new SNSClient({}),
    rota: rotaFromSettings(),
    topic: setting(variable.callTopic),
    keyArn: setting(variable.key('watch')),
    tables: {
      trail: nameOfTable('trail'),
      heads: nameOfTable('heads'),
      claims: nameOfTable('claims'),
      pending: nameOfTable('pending'),
      keys: nameOfTable('keys'),
      sealed: nameOfTable('sealed'),
      tags: nameOfTable('tags'),
    },
  }
}
