import { bodyOf } from '../../../schemas/commands/bodies.ts'
import type { FieldError } from '../form/error-summary.tsx'
import { contentIn, type FormDataMap, hasContent, memberAt } from '../form/form-data.ts'
import { validate } from '../form/validate.ts'
import type { Messages } from '../messages/messages.ts'
import { placeOfField } from './field-address.ts'
import { dataOfPerson } from './progress.ts'
import { personPath, personShape, type Topic } from './topics.ts'

/** A required question without an answer, by its name. */
export interface Gap extends FieldError {
  topic: Topic
  field: string
}

/** The required questions of a person that nobody has answered yet. What was answered wrongly is an error, and no gap. */
export function gapsOf(messages: Messages, kind: string, all: FormDataMap, person: number): Gap[] {
  const formData = dataOfPerson(all, person)
  const about = messages.about('file')
  const path = personPath(person)
  const content = contentIn(personShape(kind), formData, path)
  return validate(about, bodyOf('file', kind), formData, path).errors.flatMap((error) => {
    const place = placeOfField(error.id.split('-'))
    const field = error.id.split('-').slice(path.length)
    if (!place || hasContent(memberAt(content, field))) return []
    return [{ ...error, id: place.id, topic: place.topic, field: about.field([...path, ...field]) }]
  })
}
