import { basisCodeOf } from '../../schemas/basis.ts'
import { amendments } from '../../schemas/bodies.ts'
import { type DataClass, dataClassNames, mayRead, sectionClassNames } from '../../schemas/classes.ts'
import { commandShape, commands } from '../../schemas/commands.ts'
import { type HolderId, kindOf, type PartyId } from '../../schemas/parties.ts'
import { refusal } from '../../schemas/problems.ts'
import { canTake, tasks } from '../../schemas/tasks.ts'
import {
  accompanying,
  agreed,
  type Circle,
  isHelper,
  journeyEnded,
  leftOut,
  type OpenTask,
  takenOver,
  taskEnded,
  taskGiven,
} from './circle.ts'
import { type Command, sent } from './command.ts'
import { addressed, journeyClasses, readersOf } from './readers.ts'
import type { Folded } from './state.ts'

/** What is destroyed with an event: whole sections, or wraps of holders by class. */
export type Destroys =
  | { sections: readonly string[] }
  | { wraps: readonly { holder: HolderId; classes: readonly DataClass[] }[] }

/** What a command points at: whom it speaks to, who is on the return afterwards, what it takes away and gives. */
export interface Aim {
  for?: PartyId
  after?: Circle
  destroys?: Destroys
  /** Who gains wraps. */
  grants?: HolderId
}

const butLog = dataClassNames.filter((cls) => cls !== 'log')

function target(found: boolean, field: string): void {
  if (!found) throw refusal('unknown-target', { fields: [field] })
}

/** Whether a party on the return may be asked, or ask: `talk` has to be readable by it. */
function talks(state: Folded, party: PartyId): boolean {
  return addressed(state).includes(party) && mayRead(kindOf(party), 'talk')
}

/** Labels that were made from sections which are struck: they mask the wrong person too. */
function labelsOf({ written }: Folded, strikes: readonly string[]): string[] {
  const persons = written.filter(({ sec, slot }) => slot === 'person' && strikes.includes(sec))
  return written
    .filter(
      ({ sec, cls, seq }) =>
        cls === 'label' && !strikes.includes(sec) && persons.some((one) => one.seq === seq),
    )
    .map(({ sec }) => sec)
}

/** The open task that a command names, if it is the party's to end. */
function taskOf(state: Folded, { body }: Command, ends: (task: OpenTask) => boolean): OpenTask {
  const task = state.tasks.find(({ seq }) => seq === body.task)
  if (!task || !ends(task)) throw refusal('unknown-target', { fields: ['task'] })
  return task
}

/**
 * A task is over: what its party read for it alone is taken away, and with its last one the log key too, unless it has
 * still to answer for what it held.
 */
function ending(state: Folded, task: OpenTask): Aim {
  const after = taskEnded(state, task.seq)
  const withdrawal = state.withdrawals.get(task.to)
  const owes = withdrawal !== undefined && !withdrawal.answer
  const still = (cls: DataClass) => readersOf(after, cls).includes(task.to) || (cls === 'log' && owes)
  const classes = dataClassNames.filter((cls) =>
    // Conversations and notes are its own until it leaves.
    cls === 'talk' || cls === 'note' ? !addressed(after).includes(task.to) : !still(cls),
  )
  return { after, destroys: { wraps: [{ holder: task.to, classes }] } }
}

/** Whether a recipient can be told at all: a party of the deployment, and not one that comes by a task. */
export function canBeTold({ terms }: Command, recipient: HolderId): boolean {
  const known: readonly string[] = ['iom', 'ministry', 'figures', ...terms.centres]
  return known.includes(recipient)
}

/** Where the journey of somebody on the way ends with a command, who accompanied her reads no longer. */
function onArrival(state: Folded, command: Command): Aim {
  const { to } = commandShape(command.name)
  const left = accompanying(state)
  if (left.length === 0 || state.phase !== 'travelling' || !to || to === 'travelling') return {}
  return {
    after: journeyEnded(state),
    destroys: { wraps: left.map((holder) => ({ holder, classes: butLog })) },
  }
}

