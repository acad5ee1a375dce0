/** The parts of a PartiQL statement that IAM decides by. */
export interface PartiqlStatement {
  action: 'PartiQLInsert' | 'PartiQLUpdate' | 'PartiQLDelete'
  table: string
  /** Attributes that the statement sets to a parameter or compares with one, each with the parameter's position. */
  equals: ReadonlyMap<string, number>
  /** How many parameters the statement takes. */
  parameters: number
}

const blank = /[ \t\r\n]*/y
const token = /"([A-Za-z_][A-Za-z0-9_.-]*)"|'([A-Za-z_][A-Za-z0-9_-]*)'|[A-Z]+|[?=,.:{}]/y

type Token = { is: 'identifier' | 'label' | 'word'; text: string }

function tokens(statement: string): Token[] {
  const found: Token[] = []
  for (let at = 0; ; ) {
    blank.lastIndex = at
    blank.exec(statement)
    at = blank.lastIndex
    if (at === statement.length) return found
    token.lastIndex = at
    const match = token.exec(statement)
    if (!match) throw new Error(`The edge does not know the shape of the statement, from character ${at}.`)
    const [word, identifier, label] = match
    if (identifier !== undefined) found.push({ is: 'identifier', text: identifier })
    else if (label !== undefined) found.push({ is: 'label', text: label })
    else found.push({ is: 'word', text: word })
    at = token.lastIndex
  }
}

/**
 * Reads the shapes that our functions use, in which every value is a `?`:
 * `INSERT INTO "t" VALUE {'a': ?, …}`, `UPDATE "t" SET "a" = ? WHERE …`, `DELETE FROM "t" WHERE …`, where a
 * condition is `"a" = ? AND "b"."c" = ? …`. Throws at anything else: the edge cannot authorize what it cannot read.
 */
export function readStatement(statement: string): PartiqlStatement {
  const rest = tokens(statement)
  let at = 0
  let parameters = 0
  const equals = new Map<string, number>()

  const fail = (): never => {
    throw new Error(`The edge does not know the shape of the statement, at its word ${at}.`)
  }
  const take = (is: Token['is'], text?: string): string => {
    const next = rest[at]
    if (next?.is !== is || (text !== undefined && next.text !== text)) return fail()
    at++
    return next.text
  }
  const words = (...expected: string[]) => {
    for (const word of expected) take('word', word)
  }
  const skip = (word: string): boolean => {
    if (rest[at]?.is !== 'word' || rest[at]?.text !== word) return false
    at++
    return true
  }
  const parameter = (): number => {
    take('word', '?')
    return parameters++
  }
  /** Each attribute occurs once: a second one could hide the first from us or from the database. */
  const mustEqual = (path: string) => {
    if (equals.has(path)) fail()
    equals.set(path, parameter())
  }

  const insert = (): string => {
    words('INTO')
    const table = take('identifier')
    words('VALUE', '{')
    do {
      const attribute = take('label')
      words(':')
      mustEqual(attribute)
    } while (skip(','))
    words('}')
    return table
  }
  const where = () => {
    words('WHERE')
    do {
      let path = attribute()
      while (skip('.')) path += `.${attribute()}`
      words('=')
      mustEqual(path)
    } while (skip('AND'))
  }
  /** A dot inside the quotes belongs to the name, which would then look like a path. */
  const attribute = (): string => {
    const name = take('identifier')
    return name.includes('.') ? fail() : name
  }
  const update = (): string => {
    const table = take('identifier')
    words('SET')
    attribute()
    words('=')
    parameter()
    where()
    return table
  }
  const remove = (): string => {
    words('FROM')
    const table = take('identifier')
    where()
    return table
  }

  const verbs = {
    INSERT: ['PartiQLInsert', insert],
    UPDATE: ['PartiQLUpdate', update],
    DELETE: ['PartiQLDelete', remove],
  } as const
  const verb = take('word')
  if (verb !== 'INSERT' && verb !== 'UPDATE' && verb !== 'DELETE') return fail()
  const [action, read] = verbs[verb]
  const table = read()
  if (at !== rest.length) fail()
  return { action, table, equals, parameters }
}
