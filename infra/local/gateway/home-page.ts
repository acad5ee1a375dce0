import type { Letter } from '../emulators/outbox.ts'
import type { SeededUser } from '../emulators/user-pool.ts'
import { escaped, list, page, table } from './page.ts'

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