/** Looks at what a command points at, and at whom it speaks to. Throws unknown-target, nothing-to-do, not-yours. */
export function aim(state: Folded, command: Command): Aim {
  const { name, by, body } = command
  switch (name) {
    case 'acknowledge':
    case 'accept':
    case 'send-back':
      return body.talk ? { for: state.responsible } : {}
    case 'ask': {
      const asked = commands.ask.clear.for.parse(body.for)
      target(asked !== by.party && talks(state, asked), 'for')
      return { for: asked }
    }
    case 'answer': {
      const question = state.questions.find(({ seq }) => seq === body.question)
      if (question?.for !== by.party) throw refusal('unknown-target', { fields: ['question'] })
      return { for: question.by }
    }
    case 'answer-call':
      target(
        state.calls.some(({ seq, party }) => seq === body.call && party === by.party),
        'call',
      )
      return {}
    case 'confirm-evacuation': {
      const { evacuation } = state
      if (!evacuation || evacuation.confirmed) throw refusal('nothing-to-do')
      // Two people, or it is no second opinion.
      if (evacuation.user === by.user) throw refusal('not-yours')
      return {}
    }
    case 'release-place':
      if (state.placeHeld?.by !== by.party) throw refusal('nothing-to-do')
      return {}
    case 'cancel':
      if (state.phase === 'cancelled') throw refusal('nothing-to-do')
      return onArrival(state, command)
    case 'amend': {
      if (!amendments(kindOf(by.party)).some(({ cls, slot }) => body[cls] && slot === body.slot))
        throw refusal('not-yours')
      const named = body.supersedes
      const written = sectionClassNames.find((cls) => body[cls])
      target(
        named === undefined ||
          state.sections.some(({ sec, cls, slot }) => sec === named && cls === written && slot === body.slot),
        'supersedes',
      )
      return {}
    }
    case 'correct':
      target(
        state.facts.some(({ seq, by: author }) => seq === body.corrects && author === by.party),
        'corrects',
      )
      return {}
    case 'strike': {
      const strikes = commands.strike.clear.strikes.parse(body.strikes)
      const own = state.written.filter((section) => section.by === by.party)
      target(
        strikes.every((sec) => own.some((section) => section.sec === sec)),
        'strikes',
      )
      return { destroys: { sections: [...strikes, ...labelsOf(state, strikes)] } }
    }
    case 'agree': {
      const { recipient, basis } = sent(command, 'case', 'ground')
      target(canBeTold(command, recipient), 'case.recipient')
      if (basis.kind === 'none') throw refusal('bad-input', { fields: ['case.basis'] })
      return { after: agreed(state, recipient, basisCodeOf(basis)), grants: recipient }
    }
    case 'share': {
      const recipient = commands.share.clear.recipient.parse(body.recipient)
      if (!state.lacking.has(recipient)) throw refusal('nothing-to-do')
      return { grants: recipient }
    }
    case 'withdraw':
      return withdrawing(state, sent(command, 'case', 'withdrawal').recipient)
    case 'answer-withdrawal': {
      const asked = state.withdrawals.get(by.party)
      if (!asked || asked.answer) throw refusal('nothing-to-do')
      if ((body.answer === 'kept') !== (body.talk !== undefined))
        throw refusal('bad-input', { fields: ['talk'] })
      const answers = addressed(state).includes(asked.by) ? asked.by : state.responsible
      return { for: answers, destroys: { wraps: [{ holder: by.party, classes: ['log'] }] } }
    }
    case 'give-task':
      return givingTask(state, command)
    case 'report-task': {
      const task = taskOf(state, command, ({ to }) => to === by.party)
      const told = sectionClassNames.filter((cls) => body[cls])
      if (told.length !== 1 || told[0] !== tasks[task.task].report)
        throw refusal('bad-input', { fields: [tasks[task.task].report] })
      return ending(state, task)
    }
    case 'decline-task': {
      const task = taskOf(state, command, ({ to }) => to === by.party)
      return { ...ending(state, task), for: addressed(state).includes(task.by) ? task.by : state.responsible }
    }
    case 'end-task':
      return ending(
        state,
        taskOf(state, command, (task) => [task.by, state.responsible].includes(by.party)),
      )
    case 'hand-over-case': {
      const to = commands['hand-over-case'].clear.to.parse(body.to)
      target(command.terms.missions.includes(to) && to !== state.responsible, 'to')
      // Without the responsible post only where the consular department has said so.
      if (by.party !== state.responsible && state.moveTo?.to !== to) throw refusal('not-yours')
      return offering(state, command, { task: 'take-over', to })
    }
    case 'accept-case': {
      const offer = state.tasks.find(({ task, to }) => task === 'take-over' && to === by.party)
      if (!offer) throw refusal('nothing-to-do')
      const before = state.responsible
      return {
        after: takenOver(state, by.party),
        destroys: { wraps: [{ holder: before, classes: butLog }] },
      }
    }
    case 'move-case': {
      const to = commands['move-case'].clear.to.parse(body.to)
      target(command.terms.missions.includes(to) && to !== state.responsible, 'to')
      return {}
    }
    case 'choose-arranger':
      return choosing(state, command)
    default:
      return onArrival(state, command)
  }
}

