import { createHash, createHmac } from 'node:crypto'

/** What the first record of a chain has for `prev`: 32 zero bytes, in hex. */
export const genesis = '0'.repeat(64)

/** SHA-256("acasa/event/v1\n" ‖ bytes), hex: what the next event names as `prev`. */
export function eventHash(bytes: Uint8Array): string {
  return createHash('sha256').update('acasa/event/v1\n').update(bytes).digest('hex')
}

/** SHA-256("acasa/access/v1\n" ‖ bytes), hex: access records are a chain of their own, never mistaken for events. */
export function accessHash(bytes: Uint8Array): string {
  return createHash('sha256').update('acasa/access/v1\n').update(bytes).digest('hex')
}

/** SHA-256("acasa/post/v1\n" ‖ bytes), hex: the changes of posts are a chain of their own. */
export function postHash(bytes: Uint8Array): string {
  return createHash('sha256').update('acasa/post/v1\n').update(bytes).digest('hex')
}

/** SHA-256("acasa/rooms/v1\n" ‖ bytes), hex: the changes of a centre's rooms are a chain of their own. */
export function roomsHash(bytes: Uint8Array): string {
  return createHash('sha256').update('acasa/rooms/v1\n').update(bytes).digest('hex')
}

/** SHA-256("acasa/roster/v1\n" ‖ bytes), hex: the changes of who works for whom are a chain of their own. */
export function rosterHash(bytes: Uint8Array): string {
  return createHash('sha256').update('acasa/roster/v1\n').update(bytes).digest('hex')
}

/** SHA-256("acasa/match/v1\n" ‖ bytes), hex: what was raised and decided of a match is a chain of its own. */
export function matchHash(bytes: Uint8Array): string {
  return createHash('sha256').update('acasa/match/v1\n').update(bytes).digest('hex')
}

/** The log tag of event `seq`, 16 bytes: HMAC-SHA-256(logKey, "acasa/tag/v1" ‖ u64be(seq)), cut. */
export function logTag(logKey: Uint8Array, seq: number): Uint8Array {
  const place = Buffer.alloc(8)
  place.writeBigUInt64BE(BigInt(seq))
  return createHmac('sha256', logKey).update('acasa/tag/v1').update(place).digest().subarray(0, 16)
}

/** The name of a log key: the RFC 7638 thumbprint, base64url, of the key as an `oct` JWK. */
export function logKeyId(logKey: Uint8Array): string {
  const k = Buffer.from(logKey).toString('base64url')
  return createHash('sha256').update(`{"k":"${k}","kty":"oct"}`).digest('base64url')
}
