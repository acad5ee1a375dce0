import { Hono } from 'hono'
import {
  type AuditEntry,
  type AuditQuery,
  auditAnswer,
  auditKinds,
  auditQuery,
} from '../../../../schemas/api/audit.ts'
import { isRefusedWith } from '../../api.ts'
import type { DeskContext, DeskEnv } from '../../context.ts'
import { ErrorSummary } from '../../form/error-summary.tsx'
import { errorsFrom } from '../../form/errors.ts'
import type { Messages } from '../../messages/messages.ts'
import { notFound } from '../../parts/error-page.tsx'
import { page } from '../../parts/page.tsx'
import { partyName } from '../../parts/parties.ts'
import { Table } from '../../parts/table.tsx'

/** The fields of the auditor's filter. */
const filterFields = ['from', 'to', 'reference'] as const

/** Screen 12, for oversight: who looked, exported, searched or was refused, when, at which return, and why. */
export const audit = new Hono<DeskEnv>().get('/audit', async (context) => {
  const { messages, me } = context.var
  if (me.kind !== 'oversight') return notFound(context)
  const { query, invalidFields } = queryIn(context)
  const nothing = { entries: [], broken: [], next: undefined }
  const found =
    invalidFields.length > 0
      ? nothing
      : await me.api.get(['audit'], auditAnswer, query).catch((error: unknown) => {
          if (!isRefusedWith(error, 'bad-input')) throw error
          invalidFields.push(...(error.problem.fields ?? []))
          return nothing
        })
  const failed = invalidFields.length > 0
  return page(
    context,
    { title: messages('audit.title'), back: '/desk', failed, status: failed ? 422 : 200 },
    <>
      <ErrorSummary
        messages={messages}
        errors={errorsFrom(messages, { code: 'bad-input', fields: invalidFields })}
      />
      <h1 class="govuk-heading-l">{messages('audit.title')}</h1>
      <Filter messages={messages} filled={context.req.query()} />
      {found.broken.length > 0 ? (
        <p class="danger">{messages.count('audit.broken', found.broken.length)}</p>
      ) : null}
      {found.entries.length > 0 ? (
        <Entries messages={messages} entries={found.entries} />
      ) : (
        <p class="govuk-inset-text">{messages(found.next ? 'audit.noneHere' : 'audit.empty')}</p>
      )}
      {found.next ? (
        <a
          class="govuk-link"
          rel="next"
          href={`/desk/audit?${new URLSearchParams({ ...query, cursor: found.next })}`}
        >
          {messages('list.next-page')}
        </a>
      ) : null}
    </>,
  )
})

/** The query of the address, and its invalid fields. Empty fields do not filter. */
function queryIn(context: DeskContext): { query: AuditQuery; invalidFields: string[] } {
  const filled = Object.entries(context.req.query()).filter(([, value]) => value.trim() !== '')
  const known = filled.filter(([name]) => [...filterFields, 'kind', 'cursor'].includes(name))
  const parsed = auditQuery.safeParse(Object.fromEntries(known))
  if (parsed.success) return { query: parsed.data, invalidFields: [] }
  return { query: {}, invalidFields: [...new Set(parsed.error.issues.map(({ path }) => path.join('.')))] }
}

function Filter({ messages, filled }: { messages: Messages; filled: Readonly<Record<string, string>> }) {
  return (
    <form method="get" action="/desk/audit" class="filter no-print">
      {filterFields.map((name) => (
        <div class="govuk-form-group">
          <label class="govuk-label" for={name}>
            {messages(`audit.${name}`)}
          </label>
          <input
            class="govuk-input govuk-input--width-10"
            id={name}
            name={name}
            type="text"
            autocomplete="off"
            value={filled[name] ?? ''}
          />
        </div>
      ))}
      <div class="govuk-form-group">
        <label class="govuk-label" for="kind">
          {messages('audit.kind')}
        </label>
        <select class="govuk-select" id="kind" name="kind">
          <option value="">{messages('audit.anyKind')}</option>
          {auditKinds.map((kind) => (
            <option value={kind} selected={filled.kind === kind}>
              {messages.code('access', kind)}
            </option>
          ))}
        </select>
      </div>
      <button type="submit" class="govuk-button govuk-button--secondary">
        {messages('audit.show')}
      </button>
    </form>
  )
}

function Entries({ messages, entries }: { messages: Messages; entries: readonly AuditEntry[] }) {
  const heads = ['audit.when', 'audit.who', 'audit.what', 'audit.of', 'audit.why'] as const
  return (
    <Table
      caption={messages('audit.caption')}
      heads={heads.map((head) => messages(head))}
      rows={entries.map((entry) => [
        <time datetime={entry.at}>{messages.instant(entry.at)}</time>,
        `${partyName(messages, entry.by.party)}, ${messages.code('role', entry.by.role)}`,
        whatOf(messages, entry),
        entry.ret && entry.kind !== 'refused' ? (
          <a class="govuk-link" href={`/desk/returns/${entry.ret}/proof`}>
            {entry.reference}
          </a>
        ) : (
          (entry.reference ?? '')
        ),
        whyOf(messages, entry),
      ])}
    />
  )
}

/** The operation and its classes, never what was seen. */
function whatOf(messages: Messages, { kind, operation, classes }: AuditEntry): string {
  const done = operation
    ? `${messages.code('access', kind)}: ${messages.code('operation', operation)}`
    : messages.code('access', kind)
  return [done, ...classes.map((cls) => messages.code('class', cls))].join(', ')
}

function whyOf(messages: Messages, { reason, problem }: AuditEntry): string {
  if (problem) return messages.code('problem', problem)
  return reason ? messages.code('reason', reason) : ''
}
