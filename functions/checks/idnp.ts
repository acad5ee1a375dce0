const weights = [7, 3, 1]

/**
 * Whether an IDNP is of its form: 13 digits, the first 2 or 0, the last the sum of the others by weights 7, 3, 1,
 * modulo 10. The rule comes from code in use, not from an official text, so that it gives a warning and
 * no refusal.
 */
export function isIdnp(number: string): boolean {
  if (!/^[02]\d{12}$/.test(number)) return false
  const sum = [...number.slice(0, 12)].reduce(
    (total, digit, index) => total + Number(digit) * (weights[index % 3] ?? 0),
    0,
  )
  return sum % 10 === Number(number.at(-1))
}
