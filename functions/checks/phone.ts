import { parsePhoneNumberFromString } from 'libphonenumber-js/min'

/** Whether a number is as long as numbers of its country are: patterns change faster than lists of them. */
export function isPhone(phone: string): boolean {
  return parsePhoneNumberFromString(phone)?.isPossible() ?? false
}
