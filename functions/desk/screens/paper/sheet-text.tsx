import type { Phase } from '../../../../schemas/procedure/phases.ts'
import type { SectionClass } from '../../../../schemas/values/classes.ts'
import { kindOf, partyId } from '../../../../schemas/values/parties.ts'
import type { Words } from '../../messages/messages.ts'
import { hotline } from '../../parts/hotline.ts'
import { Write } from '../../parts/paper.tsx'
import { partyName } from '../../parts/parties.ts'
import type { Seen } from '../../parts/return-head.tsx'

type Version = 'full' | 'discreet'
type Step = 'asked' | 'planning' | 'planned' | 'on-way' | 'home' | 'over'

/** Where she stands, as it is told to her. */
const steps: Readonly<Record<Phase, Step>> = {
  filed: 'asked',
  acknowledged: 'asked',
  'sent-back': 'asked',
  accepted: 'planning',
  planned: 'planned',
  confirmed: 'planned',
  travelling: 'on-way',
  arrived: 'home',
  received: 'home',
  cancelled: 'over',
  closed: 'over',
  // An alert is of nobody whose name is known; no sheet is made of one.
  alert: 'asked',
  'alert-acknowledged': 'asked',
  'became-request': 'asked',
  'alert-closed': 'over',
}

interface Props {
  /** Of her language. */
  words: Words
  version: Version
  seen: Seen
  name: string | undefined
  /** Whether she is given it, and does not only hear it. */
  onPaper: boolean
}

/** What the sheet says. The discreet version says it without naming anybody, and without what it is about. */
export function SheetText({ words, version, seen, name, onPaper }: Props) {
  const { inside, abroad } = hotline()
  return (
    <>
      <h2>{words(`sheet.${version}.heading`)}</h2>
      {name ? <p>{name}</p> : null}
      <h3>{words(`sheet.${version}.next`)}</h3>
      <p>{words(`sheet.${version}.step.${steps[seen.phase]}`)}</p>
      <h3>{words(`sheet.${version}.knows`)}</h3>
      <ul>
        {linesOf(words, version, seen).map((line) => (
          <li>{line}</li>
        ))}
      </ul>
      <h3>{words(`sheet.${version}.choice`)}</h3>
      <p>{words(`sheet.${version}.free`)}</p>
      <p>{words(`sheet.${version}.how`)}</p>
      <p>{words(`sheet.${version}.independent`)}</p>
      <h3>{words(`sheet.${version}.numbers`)}</h3>
      <ul>
        <li>{words(`sheet.${version}.inside`, { number: inside })}</li>
        <li>{words(`sheet.${version}.abroad`, { number: abroad })}</li>
        <li>{words(`sheet.${version}.danger`)}</li>
      </ul>
      {onPaper ? (
        <>
          <Write label={words(`sheet.${version}.contact`)} />
          <p>{words(`sheet.${version}.keep`)}</p>
        </>
      ) : null}
    </>
  )
}

/** The classes that she is told of; the mask is of them, and notes and talk are of those who write them. */
const toHer = [
  'case',
  'identity',
  'contacts',
  'safety',
  'travel',
  'protection',
  'care',
  'decision',
] as const satisfies readonly SectionClass[]

/** Who knows what: those who are told, each with what it reads and why; then those who are told nothing. */
function linesOf(words: Words, version: Version, { reads = {}, recipients, responsible }: Seen): string[] {
  const name = (holder: string) => nameOf(words, version, holder)
  const told = Object.entries(reads).map(([holder, classes]) => {
    const what = toHer
      .filter((cls) => classes.includes(cls))
      .map((cls) => words(`sheet.${version}.reads.${cls}`))
    const ground = holder === responsible ? 'answers' : groundOf(recipients[holder])
    return words('sheet.line', {
      who: name(holder),
      what: what.length > 0 && holder !== 'figures' ? what.join(', ') : words(`sheet.${version}.unnamed`),
      why: words(`sheet.ground.${ground}`),
    })
  })
  const untold = Object.entries(recipients).flatMap(([holder, ground]) =>
    reads[holder] ? [] : [words(ground === 'none' ? 'sheet.untold' : 'sheet.left', { who: name(holder) })],
  )
  return [...new Set([...told, ...untold])]
}

/** By its name; where others look, by what it does. */
function nameOf(words: Words, version: Version, holder: string): string {
  if (version === 'full') return partyName(words, holder)
  const party = partyId.safeParse(holder)
  return words(`sheet.as.${party.success ? kindOf(party.data) : 'figures'}`)
}

function groundOf(ground: Seen['recipients'][string] | undefined) {
  switch (ground) {
    case 'consent':
    case 'to-ask':
    case 'accompanying':
    case 'raised':
    case 'other-basis':
      return ground
    default:
      return 'oversees'
  }
}
