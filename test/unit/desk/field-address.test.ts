import { afterAll, beforeAll, expect, test } from 'vitest'
import { addressOfPlace, linkedErrors, placeOfField } from '../../../functions/desk/filing/field-address.ts'
import { Recipients } from '../../../functions/desk/filing/recipients.tsx'
import {
  inOrder,
  pageShape,
  personPath,
  personShape,
  type topics,
} from '../../../functions/desk/filing/topics.ts'
import { Fields } from '../../../functions/desk/form/fields.tsx'
import { type FormDataMap, nameOf, parts } from '../../../functions/desk/form/form-data.ts'
import type { Path, Shape } from '../../../functions/desk/form/shape.ts'
import { messagesIn } from '../../../functions/desk/messages/messages.ts'
import { variable } from '../../../schemas/deployment/settings.ts'
import { partyId } from '../../../schemas/values/parties.ts'

beforeAll(() => {
  process.env[variable.partyNames] = JSON.stringify({ 'centre:S0DS': 'Centre' })
})
afterAll(() => {
  delete process.env[variable.partyNames]
})

/** A path of what is sent, with the answers that let its field be seen: a row of each list, the chosen option of each union. */
interface Field {
  path: Path
  shown: FormDataMap
}

/** Every path of a shape: of groups and lists themselves, of each option's fields, of the first item of a list. */
function everyPath(shape: Shape, path: Path, shown: FormDataMap = new Map()): Field[] {
  const own = [{ path, shown }]
  switch (shape.kind) {
    case 'constant':
      return []
    case 'group':
      return [
        ...own,
        ...shape.members.flatMap(({ name, shape: member }) => everyPath(member, [...path, name], shown)),
      ]
    case 'array': {
      const row = [...path, '0']
      return [...own, ...everyPath(shape.item, row, new Map([...shown, [nameOf(row, parts.row), ['1']]]))]
    }
    case 'union':
      return [
        ...own,
        ...shape.options.flatMap(({ tag, shape: form }) =>
          form?.kind === 'group'
            ? everyPath(form, path, new Map([...shown, [nameOf(path, parts.as), [tag]]])).slice(1)
            : [],
        ),
      ]
    default:
      return own
  }
}

const messages = (await messagesIn('en')).about('file')

/** The page of a topic as the desk shows it, as HTML. */
async function pageOf(kind: string, topic: (typeof topics)[number], formData: FormDataMap): Promise<string> {
  const state = { messages, formData, errors: [] }
  const shape = pageShape(kind, topic)
  if (topic === 'consent')
    return String(await Recipients({ state, shape, path: personPath(0), own: partyId.parse('mission:1XGE') }))
  const fields = inOrder(kind, shape, topic).map((field) =>
    Fields({ state, shape: field.shape, path: [...personPath(0), ...field.path] }),
  )
  return (await Promise.all(fields)).map(String).join('')
}

test.each(['mission', 'centre'])(
  'every path of what a %s sends leads to a page on which a control has its id',
  async (kind) => {
    const fields = everyPath(personShape(kind), personPath(0)).slice(1)
    expect(fields.length).toBeGreaterThan(60)
    const lost: string[] = []
    for (const { path, shown } of fields) {
      const place = placeOfField(path)
      const html = place && (await pageOf(kind, place.topic, shown))
      if (!html?.includes(` id="${place?.id}"`)) lost.push(`${path.join('.')} → ${place?.topic}#${place?.id}`)
    }
    expect(lost).toEqual([])
  },
)

test('an error of a filing leads to its page and field; one of the page itself stays there', () => {
  const [age, declared] = linkedErrors('D', [
    { id: 'persons-1-identity-birth', text: 'a' },
    { id: 'declared', text: 'b' },
  ])
  expect(age?.href).toBe('/desk/filing/D/1/person#persons-1-identity-birth')
  expect(declared?.href).toBeUndefined()
  expect(placeOfField(['declared'])).toBeUndefined()
  expect(addressOfPlace('D', { person: 0, topic: 'safety', id: 'x' })).toBe('/desk/filing/D/0/safety#x')
})
