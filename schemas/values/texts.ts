import * as z from 'zod/mini'
import type { TypingRule } from './rules.ts'
import {
  digitsTyped,
  documentNumberTyped,
  nameTyped,
  numberTyped,
  phoneTyped,
  placeTyped,
  proseOf,
  roomTyped,
  zoneLineTyped,
} from './typed-text.ts'

/** A check that names its rule: a page has a cure for each (`rules.ts`). */
const pattern = (form: RegExp, rule: TypingRule) => z.regex(form, rule)

/** Free text, at most `max` UTF-16 units, never empty. A line break counts once, however it is sent. */
export const text = (max: number) => z.string().check(z.overwrite(proseOf), z.minLength(1), z.maxLength(max))

/** A name of a person: letters of any script, marks, spaces, and the signs that names carry; no digits. */
export const name = (max = 80) =>
  z
    .string()
    .check(
      z.overwrite(nameTyped),
      z.minLength(1),
      z.maxLength(max),
      pattern(/^’?\p{L}[\p{L}\p{M} .,’()/-]*$/u, 'name'),
    )

/** The name of a place or a body: as a name, with digits and quotation marks (`Sector 4`, `Hotel „Dacia”`). */
export const placeName = (max = 60) =>
  z
    .string()
    .check(
      z.overwrite(placeTyped),
      z.minLength(1),
      z.maxLength(max),
      pattern(/^[\p{L}\p{N}„“”"«(№][\p{L}\p{M}\p{N} .,:;’"„“”«»()/&+№#-]*$/u, 'place'),
    )

/** A number on a paper (act, booking, request): letters, digits and a few signs, so no sentence fits in. */
export const paperNumber = z
  .string()
  .check(
    z.overwrite(numberTyped),
    z.minLength(1),
    z.maxLength(40),
    pattern(/^[\p{L}\p{N}][\p{L}\p{N} .,:()/_-]*$/u, 'number'),
  )

/** The number of a passport, an identity card, a certificate: capitals and digits, without spaces. */
export const documentNumber = z
  .string()
  .check(
    z.overwrite(documentNumberTyped),
    z.minLength(1),
    z.maxLength(40),
    pattern(/^[\p{Lu}\p{Lo}\p{N}][\p{Lu}\p{Lo}\p{N}/-]*$/u, 'document-number'),
  )

/** A line of a machine-readable zone (ICAO 9303). */
export const zoneLine = z.string().check(z.overwrite(zoneLineTyped), pattern(/^[A-Z0-9<]{30,44}$/, 'mrz'))

/** The number that the State gives to a person: 13 digits. */
export const idnp = z.string().check(z.overwrite(digitsTyped), pattern(/^\d{13}$/, 'idnp'))

/** The code of a room, `12` or `B3`: digits and at most one letter, so that no person's name fits in. */
export const roomCode = z.string().check(z.overwrite(roomTyped), pattern(/^[A-Z]?\d{1,3}[A-Z]?$/, 'room'))

/** A phone number, E.164 without spaces. */
export const phone = z.string().check(z.overwrite(phoneTyped), pattern(/^\+[1-9]\d{6,14}$/, 'phone'))

/** A calendar day that exists, `2026-11-21`, of the years 1900 to 2099. */
export const day = z.iso.date().check(z.regex(/^(19|20)/))

/** A time on the clock of a place, `2026-11-21T18:55`, with the zone beside it. */
export const localTime = z.string().check(
  z.regex(/^\d{4}-\d\d-\d\dT([01]\d|2[0-3]):[0-5]\d$/),
  z.refine((time) => day.safeParse(time.slice(0, 10)).success),
)

/** Zones that were checked before: a check takes a tenth of a millisecond, and legs share a few zones. */
const knownZones = new Set<string>()
const mostZones = 1000

/** An IANA time zone, such as `Europe/Chisinau`. */
export const zone = z.string().check(
  z.maxLength(40),
  z.refine((id) => knownZones.has(id) || isZone(id), 'zone'),
)

function isZone(id: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: id })
  } catch {
    return false
  }
  if (knownZones.size < mostZones) knownZones.add(id)
  return true
}

/** Server time, UTC, milliseconds. */
export const instant = z.string().check(z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/))

const crockford = '0-9A-HJKMNP-TV-Z'
/** Code of the filing party, then 128 random bits in Crockford's base 32. */
export const returnId = z.string().check(z.regex(new RegExp(`^[${crockford}]{4}[0-7][${crockford}]{25}$`)))
/** Id of a draft: 48 bits of milliseconds, when it was begun, then 80 random bits. */
export const draftId = z.string().check(z.regex(new RegExp(`^[0-7][${crockford}]{25}$`)))
/** Links the returns that were filed together. */
export const requestId = z.string().check(z.regex(new RegExp(`^[${crockford}]{26}$`)))
/** 80 random bits in Crockford's base 32. */
export const sectionId = z.string().check(z.regex(new RegExp(`^[${crockford}]{16}$`)))
/** SHA-256, lower-case hex. */
export const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/))
/** RFC 7638 thumbprint, SHA-256, base64url. */
export const thumbprint = z.string().check(z.regex(/^[A-Za-z0-9_-]{43}$/))
/** The id of a user at the issuer: its `sub`, never a name. */
export const userId = z.string().check(z.regex(/^[A-Za-z0-9_-]{1,64}$/))
/** The id of a user in a body that another user sends: a UUID, so that no name fits in. */
export const personId = z
  .string()
  .check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/))
