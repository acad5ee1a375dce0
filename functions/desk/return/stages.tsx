import { alertPhases, type Phase } from '../../../schemas/procedure/phases.ts'
import type { Messages } from '../messages/messages.ts'
import type { ReturnView } from './return-head.tsx'

/** The stages of a return, as people speak of them. */
const stages = ['filed', 'accepted', 'decided', 'planned', 'on-the-way', 'received'] as const
type Stage = (typeof stages)[number]

/** How a stage stands; `unneeded`: the ministry is not asked; `refused`: it said no. */
type StageMark = 'done' | 'now' | 'later' | 'unneeded' | 'refused'

interface StageLine {
  stage: Stage | 'ended'
  mark: StageMark
}

/** The stage in which each phase stands. In the phases that are left out the return is over, or is an alert. */
const stageOf: Readonly<Partial<Record<Phase, Stage>>> = {
  filed: 'filed',
  acknowledged: 'filed',
  'sent-back': 'filed',
  accepted: 'accepted',
  planned: 'planned',
  confirmed: 'planned',
  travelling: 'on-the-way',
  arrived: 'received',
  received: 'received',
}

/** The stages of a return: which are done, which one it is in now, and what is still to come. */
export function stagesOf(seen: ReturnView): StageLine[] {
  const current = stageOf[seen.phase]
  if (!current) return endedStages(seen)
  const place = stages.indexOf(current)
  return stages.map((stage, index) => {
    if (stage === current) return { stage, mark: 'now' }
    if (stage === 'decided') return { stage, mark: decisionOf(seen) }
    return { stage, mark: index < place ? 'done' : 'later' }
  })
}

function decisionOf({ ruling, recipients, reads }: ReturnView): StageMark {
  if (ruling === 'approved') return 'done'
  if (ruling === 'refused') return 'refused'
  // Who is on the return for a task alone does not know who else is.
  const asked =
    reads === undefined || ['consent', 'other-basis', 'to-ask'].includes(recipients.ministry ?? '')
  return asked ? 'later' : 'unneeded'
}

/** Of a return that is over only what is certain is said: that it was filed, what was decided, and how it ended. */
function endedStages(seen: ReturnView): StageLine[] {
  if (alertPhases.some((phase) => phase === seen.phase)) return []
  const came = seen.outcome === 'admitted' || seen.outcome === 'referred-home'
  const ruled = decisionOf(seen)
  return [
    ...stages.flatMap((stage): StageLine[] => {
      if (stage === 'decided') return ruled === 'done' || ruled === 'refused' ? [{ stage, mark: ruled }] : []
      return came || stage === 'filed' ? [{ stage, mark: 'done' }] : []
    }),
    { stage: 'ended', mark: 'now' },
  ]
}

/** The status line: every stage with a word on how it stands. The present one also says the phase. */
export function Stages({ messages, seen }: { messages: Messages; seen: ReturnView }) {
  const lines = stagesOf(seen)
  if (lines.length === 0) return null
  return (
    <ol class="stages" aria-label={messages('return.stages')}>
      {lines.map(({ stage, mark }) => (
        <li class={`stage stage--${mark}`} {...(mark === 'now' ? { 'aria-current': 'step' } : {})}>
          <strong>{messages(`return.stage.${stage}`)}</strong>{' '}
          <span>
            {mark === 'now'
              ? messages('return.standing.now', { phase: phaseText(messages, seen) })
              : messages(`return.standing.${mark}`)}
          </span>
        </li>
      ))}
    </ol>
  )
}

function phaseText(messages: Messages, { phase, outcome }: ReturnView): string {
  const text = messages.code('phase', phase)
  return outcome
    ? messages('return.endedAs', { phase: text, outcome: messages.code('outcome', outcome) })
    : text
}
