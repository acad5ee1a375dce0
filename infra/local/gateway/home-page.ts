import type { Letter } from '../emulators/outbox.ts'
import type { Account } from '../emulators/user-pool.ts'
import { escapeHtml, list, pageHtml, tableHtml } from './page.ts'
import type { PageLanguage } from './page-language.ts'
import { pageTexts } from './page-texts.ts'
import { peopleInWords } from './people-in-words.ts'

/** The running parts, as the page at `/` lists them. */
export interface Inventory {
  url: string
  issuer: string
  functions: readonly { name: string; memoryMb: number; timeoutSeconds: number }[]
  routes: readonly string[]
  sources: readonly string[]
  schedules: readonly string[]
  queues: readonly string[]
  tables: readonly string[]
  users: () => readonly Account[]
  letters: () => readonly Letter[]
}

const lettersShown = 100

/** The published messages, the newest first. */
function letterTable(letters: readonly Letter[]): string {
  const rows = letters
    .slice(-lettersShown)
    .toReversed()
    .map(({ at, topic, attributes, message }) => [
      at,
      topic.split(':').at(-1) ?? '',
      Object.entries(attributes)
        .map(([name, value]) => `${name}: ${value}`)
        .join(', '),
      message,
    ])
  return rows.length > 0 ? tableHtml(['time', 'topic', 'recipient', 'text'], rows) : '<p>No message yet.</p>'
}

/** The messages that the cloud would have sent to phones and mailboxes. */
export function outboxPage(letters: readonly Letter[]): string {
  return pageHtml(
    'Outbox',
    `<p>In the cloud these messages go to the subscribers of the topic; here they go to nobody.</p>
${letterTable(letters)}`,
  )
}

/** What runs here: for everybody who can sign in, in their language; for developers, the parts, folded. */
export function homePage(inventory: Inventory, language: PageLanguage): string {
  const { running, openDesk, people, forDevelopers } = pageTexts[language]
  const kinds = peopleInWords(inventory.users(), language).map(
    ({ heading, people: own }) =>
      `<h3>${escapeHtml(heading)}</h3>\n<ul>${own
        .map(({ fullName, post }) => `<li>${escapeHtml(fullName)}, ${escapeHtml(post)}</li>`)
        .join('')}</ul>`,
  )
  return pageHtml(
    running,
    `<p><a href="/desk">${escapeHtml(openDesk)}</a></p>
<h2>${escapeHtml(people)}</h2>
${kinds.join('\n')}
<details lang="en"><summary>${escapeHtml(forDevelopers)}</summary>${partsHtml(inventory)}</details>`,
    language,
  )
}

function partsHtml(inventory: Inventory): string {
  const { url, issuer, functions, routes, sources, schedules, queues, tables, users } = inventory
  return `<p>The API is at <code>${escapeHtml(url)}</code>; <a href="${escapeHtml(issuer)}">an access token</a>.</p>
<h2>Users</h2>
${tableHtml(
  ['sign-in name', 'user', 'party', 'command'],
  users().map(({ name, title, party }) => [name, title, party, commandFor({ name, party })]),
)}
<h2><a href="/outbox">Outbox</a></h2>${letterTable(inventory.letters().slice(-5))}
<h2>Routes</h2>${list(routes)}
<h2>Functions</h2>
${tableHtml(
  ['function', 'memory', 'timeout'],
  functions.map(({ name, memoryMb, timeoutSeconds }) => [name, `${memoryMb} MB`, `${timeoutSeconds} s`]),
)}
<h2>Event sources and clocks</h2>${list([...sources, ...schedules])}
<h2>Queues</h2>${list(queues)}
<h2>Tables</h2>${list(tables)}`
}

/** The most useful command for a user: a mission files a request, the others list their returns. */
export function commandFor({ name, party }: { name: string; party: string }): string {
  return `npm run as -- ${name} ${party.startsWith('mission:') ? 'file' : 'list'}`
}
