import type { SeededUser } from '../emulators/user-pool.ts'
import { escapeHtml, pageHtml } from '../gateway/page.ts'

/** The sign-in page: a button for each enabled user, and no password. It posts to its own address. */
export function signInPage(users: readonly SeededUser[]): string {
  const buttons = users.map(
    ({ name, title }) =>
      `<p><button name="user" value="${escapeHtml(name)}">${escapeHtml(name)}</button> ${escapeHtml(title)}</p>`,
  )
  return pageHtml('Sign in as', `<form method="post">${buttons.join('\n')}</form>`)
}

/** The last page of a sign-in by hand: the access token, and how to use it. */
export function tokenPage(token: string, url: string): string {
  return pageHtml(
    'Signed in',
    `<p>This access token is valid for ten minutes.</p>
<textarea rows="12" readonly>${escapeHtml(token)}</textarea>
<p>Send it as <code>Authorization: Bearer …</code> to ${escapeHtml(url)}.</p>`,
  )
}
