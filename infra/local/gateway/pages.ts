import type { Letter } from '../emulators/outbox.ts'
import type { SeededUser } from '../sample/seed.ts'

/** What runs, as the page at `/` tells it. */
export interface Inventory {
  url: string
  issuer: string
  functions: readonly { name: string; memoryMb: number; timeoutSeconds: number }[]
  routes: readonly string[]
  sources: readonly string[]
  schedules: readonly string[]
  queues: readonly string[]
  tables: readonly string[]
  users: () => readonly SeededUser[]
  letters: () => readonly Letter[]
}

const style = `
  body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 0 1rem 3rem }
  .trial { background: #b10e1e; color: #fff; font-weight: 700; margin: 0 -1rem 1rem; padding: .5rem 1rem }
  table { border-collapse: collapse } td, th { padding: .2rem 1rem .2rem 0; text-align: left; vertical-align: top }
  button { font: inherit; margin: .2rem 0; padding: .4rem 1rem; min-width: 10rem; text-align: left }
  code, textarea { font: 14px/1.4 ui-monospace, monospace } textarea { width: 100% }
`

/** Text that may hold anything, made safe for HTML. */
function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)} · Acasă · TRIAL</title><style>${style}</style></head>
<body><p class="trial">TRIAL: made-up people only. Nothing on this machine is protected.</p>
<h1>${escaped(title)}</h1>
${body}
</body></html>
`
}

const list = (items: readonly string[]) =>
  `<ul>${items.map((item) => `<li><code>${escaped(item)}</code></li>`).join('')}</ul>`

const table = (head: readonly string[], rows: readonly (readonly string[])[]) => `<table>
<tr>${head.map((cell) => `<th>${escaped(cell)}</th>`).join('')}</tr>
${rows.map((row) => `<tr>${row.map((cell) => `<td>${escaped(cell)}</td>`).join('')}</tr>`).join('\n')}
</table>`

const lettersShown = 100

/** What was published, the newest first. */
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
  return rows.length > 0 ? table(['when', 'topic', 'to whom', 'text'], rows) : '<p>Nobody was called yet.</p>'
}

/** All that left this machine's system for phones and mailboxes, if there were any here. */
export function outboxPage(letters: readonly Letter[]): string {
  return page(
    'Outbox',
    `<p>In the cloud these go to whoever subscribes to the topic; here they go to nobody.</p>
${letterTable(letters)}`,
  )
}

export function homePage(inventory: Inventory): string {
  const { url, issuer, functions, routes, sources, schedules, queues, tables, users } = inventory
  return page(
    'What runs here',
    `<p>The API is at <code>${escaped(url)}</code>; <a href="${escaped(issuer)}">sign in</a>.</p>
<h2>Users</h2>
${table(
  ['sign-in name', 'who', 'party', 'command'],
  users().map(({ name, title, party }) => [name, title, party, commandFor({ name, party })]),
)}
<h2><a href="/outbox">Outbox</a></h2>${letterTable(inventory.letters().slice(-5))}
<h2>Routes</h2>${list(routes)}
<h2>Functions</h2>
${table(
  ['function', 'memory', 'timeout'],
  functions.map(({ name, memoryMb, timeoutSeconds }) => [name, `${memoryMb} MB`, `${timeoutSeconds} s`]),
)}
<h2>What starts them besides</h2>${list([...sources, ...schedules])}
<h2>Queues</h2>${list(queues)}
<h2>Tables</h2>${list(tables)}`,
  )
}

/** The command that shows most with one user: a mission files, the others list. */
export function commandFor({ name, party }: { name: string; party: string }): string {
  return `npm run as -- ${name} ${party.startsWith('mission:') ? 'file' : 'list'}`
}

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

export function messagePage(title: string, message: string): string {
  return page(title, `<p>${escaped(message)}</p>`)
}
