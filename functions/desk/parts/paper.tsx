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
  /** The messages in the language of the paper. */
  messages: Messages
  me: SignedIn
  /** The returns that the paper is about, if any. */
  of?: readonly Head[]
  /** For a person who carries it where others look: the foot has a number and a day, and does not say what it is. */
  discreet?: boolean
}

/** The foot of every paper: which return, when and by whom it was printed, and the hash of the return's last event. */
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

/** One paper. It begins on a page of its own. */
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

/** How to print: by a button if scripts run, else by the browser's own menu. */
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

/** A line to be filled in by hand: its label, and room to write. */
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
