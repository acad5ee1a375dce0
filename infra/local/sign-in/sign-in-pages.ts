import type { SeededUser } from '../emulators/user-pool.ts'
import { escaped, page } from '../gateway/page.ts'

/** The sign-in page: one button for each user who is not disabled, no passwords. It posts to the address it was read from. */
export function signInPage(users: readonly SeededUser[]): string {
  const buttons = users.map(
    ({ name, title }) =>
      `<p><button name="user" value="${escaped(name)}">${escaped(name)}</button> ${escaped(title)}</p>`,
  )
  return page('Sign in as', `<form method="post">${buttons.join('\n')}</form>`)
}

/** Where a sign-in by hand ends: the access token, and how to use it. */
export function tokenPage(token: string, url: string): string {
  return page(
    'Signed in',
    `<p>This access token is good for ten minutes.</p>
<textarea rows="12" readonly>${escaped(token)}</textarea>
<p>Send it as <code>Authorization: Bearer …</code> to ${escaped(url)}.</p>`,
  )
}
