import type { Child } from 'hono/jsx'
import type { Me } from '../context.ts'
import type { Words } from '../messages/messages.ts'
import { partyName } from './parties.ts'
import type { Seen } from './return-head.tsx'

/** A return as a paper names it: by this hash it is held against the trail, whose proof page shows the same. */
export type Head = Pick<Seen, 'reference' | 'version' | 'hash'>

interface Printing {
  /** Of the language that the paper is in. */
  words: Words
  me: Me
  /** The returns that it is of; a paper that is of none names none. */
  of?: readonly Head[]
  /** For who carries it where others look: a number and a day, nothing that says what it is. */
  discreet?: boolean
}

/** What stands at the foot of every paper: of which return, when, who printed it, and the hash of the return's last event. */
export function Imprint({ words, me, of = [], discreet = false }: Printing) {
  const now = new Date().toISOString()
  if (discreet)
    return (
      <p class="imprint">
        {[...of.map(({ reference }) => reference.replace(/^RET-/, '')), words.day(words.dayOf(now))].join(
          ', ',
        )}
      </p>
    )
  return (
    <dl class="imprint">
      {of.map(({ reference, version, hash }) => (
        <div>
          <dt>{reference}</dt>
          <dd>
            {words('paper.hash', { n: words.number(version) })} <span class="hash">{hash}</span>
          </dd>
        </div>
      ))}
      <div>
        <dt>{words('paper.printed')}</dt>
        <dd>
          {words('paper.by', {
            at: words.instant(now),
            who: `${partyName(words, me.party)}, ${words.code('role', me.role)}`,
          })}
        </dd>
      </div>
    </dl>
  )
}

/** One paper, which begins on a page of its own. */
export function Leaf({ children, kind, ...printing }: Printing & { children?: Child; kind?: string }) {
  const { words, discreet } = printing
  return (
    <article
      class={['leaf', ...(kind ? [`leaf--${kind}`] : []), ...(discreet ? ['leaf--bare'] : [])].join(' ')}
      lang={words.language}
    >
      {children}
      <Imprint {...printing} />
    </article>
  )
}

/** How it comes out of the printer: by a button where scripts run, by the browser's own menu where they do not. */
export function Print({ words }: { words: Words }) {
  return (
    <div class="no-print">
      <p class="govuk-body">{words('paper.how')}</p>
      <button type="button" class="govuk-button" data-print hidden>
        {words('paper.print')}
      </button>
    </div>
  )
}

/** Something to be filled in by hand: what it is, and room to write. */
export function Write({ label, lines = 1 }: { label: string; lines?: number }) {
  return (
    <div class="write">
      <span>{label}</span>
      {Array.from({ length: lines }, () => (
        <i />
      ))}
    </div>
  )
}
