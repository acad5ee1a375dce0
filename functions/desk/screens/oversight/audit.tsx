import { Hono } from 'hono'
import type * as z from 'zod/mini'
import { type AuditQuery, auditAnswer, auditKinds, auditQuery } from '../../../../schemas/api/audit.ts'
import { isRefusedWith } from '../../api.ts'
import type { DeskContext, DeskEnv } from '../../context.ts'
import { ErrorSummary } from '../../form/error-summary.tsx'
import { errorsFrom } from '../../form/errors.ts'
import type { Messages } from '../../messages/messages.ts'
import { idStart } from '../../parts/colleagues.ts'
import { notFound } from '../../parts/error-page.tsx'
import { page } from '../../parts/page.tsx'
import { PagingLinks, pagingIn } from '../../parts/paging.tsx'
import { partyName } from '../../parts/parties.ts'
import { Table } from '../../parts/table.tsx'
import { type AuditLine, auditCsv, auditLines, whatOf, whyOf } from './audit-lines.ts'

/** The fields of the auditor's filter. */
const filterFields = ['from', 'to', 'reference'] as const
/** Names of a query beside them. A person is chosen by a link, since nobody types an id. */
const otherFields = ['kind', 'user']

/** Screen 12, for oversight: who looked, exported, searched or was refused, when, at which return, and why. */
export const audit = new Hono<DeskEnv>()
  .get('/audit', async (context) => {
    const { messages, me } = context.var
    if (me.kind !== 'oversight') return notFound(context)
    const { found, query, invalidFields } = await searchIn(context)
    const failed = invalidFields.length > 0
    const address = (more: Record<string, string>) => `?${new URLSearchParams({ ...query, ...more })}`
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
          <>
            <Entries messages={messages} lines={auditLines(found.entries)} />
            <p class="govuk-body no-print">
              <a class="govuk-link" href={`/desk/audit.csv${address({})}`}>
                {messages('audit.csv')}
              </a>
            </p>
          </>
        ) : (
          <p class="govuk-inset-text">{messages(found.next ? 'audit.noneHere' : 'audit.empty')}</p>
        )}
        <PagingLinks
          context={context}
          paging={placeIn(context)}
          rows={auditLines(found.entries).length}
          next={found.next}
        />
      </>,
    )
  })
  .get('/audit.csv', async (context) => {
    const { messages, me } = context.var
    if (me.kind !== 'oversight') return notFound(context)
    const { query, invalidFields } = queryIn(context)
    if (invalidFields.length > 0) return context.redirect('/desk/audit', 303)
    const { entries, next } = await readPages(context, query, mostInFile)
    return context.body(auditCsv(messages, entries, next !== undefined), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="audit.csv"',
    })
  })

/** The place in the list: `from` is a day of the filter here. */
const placeIn = (context: DeskContext) => pagingIn(context, 'cursor')

/** Pages of the API that one page of the desk reads until it has this many lines, and that a file reads. */
const onPage = { lines: 25, pages: 4 }
const mostInFile = { lines: Number.POSITIVE_INFINITY, pages: 40 }

type Found = Pick<z.infer<typeof auditAnswer>, 'entries' | 'broken' | 'next'>

/** Reads pages of the audit one after the other, until there are enough lines. A look at many returns is one line. */
async function readPages(context: DeskContext, query: AuditQuery, most: typeof onPage): Promise<Found> {
  const found: Found = { entries: [], broken: [] }
  for (let pages = 0; pages < most.pages; pages++) {
    const cursor = found.next ?? query.cursor
    const answer = await context.var.me.api.get(['audit'], auditAnswer, { ...query, cursor })
    found.entries.push(...answer.entries)
    found.broken.push(...answer.broken)
    found.next = answer.next
    if (!found.next || auditLines(found.entries).length >= most.lines) break
  }
  return found
}

async function searchIn(context: DeskContext) {
  const { query, invalidFields } = queryIn(context)
  const nothing: Found = { entries: [], broken: [] }
  if (invalidFields.length > 0) return { query, invalidFields, found: nothing }
  const found = await readPages(context, query, onPage).catch((error: unknown) => {
    if (!isRefusedWith(error, 'bad-input')) throw error
    invalidFields.push(...(error.problem.fields ?? []))
    return nothing
  })
  return { query, invalidFields, found }
}

/** The query of the address, and its invalid fields. Empty fields do not filter. */
function queryIn(context: DeskContext): { query: AuditQuery; invalidFields: string[] } {
  const filled = Object.entries(context.req.query()).filter(([, value]) => value.trim() !== '')
  const known = filled.filter(([name]) => [...filterFields, ...otherFields].includes(name))
  const { cursor } = placeIn(context)
  const parsed = auditQuery.safeParse({ ...Object.fromEntries(known), ...(cursor ? { cursor } : {}) })
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
            type={name === 'reference' ? 'text' : 'date'}
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

function Entries({ messages, lines }: { messages: Messages; lines: readonly AuditLine[] }) {
  const heads = ['audit.when', 'audit.who', 'audit.person', 'audit.what', 'audit.of', 'audit.why'] as const
  return (
    <>
      <p class="govuk-body">{messages('audit.personHow')}</p>
      <Table
        caption={messages('audit.caption')}
        heads={heads.map((head) => messages(head))}
        rows={lines.map((line) => [
          <time datetime={line.at}>{messages.instant(line.at)}</time>,
          `${partyName(messages, line.by.party)}, ${messages.code('role', line.by.role)}`,
          <a class="govuk-link" href={`/desk/audit?user=${line.by.user}`}>
            {idStart(line.by.user)}
          </a>,
          whatOf(messages, line),
          <Returns messages={messages} line={line} />,
          whyOf(messages, line),
        ])}
      />
    </>
  )
}

/** The return that a line is about; of a look at many, how many, and their list below. */
function Returns({ messages, line }: { messages: Messages; line: AuditLine }) {
  if (line.returns.length < 2) return <>{line.returns.map((item) => returnLink(line, item))}</>
  return (
    <details>
      <summary>{messages.count('count.returns', line.returns.length)}</summary>
      {line.returns.map((item) => (
        <div>{returnLink(line, item)}</div>
      ))}
    </details>
  )
}

function returnLink({ kind }: AuditLine, { ret, reference }: AuditLine['returns'][number]) {
  if (!ret || kind === 'refused') return <>{reference}</>
  return (
    <a class="govuk-link" href={`/desk/returns/${ret}/proof`}>
      {reference}
    </a>
  )
}
