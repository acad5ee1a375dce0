import type * as z from 'zod/mini'
import type { drafts as draftsAnswer } from '../../../schemas/api/drafts.ts'
import type { SignedIn } from '../context.ts'
import type { Messages } from '../messages/messages.ts'
import { Table } from '../parts/table.tsx'

type DraftRow = z.infer<typeof draftsAnswer>['drafts'][number]

/** The lists of drafts: of the whole party, and those that are the user's own work. */
export const draftsPath = { all: '/desk/filing', mine: '/desk/filing?assigned=to-me' } as const

/** Drafts, each with what tells it apart: whose it is, where the person is, when it was begun, and how far it has come. */
export function DraftsTable(props: {
  messages: Messages
  me: SignedIn
  drafts: readonly DraftRow[]
  caption: string
  /** The names of colleagues by id, where a page has them. */
  names?: ReadonlyMap<string, string>
}) {
  const { messages, me, drafts, caption, names = new Map() } = props
  const nameOf = (user: string) =>
    user === me.user ? messages('list.you') : (names.get(user) ?? messages('travel.colleague'))
  const heads = ['request', 'begun', 'with', 'progress', 'expires'] as const
  return (
    <Table
      caption={caption}
      heads={heads.map((head) => messages(`filing.heads.${head}`))}
      rows={drafts.map((row) => [
        <a class="govuk-link" href={`/desk/filing/${row.draft}`}>
          {draftName(messages, row)}
        </a>,
        messages.instant(row.begun),
        nameOf(row.assignee),
        progressText(messages, row),
        messages.day(messages.dayOf(row.expires)),
      ])}
    />
  )
}

/** `M. R., Türkiye, 3 persons`; without a name it says so. */
function draftName(messages: Messages, { label = {} }: DraftRow): string {
  const { initials = messages('filing.nameless'), country, persons = 1 } = label
  return [
    initials,
    ...(country ? [messages.country(country)] : []),
    ...(persons > 1 ? [messages.count('list.persons', persons)] : []),
  ].join(', ')
}

/** How many of its topics are complete, and when it was last saved. */
function progressText(messages: Messages, { label, at }: DraftRow): string {
  const saved = messages('filing.savedAt', { at: messages.instant(at) })
  if (label?.topics === undefined) return saved
  const done = messages('filing.topicsDone', { done: label.done ?? 0, of: label.topics })
  return `${done}; ${saved}`
}
