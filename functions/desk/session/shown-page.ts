import { randomBytes } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, brotliDecompress, constants } from 'node:zlib'
import type { StatusCode } from 'hono/utils/http-status'
import { againField, currentAddress, type DeskContext } from '../context.ts'
import { logFailure } from '../failures.ts'
import { secretIn } from './cookies.ts'
import { secretOfPage } from './secret.ts'
import { readShownPage, savedPostSeconds, store } from './store.ts'

/**
 * A form never answers with a page: it is stored, sealed under the browser's own secret, and the browser is sent to it.
 * So "Back" and "Reload" lead to it again, with all that was typed, and send nothing a second time.
 */

/** The query field with a page's id. */
const shownField = 'shown'
/** Pages that show what was opened or found are there only as long as somebody goes back and forth. */
const openedSeconds = 600
/** A row of the table holds 400 kB. */
const maxSealedBytes = 250_000

const compressed = promisify(brotliCompress)
const decompressed = promisify(brotliDecompress)
const quick = { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }

/** Whether the answer to a form is a page, and not another address. */
const isPage = ({ status, headers }: Response) =>
  (status < 300 || status >= 400) && (headers.get('content-type')?.startsWith('text/html') ?? false)

/** The buttons that only show a form again. */
const againFields = [againField, 'more', 'less']

/** Stores the page with which a form was answered, and sends the browser to it. */
export async function redirectToAnswer(context: DeskContext): Promise<void> {
  const secret = secretIn(context, 'session')
  if (context.req.method !== 'POST' || !context.var.me || !secret || !isPage(context.res)) return
  const { status } = context.res
  const html = await compressed(Buffer.from(await context.res.clone().arrayBuffer()), quick)
  if (html.byteLength > maxSealedBytes) return
  const sent = new URLSearchParams(await context.req.text())
  const typed = status >= 400 || againFields.some((field) => sent.has(field))
  const id = randomBytes(12).toString('base64url')
  try {
    await store(secretOfPage(secret, id), {
      kind: 'page',
      status,
      html: html.toString('base64'),
      seconds: typed ? savedPostSeconds : openedSeconds,
    })
  } catch (error) {
    // The page itself is there: it is better than none.
    logFailure(error)
    return
  }
  const address = currentAddress(context)
  context.res = context.redirect(`${address}${address.includes('?') ? '&' : '?'}${shownField}=${id}`, 303)
}

/** The stored page that an address names, as it was; or the address without it, if it is there no longer. */
export async function answerShown(context: DeskContext): Promise<Response | undefined> {
  const [id, secret] = [context.req.query(shownField), secretIn(context, 'session')]
  if (context.req.method !== 'GET' || id === undefined || !secret) return undefined
  const found = /^[\w-]{16}$/.test(id) ? await readShownPage(secretOfPage(secret, id)) : undefined
  if (found) {
    const html = await decompressed(Buffer.from(found.html, 'base64'))
    context.header('content-type', 'text/html; charset=UTF-8')
    return context.newResponse(new Uint8Array(html), found.status as StatusCode)
  }
  const { pathname, searchParams } = new URL(context.req.url)
  searchParams.delete(shownField)
  return context.redirect(searchParams.size > 0 ? `${pathname}?${searchParams}` : pathname, 303)
}
