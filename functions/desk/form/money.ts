/**
 * An amount as people write it, `12`, `12.50`, `1 234,5` or `1.234,50`, in hundredths. The last point or comma before one or two
 * digits parts the decimals; before three it parts thousands. Anything else stays as it was typed, and the schema refuses it.
 */
export function hundredthsTyped(text: string): number | string {
  const typed = text.replace(/[\s'’]/gu, '')
  const [, whole = '', decimals = ''] =
    /^(\d{1,9}|\d{1,3}(?:[.,]\d{3})+)(?:[.,](\d{1,2}))?$/.exec(typed) ?? []
  if (whole === '') return text
  return Number(whole.replace(/[.,]/g, '')) * 100 + Number(decimals.padEnd(2, '0'))
}

/** Hundredths as they stand in a field: `12.50`. */
export function decimalOf(hundredths: unknown): string {
  return typeof hundredths === 'number' && Number.isInteger(hundredths)
    ? (hundredths / 100).toFixed(2)
    : String(hundredths)
}
