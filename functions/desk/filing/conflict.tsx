import type { PartyKind } from '../../../schemas/values/parties.ts'
import { contentIn, type FormDataMap, memberAt } from '../form/form-data.ts'
import type { Messages } from '../messages/messages.ts'
import { FilledForm } from '../parts/content.tsx'
import { personPath, personShape } from './topics.ts'

interface Props {
  messages: Messages
  kind: PartyKind
  /** The fields of the page. */
  fields: readonly string[]
  person: number
  theirs: FormDataMap
  mine: FormDataMap
  /** The same user saved it, in another window. */
  own: boolean
}

/** Somebody else has saved the page meanwhile: shows in words what each of the two wrote, where it differs. */
export function Conflict({ messages, kind, fields, person, theirs, mine, own: isOwn }: Props) {
  const shape = personShape(kind)
  const contentOf = (formData: FormDataMap) => contentIn(shape, formData, personPath(person))
  const [other, own] = [contentOf(theirs), contentOf(mine)]
  const differing = fields.filter((field) => {
    const path = field.split('.')
    return JSON.stringify(memberAt(other, path)) !== JSON.stringify(memberAt(own, path))
  })
  const empty = (content: unknown) =>
    differing
      .filter((field) => memberAt(content, field.split('.')) === undefined)
      .map((field) => messages.field(field.split('.')))
  return (
    <div class="govuk-error-summary" tabindex={-1}>
      <div role="alert">
        <h2 class="govuk-error-summary__title">
          {messages(isOwn ? 'filing.conflictOwn' : 'filing.conflict')}
        </h2>
        {[
          { title: messages(isOwn ? 'filing.theirsOwn' : 'filing.theirs'), content: other },
          { title: messages('filing.mine'), content: own },
        ].map(({ title, content }) => (
          <>
            <h3 class="govuk-heading-s">{title}</h3>
            <FilledForm messages={messages} shape={shape} content={only(content, differing)} />
            {empty(content).length > 0 ? (
              <p class="govuk-body">
                {empty(content).join(', ')}: {messages('filing.empty')}
              </p>
            ) : null}
          </>
        ))}
      </div>
    </div>
  )
}

/** The part of a content with these fields. */
function only(content: unknown, fields: readonly string[]): unknown {
  const steps = Map.groupBy(fields, (field) => field.split('.')[0] ?? '')
  return Object.fromEntries(
    [...steps].flatMap(([step, named]) => {
      const member = memberAt(content, [step])
      const below = named.map((field) => field.split('.').slice(1).join('.')).filter((rest) => rest !== '')
      if (member === undefined) return []
      return [[step, below.length > 0 ? only(member, below) : member]]
    }),
  )
}
