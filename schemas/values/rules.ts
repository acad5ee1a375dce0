/**
 * The rules that a text can break, each with a cure of its own on the page (`form.rule` of the desk's messages). A schema
 * gives the code as the message of its check; `form.rule` names the cure, never the value.
 */
export const typingRules = [
  'name',
  'place',
  'number',
  'document-number',
  'room',
  'phone',
  'idnp',
  'mrz',
  'zone',
  'currency',
  'name-missing',
  'contact-missing',
  'child-missing',
  'beds-missing',
  'until-before-from',
  'moldovan-zone',
  'said-twice',
  'sign-in',
] as const
export type TypingRule = (typeof typingRules)[number]
