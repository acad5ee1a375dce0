import { Hono } from 'hono'
import {
  type AuditEntry,
  type AuditQuery,
  audit as auditAnswer,
  auditKinds,
  auditQuery,
} from '../../../../schemas/api/audit.ts'
import { isRefusedWith } from '../../api.ts'
import type { DeskEnv, Visit } from '../../context.ts'
import { wrongsFrom } from '../../form/errors.ts'
import { ErrorSummary } from '../../form/sending.tsx'
import type { Words } from '../../messages/messages.ts'
import { trouble } from '../../parts/error-page.tsx'
import { page } from '../../parts/page.tsx'
import { partyName } from '../../parts/parties.ts'
import { Table } from '../../parts/table.tsx'

/** What an auditor may ask by on the page. */
const asked = ['from', 'to', 'reference'] as const

/** Screen 12, of oversight: who looked, exported, searched or was refused, when, of which return, and why. */
export const audit = new Hono<DeskEnv>().get('/audit', async (visit) => {
  const [words, me] = [visit.get('words'), visit.get('me')]
  if (me.kind !== 'oversight') return trouble(visit, 'trouble.notFound', 404)
  const { query, wrong } = queryIn(visit)
  const nothing = { entries: [], broken: [], next: undefined }
  const found =
    wrong.length > 0
      ? nothing
      : await me.api.get(['audit'], auditAnswer, query).catch((error: unknown) => {
          if (!isRefusedWith(error, 'bad-input')) throw error
          wrong.push(...(error.problem.fields ?? []))
          return nothing
        })
  const failed = wrong.length > 0
  return page(
    visit,
    { title: words('audit.title'), back: '/desk', failed, status: failed ? 422 : 200 },
    <>
      <ErrorSummary words={words} wrongs={wrongsFrom(words, wrong)} />
      <h1 class="govuk-heading-l">{words('audit.title')}</h1>
      <Filter words={words} typed={visit.req.query()} />
      {found.broken.length > 0 ? (
        <p class="danger">{words.count('audit.broken', found.broken.length)}</p>
      ) : null}
      {found.entries.length > 0 ? (
        <Entries words={words} entries={found.entries} />
      ) : (
        <p class="govuk-inset-text">{words(found.next ? 'audit.noneHere' : 'audit.empty')}</p>
      )}
      {found.next ? (
        <a
          class="govuk-link"
          rel="next"
          href={`/desk/audit?${new URLSearchParams({ ...query, cursor: found.next })}`}
        >
          {words('list.next-page')}
        </a>
      ) : null}
    </>,
  )
})

/** What the address asks for, and the fields of it that are of no form; what is left empty is not asked by. */
function queryIn(visit: Visit): { query: AuditQuery; wrong: string[] } {
  const typed = Object.entries(visit.req.query()).filter(([, value]) => value.trim() !== '')
  const known = typed.filter(([name]) => [...asked, 'kind', 'cursor'].includes(name))
  const parsed = auditQuery.safeParse(Object.fromEntries(known))
  if (parsed.success) return { query: parsed.data, wrong: [] }
  return { query: {}, wrong: [...new Set(parsed.error.issues.map(({ path }) => path.join('.')))] }
}

function Filter({ words, typed }: { words: Words; typed: Readonly<Record<string, string>> }) {
  return (
    <form method="get" action="/desk/audit" class="filter no-print">
      {asked.map((name) => (
        <div class="govuk-form-group">
          <label class="govuk-label" for={name}>
            {words(`audit.${name}`)}
          </label>
          <input
            class="govuk-input govuk-input--width-10"
            id={name}
            name={name}
            type="text"
            autocomplete="off"
            value={typed[name] ?? ''}
          />
        </div>
      ))}
      <div class="govuk-form-group">
        <label class="govuk-label" for="kind">
          {words('audit.kind')}
        </label>
        <select class="govuk-select" id="kind" name="kind">
          <option value="">{words('audit.anyKind')}</option>
          {auditKinds.map((kind) => (
            <option value={kind} selected={typed.kind === kind}>
              {words.code('access', kind)}
            </option>
          ))}
        </select>
      </div>
      <button type="submit" class="govuk-button govuk-button--secondary">
        {words('audit.show')}
      </button>
    </form>
  )
}

function Entries({ words, entries }: { words: Words; entries: readonly AuditEntry[] }) {
  const heads = ['audit.when', 'audit.who', 'audit.what', 'audit.of', 'audit.why'] as const
  return (
    <Table
      caption={words('audit.caption')}
      heads={heads.map((head) => words(head))}
      rows={entries.map((entry) => [
        <time datetime={entry.at}>{words.instant(entry.at)}</time>,
        `${partyName(words, entry.by.party)}, ${words.code('role', entry.by.role)}`,
        whatOf(words, entry),
        entry.ret && entry.kind !== 'refused' ? (
          <a class="govuk-link" href={`/desk/returns/${entry.ret}/proof`}>
            {entry.reference}
          </a>
        ) : (
          (entry.reference ?? '')
        ),
        whyOf(words, entry),
      ])}
    />
  )
}

/** What was done or asked, and of which classes: never what was seen. */
function whatOf(words: Words, { kind, operation, classes }: AuditEntry): string {
  const done = operation
    ? `${words.code('access', kind)}: ${words.code('operation', operation)}`
    : words.code('access', kind)
  return [done, ...classes.map((cls) => words.code('class', cls))].join(', ')
}

function whyOf(words: Words, { reason, problem }: AuditEntry): string {
  if (problem) return words.code('problem', problem)
  return reason ? words.code('reason', reason) : ''
}