/** What a withdrawal from a recipient leads to. Throws unknown-target and nothing-to-do. */
export function withdrawing(state: Folded, recipient: HolderId): Aim & { after: Circle } {
  const ground = state.basis.get(recipient)
  if (ground === 'withdrawn' || ground === 'accompanying') throw refusal('nothing-to-do')
  // Who answers for the return, and the consular department, stay on it whatever its grounds.
  const stays = addressed(leftOut(state, recipient)).some((party) => party === recipient)
  target(ground !== undefined && ground !== 'none' && ground !== 'ended' && !stays, 'case.recipient')
  const keeps = accompanies(state, recipient)
  const classes = butLog.filter((cls) => !keeps || !(journeyClasses as readonly string[]).includes(cls))
  return {
    after: leftOut(state, recipient, keeps),
    destroys: { wraps: [{ holder: recipient, classes }] },
  }
}

/** Whether a recipient is with her on the way: who arranges the journey, or was asked to accompany her. */
function accompanies(state: Folded, recipient: HolderId): boolean {
  const onTheWay: readonly string[] = ['accompany', 'police-transport', 'help-in-transit']
  return (
    state.phase === 'travelling' &&
    (state.arranger === recipient ||
      state.tasks.some(({ to, task }) => to === recipient && onTheWay.includes(task)))
  )
}

function givingTask(state: Folded, command: Command): Aim {
  const { partner, task } = commands['give-task'].clear
  const to = partner.parse(command.body.partner)
  const name = task.parse(command.body.task)
  const { missions, partners } = command.terms
  const kind = missions.includes(to) ? 'mission' : partners[to]
  target(kind !== undefined && to !== state.responsible && to !== command.by.party, 'partner')
  // An offer of the case is a command of its own.
  target(kind !== undefined && canTake(name, kind) && name !== 'take-over', 'task')
  return { ...offering(state, command, { task: name, to }), for: to }
}

/** A task, or the case, for somebody who reads what it needs from now on. */
function offering(state: Folded, command: Command, { task, to }: Pick<OpenTask, 'task' | 'to'>): Aim {
  const { recipient, basis } = sent(command, 'case', 'ground')
  if (recipient !== to || basis.kind === 'none') throw refusal('bad-input', { fields: ['case'] })
  if (state.tasks.some((open) => open.task === task && open.to === to)) throw refusal('nothing-to-do')
  const { by, at } = command
  const given = { seq: state.version, task, to, by: by.party, at }
  return { after: taskGiven(state, given, basisCodeOf(basis)), grants: to }
}

/** Who could plan the journey: the responsible post, IOM and the ministry if they are told, who has the task. */
export function arrangersOf(state: Folded): PartyId[] {
  return addressed(state).filter(
    (party) =>
      party === state.responsible ||
      ['iom', 'ministry'].includes(party) ||
      state.tasks.some(({ to, task }) => to === party && task === 'arrange'),
  )
}

function choosing(state: Folded, { by, body }: Command): Aim {
  const arranger = commands['choose-arranger'].clear.arranger.parse(body.arranger)
  target(arrangersOf(state).includes(arranger), 'arranger')
  if (isHelper(state, by.party)) throw refusal('not-yours')
  if (state.arranger === arranger && state.phase !== 'sent-back') throw refusal('nothing-to-do')
  const after = { ...state, arranger }
  // What the one before read because it planned the journey; most read it anyhow.
  const holder = state.arranger
  const classes = journeyClasses.filter((cls) => !readersOf(after, cls).includes(holder))
  return { after, destroys: { wraps: [{ holder, classes }] } }
}
