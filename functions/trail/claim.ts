import { createHash, createHmac, timingSafeEqual } from 'node:crypto'
import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import * as z from 'zod/mini'
import { tables } from '../../schemas/deployment/tables.ts'
import { parseRow } from '../dynamodb/parse-row.ts'
import { getRow } from '../dynamodb/rows.ts'
import { insertStatement, type Statement } from '../dynamodb/statements.ts'

/** How long an Idempotency-Key is remembered. */
const claimDays = 30

/** A claim: whose request this was, and which event answers it. `claim` and `mac` are hex. */
export interface Claim {
  party: string
  claim: string
  mac: string
  ret: string
  seq: number
}

/**
 * SHA-256, hex, over parts that each carry their length (u32be), so that no two lists of parts run together:
 * user, route, Idempotency-Key, the person's index in the request.
 */
export function claimHash(parts: readonly string[]): string {
  const hash = createHash('sha256')
  for (const part of parts) {
    const bytes = Buffer.from(part)
    const length = Buffer.alloc(4)
    length.writeUInt32BE(bytes.length)
    hash.update(length).update(bytes)
  }
  return hash.digest('hex')
}

/** HMAC-SHA-256 of the body, hex, keyed by the Idempotency-Key: a bare hash would let a body be guessed. */
export function bodyMac(idempotencyKey: string, body: Uint8Array): string {
  return createHmac('sha256', idempotencyKey).update(body).digest('hex')
}

/** Whether a claim was made for this very body, in constant time. */
export function sameBody(claim: Claim, mac: string): boolean {
  const [left, right] = [Buffer.from(claim.mac, 'hex'), Buffer.from(mac, 'hex')]
  return left.length === right.length && timingSafeEqual(left, right)
}

const { hash, range, expires } = tables.claims

/** The statement that makes a claim; `DuplicateItem` says that it was made before. `at`: ISO 8601. */
export function claimStatement(table: string, { party, claim, mac, ret, seq }: Claim, at: string): Statement {
  const ends = Math.floor(Date.parse(at) / 1000) + claimDays * 86_400
  return insertStatement(table, { [hash]: party, [range]: claim, mac, ret, seq, [expires]: ends })
}

const answered = z.object({ mac: z.string(), ret: z.string(), seq: z.number() })

/** The claim that a party made, or nothing; read consistently. */
export async function readClaim(
  db: DynamoDBClient,
  table: string,
  party: string,
  claim: string,
): Promise<Claim | undefined> {
  const row = await getRow(db, table, { [hash]: party, [range]: claim })
  return row && { party, claim, ...parseRow(answered, row, 'claim') }
}
