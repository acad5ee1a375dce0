import * as z from 'zod/mini'
import { bodyOf } from '../../../../schemas/commands/bodies.ts'
import { contentOf } from '../../../../schemas/sections/sections.ts'
import type { Visit } from '../../context.ts'
import { Blank } from '../../form/blank.tsx'
import { shapeAt } from '../../form/errors.ts'
import { type Shape, shapeOf } from '../../form/shape.ts'
import type { Words } from '../../messages/messages.ts'
import { page } from '../../parts/page.tsx'
import { Leaf, Print, Write } from '../../parts/paper.tsx'
import type { Seen } from '../../parts/return-head.tsx'
import { isChild } from '../travel/order.ts'
import { askedPaper, type Made } from './asked.tsx'
import { paperAddress } from './rights.ts'
import { Who } from './travel-sheet.tsx'

const asks = z.strictObject({
  paper: z.strictObject({ who: z.enum(['child', 'adult']), named: z.boolean() }),
})
type Asked = z.infer<typeof asks>['paper']

/** A child is handed over; an adult is received. Both sides sign, and its number is what a record of one side needs. */
export const handoverSheet = askedPaper<Asked>({
  name: 'handover-sheet',
  asks,
  before: (seen) => new Map([['paper.named', ['no']], ...whoOf(seen)]),
  classes: ({ named }) => (named ? ['identity'] : []),
  made: sheet,
})

/** What the mask says of the age; where it says nothing, who prints does. */
const whoOf = (seen: Seen): [string, string[]][] =>
  seen.label && seen.label.ageBand !== 'not-known' ? [['paper.who', [isChild(seen) ? 'child' : 'adult']]] : []

/** Written by its own line on the paper: the hour of signing, and the paper's number. */
const ownLines: readonly string[] = ['happened', 'paper']

/** What is told of a handover that a signed paper proves, but for what has a line of its own. */
function handoverOf(kind: string): readonly { name: string; shape: Shape }[] {
  const told = shapeAt(shapeOf(bodyOf('hand-over', kind)), ['case'])
  const signed = told?.kind === 'either' ? told.options.find(({ tag }) => tag === 'one')?.shape : undefined
  return signed?.kind === 'group' ? signed.members.filter(({ name }) => !ownLines.includes(name)) : []
}

const condition = shapeOf(contentOf('care', 'condition'))

function sheet(visit: Visit, { seen, asked: { who }, sections }: Made<Asked>) {
  const [words, me] = [visit.get('words'), visit.get('me')]
  const [title, about] = [words(`paper.handover.${who}`), words.about('hand-over')]
  return page(
    visit,
    { title, back: paperAddress(seen, 'handover-sheet'), isPaper: true },
    <>
      <h1 class="govuk-heading-l no-print">{title}</h1>
      <Print words={words} />
      <Leaf words={words} me={me} of={[seen]} kind="form">
        <h2>{title}</h2>
        <Who words={words} seen={seen} sections={sections} />
        <Write label={words('paper.line.number')} />
        <Write label={words('paper.line.time')} />
        {handoverOf(me.kind).map(({ name, shape }) => (
          <Blank words={about} shape={shape} path={['case', name]} />
        ))}
        <Blank words={about} shape={condition} path={['care']} />
        {who === 'child' ? <Write label={words('paper.handover.decision')} /> : null}
        {who === 'child' ? <Write label={words('paper.handover.view')} lines={2} /> : null}
        <Signatures words={words} who={who} />
      </Leaf>
    </>,
  )
}

/** Two sides, each with its own words for a child and for an adult; the adult signs as one of them, if she wants to. */
function Signatures({ words, who }: { words: Words; who: Asked['who'] }) {
  const sides = who === 'child' ? (['gives', 'takes'] as const) : (['brings', 'receives', 'herself'] as const)
  return (
    <div class="sides">
      {sides.map((side) => (
        <div>
          <h3>{words(`paper.handover.${side}`)}</h3>
          {(['name', 'phone', 'signature'] as const).map((line) => (
            <Write label={words(`paper.line.${line}`)} />
          ))}
        </div>
      ))}
    </div>
  )
}
