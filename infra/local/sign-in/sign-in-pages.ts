import { escapeHtml, pageHtml } from '../gateway/page.ts'
import type { PageLanguage } from '../gateway/page-language.ts'
import { pageTexts } from '../gateway/page-texts.ts'
import { type PeopleOfKind, peopleInWords, type SignInUser } from '../gateway/people-in-words.ts'

/**
 * The sign-in page: a button for each enabled user, and no password. It posts to its own address. The first person of each
 * kind of party is in sight, the others are folded.
 */
export function signInPage(users: readonly SignInUser[], language: PageLanguage): string {
  const { signIn, noPassword, others } = pageTexts[language]
  const kinds = peopleInWords(users, language).map(({ heading, people: [first, ...rest] }) => {
    const folded =
      rest.length > 0
        ? `<details><summary>${escapeHtml(others(rest.length))}</summary>${buttons(rest)}</details>`
        : ''
    return `<h2>${escapeHtml(heading)}</h2>\n${first ? buttons([first]) : ''}\n${folded}`
  })
  return pageHtml(
    signIn,
    `<p>${escapeHtml(noPassword)}</p>\n<form method="post">${kinds.join('\n')}</form>`,
    language,
  )
}

const buttons = (people: PeopleOfKind['people']) =>
  people
    .map(
      ({ name, fullName, post }) =>
        `<p><button name="user" value="${escapeHtml(name)}">${escapeHtml(fullName)}</button> ${escapeHtml(post)}</p>`,
    )
    .join('\n')

/** The last page of a sign-in by hand: the access token, and how to use it. */
export function tokenPage(token: string, url: string): string {
  return pageHtml(
    'Signed in',
    `<p>This access token is valid for ten minutes.</p>
<textarea rows="12" readonly>${escapeHtml(token)}</textarea>
<p>Send it as <code>Authorization: Bearer …</code> to ${escapeHtml(url)}.</p>`,
  )
}
