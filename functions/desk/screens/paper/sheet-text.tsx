import type { Phase } from '../../../../schemas/procedure/phases.ts'
import type { SectionClass } from '../../../../schemas/values/classes.ts'
import { kindOf, partyId } from '../../../../schemas/values/parties.ts'
import type { Messages } from '../../messages/messages.ts'
import { hotline } from '../../parts/hotline.ts'
import { BlankLine } from '../../parts/paper.tsx'
import { partyName } from '../../parts/parties.ts'
import type { ReturnView } from '../../return/return-head.tsx'

type Version = 'full' | 'discreet'
type Step = 'asked' | 'planning' | 'planned' | 'on-way' | 'home' | 'over'

/** The step of the return, as the sheet explains it to her. */
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
  // An alert is about somebody whose name nobody knows. It has no sheet.
  alert: 'asked',
  'alert-acknowledged': 'asked',
  'became-request': 'asked',
  'alert-closed': 'over',
}

interface Props {
  /** The messages in her language. */
  messages: Messages
  version: Version
  seen: ReturnView
  name: string | undefined
  /** Whether she gets the sheet on paper, and does not only hear it. */
  onPaper: boolean
}

/** What the sheet says. The discreet version names nobody and does not say what it is about. */
export function SheetText({ messages, version, seen, name, onPaper }: Props) {
  const { inside, abroad } = hotline()
  return (
    <>
      <h2>{messages(`sheet.${version}.heading`)}</h2>
      {name ? <p>{name}</p> : null}
      <h3>{messages(`sheet.${version}.next`)}</h3>
      <p>{messages(`sheet.${version}.step.${steps[seen.phase]}`)}</p>
      <h3>{messages(`sheet.${version}.knows`)}</h3>
      <ul>
        {linesOf(messages, version, seen).map((line) => (
          <li>{line}</li>
        ))}
      </ul>
      <h3>{messages(`sheet.${version}.choice`)}</h3>
      <p>{messages(`sheet.${version}.free`)}</p>
      <p>{messages(`sheet.${version}.how`)}</p>
      <p>{messages(`sheet.${version}.independent`)}</p>
      <h3>{messages(`sheet.${version}.numbers`)}</h3>
      <ul>
        <li>{messages(`sheet.${version}.inside`, { number: inside })}</li>
        <li>{messages(`sheet.${version}.abroad`, { number: abroad })}</li>
        <li>{messages(`sheet.${version}.danger`)}</li>
      </ul>
      {onPaper ? (
        <>
          <BlankLine label={messages(`sheet.${version}.contact`)} />
          <p>{messages(`sheet.${version}.keep`)}</p>
        </>
      ) : null}
    </>
  )
}

/** The classes that the sheet names. The label comes from them, and notes and talk belong to those who write them. */
const classesForHer = [
  'case',
  'identity',
  'contacts',
  'safety',
  'travel',
  'protection',
  'care',
  'decision',
] as const satisfies readonly SectionClass[]

/** Who knows what: first the parties that are notified, with what they read and why; then those that are not notified. */
function linesOf(
  messages: Messages,
  version: Version,
  { reads = {}, recipients, responsible }: ReturnView,
): string[] {
  const name = (holder: string) => nameOf(messages, version, holder)
  const informed = Object.entries(reads).map(([holder, classes]) => {
    const what = classesForHer
      .filter((cls) => classes.includes(cls))
      .map((cls) => messages(`sheet.${version}.reads.${cls}`))
    const ground = holder === responsible ? 'answers' : groundOf(recipients[holder])
    return messages('sheet.line', {
      who: name(holder),
      what: what.length > 0 && holder !== 'figures' ? what.join(', ') : messages(`sheet.${version}.unnamed`),
      why: messages(`sheet.ground.${ground}`),
    })
  })
  const notInformed = Object.entries(recipients).flatMap(([holder, ground]) =>
    reads[holder]
      ? []
      : [messages(ground === 'none' ? 'sheet.notNotified' : 'sheet.left', { who: name(holder) })],
  )
  return [...new Set([...informed, ...notInformed])]
}

/** The name of a party; in the discreet version, what the party does. */
function nameOf(messages: Messages, version: Version, holder: string): string {
  if (version === 'full') return partyName(messages, holder)
  const party = partyId.safeParse(holder)
  return messages(`sheet.as.${party.success ? kindOf(party.data) : 'figures'}`)
}

function groundOf(ground: ReturnView['recipients'][string] | undefined) {
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
