import type { Child } from 'hono/jsx'
import { currentAddress, type DeskContext, longestAddress } from '../context.ts'
import type { Messages } from '../messages/messages.ts'

/** Rows on a page of a list that the API answers as a whole. The API's own pages have as many. */
export const pageSize = 25

/** A page of a list after the first: its number, how many rows stand on the pages before it, and the API's cursor. */
interface Place {
  page: number
  before: number
  cursor: string
}

/** Where somebody is in a list, as the address says: the places of the pages since the first, this one last. */
export interface Paging {
  /** The parameter of the address. A page with two lists has two. */
  name: string
  trail: readonly Place[]
  /** The cursor with which the API answers this page. */
  cursor: string | undefined
  /** How many rows stand on earlier pages. */
  before: number
}

/** Parameters that say what was just done. They do not go along to another page of a list. */
const onceOnly = ['done', 'handed', 'sent', 'shown']

const placePattern = /^(\d{1,5})\.(\d{1,7})\.(.+)$/

/**
 * Reads the place in a list from the address: `from=2.25.…&from=3.50.…`. Each page's place is kept, since the API's cursors
 * lead forward only. What has another form is passed on: the API refuses it.
 */
export function pagingIn(context: DeskContext, name = 'from'): Paging {
  const trail = (context.req.queries(name) ?? []).filter((text) => text !== '').map(placeOf)
  const last = trail.at(-1)
  return { name, trail, cursor: last?.cursor, before: last?.before ?? 0 }
}

function placeOf(text: string): Place {
  const [, page = '2', before = '0', cursor = text] = placePattern.exec(text) ?? []
  return { page: Number(page), before: Number(before), cursor }
}

const textOf = ({ page, before, cursor }: Place) => `${page}.${before}.${cursor}`

/** A page of a list that the API answered as a whole, and the cursor of the next: a number of rows. */
export function pagedRows<T>(all: readonly T[], { cursor = '0' }: Paging, size = pageSize) {
  const start = /^\d{1,7}$/.test(cursor) ? Number(cursor) : 0
  const next = start + size < all.length ? String(start + size) : undefined
  return { rows: all.slice(start, start + size), next, total: all.length }
}

export interface PagingProps {
  context: DeskContext
  paging: Paging
  /** How many rows this page has. */
  rows: number
  /** The cursor of the next page; none on the last. */
  next: string | undefined
  /** How many rows the list has, if they were counted; `bounded`: or more. */
  total?: number | undefined
  bounded?: boolean | undefined
  /** How many rows the API looked through for this page, if it was looking for some among them. */
  looked?: number | undefined
  /** The list's name, where a page has several. */
  list?: string
  /** The path of the list, if it is not the page's own. */
  path?: string
}

/** Under a list: which of its rows are shown, and links to the pages before and after. It needs no script. */
export function PagingLinks(props: PagingProps): Child {
  const { context, paging, rows, next, looked } = props
  const { messages } = context.var
  const [previous, following] = [previousAddress(props), nextAddress(props)]
  const isShort = looked !== undefined && next !== undefined && rows < pageSize
  if (!previous && !following) return null
  const name = props.list ? messages('paging.pagesOf', { list: props.list }) : messages('paging.pages')
  return (
    <>
      {isShort ? (
        <p class="govuk-body">{messages.count('paging.looked', looked, { found: messages.number(rows) })}</p>
      ) : null}
      {rows > 0 ? <p class="govuk-body">{rangeText(messages, props)}</p> : null}
      <nav class="govuk-pagination govuk-pagination--block no-print" aria-label={name}>
        {previous ? (
          <Step
            kind="prev"
            href={previous}
            text={messages(isTrimmed(paging) ? 'paging.first' : 'paging.previous')}
          />
        ) : null}
        {following ? (
          <Step kind="next" href={following} text={messages(isShort ? 'paging.further' : 'list.next-page')} />
        ) : null}
      </nav>
    </>
  )
}

function Step({ kind, href, text }: { kind: 'prev' | 'next'; href: string; text: string }) {
  return (
    <div class={`govuk-pagination__${kind}`}>
      <a class="govuk-link govuk-pagination__link" href={href} rel={kind}>
        <span class="govuk-pagination__link-title">{text}</span>
      </a>
    </div>
  )
}

/** `26 to 50 of 60`, or `26 to 50` of a list that nobody counted. */
function rangeText(messages: Messages, { paging, rows, total, bounded }: PagingProps): string {
  const fill = {
    first: messages.number(paging.before + 1),
    last: messages.number(paging.before + rows),
    total: messages.number(total ?? 0),
  }
  if (total === undefined) return messages('paging.range', fill)
  return messages(bounded ? 'paging.rangeOfMore' : 'paging.rangeOf', fill)
}

/** Whether the places of the first pages did not fit into the address, so that only the list's beginning is known. */
const isTrimmed = ({ trail: [first, ...others] }: Paging) =>
  first !== undefined && others.length === 0 && first.page > 2

function previousAddress(props: PagingProps): string | undefined {
  const { trail } = props.paging
  return trail.length === 0 ? undefined : addressOf(props, trail.slice(0, -1))
}

/** The address of the next page. Where it becomes too long, the places of the first pages are left out. */
function nextAddress(props: PagingProps): string | undefined {
  const { paging, rows, next } = props
  if (next === undefined) return undefined
  const page = (paging.trail.at(-1)?.page ?? 1) + 1
  let trail = [...paging.trail, { page, before: paging.before + rows, cursor: next }]
  let address = addressOf(props, trail)
  while (trail.length > 1 && address.length > longestAddress) {
    trail = trail.slice(1)
    address = addressOf(props, trail)
  }
  return address
}

/** The list's address with its filter, at a place. */
function addressOf({ context, paging: { name }, path }: PagingProps, trail: readonly Place[]): string {
  const here = new URL(currentAddress(context), 'https://desk.invalid')
  const query = new URLSearchParams(
    [...here.searchParams].filter(([key, value]) => key !== name && value !== '' && !onceOnly.includes(key)),
  )
  for (const place of trail) query.append(name, textOf(place))
  return `${path ?? here.pathname}${query.size > 0 ? `?${query}` : ''}`
}
