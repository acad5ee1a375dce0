import * as z from 'zod/mini'
import { bodyOf } from '../../../../schemas/commands/bodies.ts'
import { contentOf } from '../../../../schemas/sections/sections.ts'
import type { DeskContext } from '../../context.ts'
import { Blank } from '../../form/blank.tsx'
import { shapeAt } from '../../form/errors.ts'
import { type Shape, shapeOf } from '../../form/shape.ts'
import type { Messages } from '../../messages/messages.ts'
import { isChild } from '../../parts/children-first.ts'
import { page } from '../../parts/page.tsx'
import { BlankLine, Print, PrintedPage } from '../../parts/paper.tsx'
import { paperAddress } from '../../return/papers.ts'
import type { ReturnView } from '../../return/return-head.tsx'
import { type PaperSource, paperScreen } from './paper-screen.tsx'
import { PersonLine } from './travel-sheet.tsx'

const asks = z.strictObject({
  paper: z.strictObject({ who: z.enum(['child', 'adult']), named: z.boolean() }),
})
type HandoverOptions = z.infer<typeof asks>['paper']

/** A child is handed over; an adult is received. Both sides sign. A record by one side needs the number of this paper. */
export const handoverSheet = paperScreen<HandoverOptions>({
  name: 'handover-sheet',
  asks,
  before: (seen) => new Map([['paper.named', ['no']], ...whoOf(seen)]),
  classes: ({ named }) => (named ? ['identity'] : []),
  made: sheet,
})

/** Child or adult, by the masked form. If it does not say, the user chooses. */
const whoOf = (seen: ReturnView): [string, string[]][] =>
  seen.label && seen.label.ageBand !== 'not-known' ? [['paper.who', [isChild(seen) ? 'child' : 'adult']]] : []

/** The hour of signing and the paper's number have lines of their own on the paper. */
const ownLines: readonly string[] = ['happened', 'paper']

/** The fields of a handover that a signed paper proves, without those that have lines of their own. */
function handoverOf(kind: string): readonly { name: string; shape: Shape }[] {
  const parsed = shapeAt(shapeOf(bodyOf('hand-over', kind)), ['case'])
  const signed = parsed?.kind === 'union' ? parsed.options.find(({ tag }) => tag === 'one')?.shape : undefined
  return signed?.kind === 'group' ? signed.members.filter(({ name }) => !ownLines.includes(name)) : []
}

const condition = shapeOf(contentOf('care', 'condition'))

function sheet(context: DeskContext, { seen, options: { who }, sections }: PaperSource<HandoverOptions>) {
  const { messages, me } = context.var
  const [title, about] = [messages(`paper.handover.${who}`), messages.about('hand-over')]
  return page(
    context,
    { title, back: paperAddress(seen, 'handover-sheet'), isPaper: true },
    <>
      <h1 class="govuk-heading-l no-print">{title}</h1>
      <Print messages={messages} />
      <PrintedPage messages={messages} me={me} of={[seen]} kind="form">
        <h2>{title}</h2>
        <PersonLine messages={messages} seen={seen} sections={sections} />
        <BlankLine label={messages('paper.line.number')} />
        <BlankLine label={messages('paper.line.time')} />
        {handoverOf(me.kind).map(({ name, shape }) => (
          <Blank messages={about} shape={shape} path={['case', name]} />
        ))}
        <Blank messages={about} shape={condition} path={['care']} />
        {who === 'child' ? <BlankLine label={messages('paper.handover.decision')} /> : null}
        {who === 'child' ? <BlankLine label={messages('paper.handover.view')} lines={2} /> : null}
        <Signatures messages={messages} who={who} />
      </PrintedPage>
    </>,
  )
}

/** The signatures of the two sides, named differently for a child and for an adult. An adult signs too, if she wants to. */
function Signatures({ messages, who }: { messages: Messages; who: HandoverOptions['who'] }) {
  const sides = who === 'child' ? (['gives', 'takes'] as const) : (['brings', 'receives', 'herself'] as const)
  return (
    <div class="sides">
      {sides.map((side) => (
        <div>
          <h3>{messages(`paper.handover.${side}`)}</h3>
          {(['name', 'phone', 'signature'] as const).map((line) => (
            <BlankLine label={messages(`paper.line.${line}`)} />
          ))}
        </div>
      ))}
    </div>
  )
}
