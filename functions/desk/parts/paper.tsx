import type { Child } from 'hono/jsx'
import type { SignedIn } from '../context.ts'
import type { Messages } from '../messages/messages.ts'
import { partyName } from './parties.ts'

/** A return as a paper names it. The proof page shows the same hash, so that the paper can be compared with the trail. */
export interface Head {
  reference: string
  version: number
  hash: string
}

interface ImprintProps {
  /** Of the language that the paper is in. */
  messages: Messages
  me: SignedIn
  /** The returns that it is of; a paper that is of none names none. */
  of?: readonly Head[]
  /** For who carries it where others look: a number and a day, nothing that says what it is. */
  discreet?: boolean
}

/** What stands at the foot of every paper: of which return, when, who printed it, and the hash of the return's last event. */
export function Imprint({ messages, me, of = [], discreet = false }: ImprintProps) {
  const now = new Date().toISOString()
  if (discreet)
    return (
      <p class="imprint">
        {[
          ...of.map(({ reference }) => reference.replace(/^RET-/, '')),
          messages.day(messages.dayOf(now)),
        ].join(', ')}
      </p>
    )
  return (
    <dl class="imprint">
      {of.map(({ reference, version, hash }) => (
        <div>
          <dt>{reference}</dt>
          <dd>
            {messages('paper.hash', { n: messages.number(version) })} <span class="hash">{hash}</span>
          </dd>
        </div>
      ))}
      <div>
        <dt>{messages('paper.printed')}</dt>
        <dd>
          {messages('paper.by', {
            at: messages.instant(now),
            who: `${partyName(messages, me.party)}, ${messages.code('role', me.role)}`,
          })}
        </dd>
      </div>
    </dl>
  )
}

/** One paper, which begins on a page of its own. */
export function PrintedPage({
  children,
  kind,
  ...printing
}: ImprintProps & { children?: Child; kind?: string }) {
  const { messages, discreet } = printing
  return (
    <article
      class={['leaf', ...(kind ? [`leaf--${kind}`] : []), ...(discreet ? ['leaf--bare'] : [])].join(' ')}
      lang={messages.language}
    >
      {children}
      <Imprint {...printing} />
    </article>
  )
}

/** How it comes out of the printer: by a button where scripts run, by the browser's own menu where they do not. */
export function Print({ messages }: { messages: Messages }) {
  return (
    <div class="no-print">
      <p class="govuk-body">{messages('paper.how')}</p>
      <button type="button" class="govuk-button" data-print hidden>
        {messages('paper.print')}
      </button>
    </div>
  )
}

/** Something to be filled in by hand: what it is, and room to write. */
export function BlankLine({ label, lines = 1 }: { label: string; lines?: number }) {
  return (
    <div class="write">
      <span>{label}</span>
      {Array.from({ length: lines }, () => (
        <i />
      ))}
    </div>
  )
}
