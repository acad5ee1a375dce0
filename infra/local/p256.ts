import { createECDH, type KeyObject } from 'node:crypto'

// node:crypto hashes whatever it signs; KMS also signs a digest as it is. Not constant in time: for trials only.
// Curve and names: FIPS 186-5, SEC 1.
const p = 0xffffffff00000001000000000000000000000000ffffffffffffffffffffffffn
const n = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n
const base: Point = {
  x: 0x6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296n,
  y: 0x4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5n,
}

/** `undefined`: the point at infinity. */
type Point = { x: bigint; y: bigint } | undefined

/** Signs 32 bytes that are already a digest. The signature is DER. */
export function signDigest(privateKey: KeyObject, digest: Buffer): Buffer {
  const d = number(Buffer.from(privateKey.export({ format: 'jwk' }).d ?? '', 'base64url'))
  for (;;) {
    const once = createECDH('prime256v1')
    const r = mod(number(once.generateKeys().subarray(1, 33)), n)
    const s = mod(invert(number(once.getPrivateKey()), n) * (number(digest) + r * d), n)
    if (r !== 0n && s !== 0n) return toDer(r, s)
  }
}

/** Whether a DER signature is of this digest. */
export function verifyDigest(publicKey: KeyObject, digest: Buffer, signature: Buffer): boolean {
  const pair = fromDer(signature)
  if (!pair?.every((value) => value > 0n && value < n)) return false
  const [r, s] = pair
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const key = { x: number(Buffer.from(x, 'base64url')), y: number(Buffer.from(y, 'base64url')) }
  const w = invert(s, n)
  const sum = add(times(base, mod(number(digest) * w, n)), times(key, mod(r * w, n)))
  return sum !== undefined && mod(sum.x, n) === r
}

const number = (bytes: Buffer) => BigInt(`0x${bytes.toString('hex') || '0'}`)
const mod = (value: bigint, by: bigint) => ((value % by) + by) % by

/** By Euclid's extended algorithm: both moduli are prime. */
function invert(value: bigint, by: bigint): bigint {
  let [high, low, a, b] = [by, mod(value, by), 0n, 1n]
  while (low > 1n) {
    const times = high / low
    ;[high, low, a, b] = [low, high - times * low, b, a - times * b]
  }
  return mod(b, by)
}

function add(a: Point, b: Point): Point {
  if (!a || !b) return a ?? b
  if (a.x === b.x && mod(a.y + b.y, p) === 0n) return undefined
  const slope =
    a.x === b.x ? (3n * a.x * a.x - 3n) * invert(2n * a.y, p) : (b.y - a.y) * invert(mod(b.x - a.x, p), p)
  const x = mod(slope * slope - a.x - b.x, p)
  return { x, y: mod(slope * (a.x - x) - a.y, p) }
}

function times(point: Point, factor: bigint): Point {
  let [sum, doubled]: [Point, Point] = [undefined, point]
  for (let left = factor; left > 0n; left >>= 1n) {
    if (left & 1n) sum = add(sum, doubled)
    doubled = add(doubled, doubled)
  }
  return sum
}

// Both numbers have at most 33 bytes, so every length fits one byte.
function toDer(...values: [bigint, bigint]): Buffer {
  const integers = values.map((value) => {
    const hex = value.toString(16)
    const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex')
    const positive = (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.of(0), bytes])
    return Buffer.concat([Buffer.of(2, positive.length), positive])
  })
  const body = Buffer.concat(integers)
  return Buffer.concat([Buffer.of(0x30, body.length), body])
}

function fromDer(signature: Buffer): [bigint, bigint] | undefined {
  const split = 4 + (signature[3] ?? 0)
  const [r, s] = [number(signature.subarray(4, split)), number(signature.subarray(split + 2))]
  // Only the one encoding that DER allows gives the same bytes again.
  return toDer(r, s).equals(signature) ? [r, s] : undefined
}
