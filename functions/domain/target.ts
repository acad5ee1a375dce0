import { refusal } from '../../schemas/api/problems.ts'
import { amendments } from '../../schemas/commands/amend.ts'
import { commandShape, commands } from '../../schemas/commands/commands.ts'
import { canTake, tasks } from '../../schemas/procedure/tasks.ts'
import { basisCodeOf } from '../../schemas/values/basis.ts'
import { dataClassNames, mayGrant, mayRead, sectionClassNames } from '../../schemas/values/classes.ts'
import { type HolderId, kindOf, type PartyId } from '../../schemas/values/parties.ts'
import { passAlert } from './access/alert-participants.ts'
import {
  type Destroys,
  excludeAccompanying,
  excludeByWithdrawal,
  excludeFromClasses,
  excludePredecessor,
} from './access/exclusion.ts'
import { endTask, giveBasis, giveTask, isHelper, takeOverCase } from './access/participants.ts'
import { addressed } from './access/readers.ts'
import { type Command, sent } from './command.ts'
import type { Folded, OpenTask, Participants } from './state.ts'

/** What a command points at: whom it speaks to, who is on the return afterwards, what it takes away and gives. */
export interface CommandTarget {
  for?: PartyId
  after?: Participants
  destroys?: Destroys
  /** Who gains wraps. */
  grants?: HolderId
  /** Who is new on the trail, and gets the log key without being granted anything. */
  joins?: PartyId
}

function requireTarget(found: boolean, field: string): void {
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
        cls === 'label' && !strikes.includes(sec) && persons.some((person) => person.seq === seq),
    )
    .map(({ sec }) => sec)
}

/** The open task that a command names, if it is the party's to end. */
function taskOf(state: Folded, { body }: Command, ends: (task: OpenTask) => boolean): OpenTask {
  const task = state.tasks.find(({ seq }) => seq === body.task)
  if (!task || !ends(task)) throw refusal('unknown-target', { fields: ['task'] })
  return task
}

/** Whether a recipient can be told at all: a party of the deployment, and not one that comes by a task. */
export function mayReceive({ config }: Command, recipient: HolderId): boolean {
  const known: readonly string[] = ['iom', 'ministry', 'figures', ...config.centres]
  return known.includes(recipient)
}

/** Looks at what a command points at, and at whom it speaks to. Throws unknown-target, nothing-to-do, not-yours. */
export function targetOf(state: Folded, command: Command): CommandTarget {
  const { name, by, body } = command
  switch (name) {
    case 'acknowledge':
    case 'accept':
    case 'send-back':
      return body.talk ? { for: state.responsible } : {}
    case 'ask': {
      const asked = commands.ask.clear.for.parse(body.for)
      requireTarget(asked !== by.party && talks(state, asked), 'for')
      return { for: asked }
    }
    case 'answer': {
      const question = state.questions.find(({ seq }) => seq === body.question)
      if (question?.for !== by.party) throw refusal('unknown-target', { fields: ['question'] })
      return { for: question.by }
    }
    case 'confirm-handover': {
      const told = state.handovers.find(({ seq }) => seq === body.handover)
      if (!told || told.by === by.party) throw refusal('unknown-target', { fields: ['handover'] })
      if (told.confirmedBy) throw refusal('nothing-to-do')
      return addressed(state).includes(told.by) ? { for: told.by } : {}
    }
    case 'answer-call':
      requireTarget(
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
      return excludeAccompanying(state, commandShape(command.name).to)
    case 'amend': {
      if (!amendments(kindOf(by.party)).some(({ cls, slot }) => body[cls] && slot === body.slot))
        throw refusal('not-yours')
      const named = body.supersedes
      const written = sectionClassNames.find((cls) => body[cls])
      // Who she is, only who answers for the return can put right.
      if (written === 'identity' && by.party !== state.responsible) throw refusal('not-yours')
      requireTarget(
        named === undefined ||
          state.sections.some(({ sec, cls, slot }) => sec === named && cls === written && slot === body.slot),
        'supersedes',
      )
      return {}
    }
    case 'correct':
      requireTarget(
        state.facts.some(({ seq, by: author }) => seq === body.corrects && author === by.party),
        'corrects',
      )
      return {}
    case 'strike': {
      const strikes = commands.strike.clear.strikes.parse(body.strikes)
      const own = state.written.filter((section) => section.by === by.party)
      requireTarget(
        strikes.every((sec) => own.some((section) => section.sec === sec)),
        'strikes',
      )
      return { destroys: { sections: [...strikes, ...labelsOf(state, strikes)] } }
    }
    case 'agree': {
      const { recipient, basis } = sent(command, 'case', 'ground')
      requireTarget(mayReceive(command, recipient), 'case.recipient')
      if (basis.kind === 'none') throw refusal('bad-input', { fields: ['case.basis'] })
      return { after: giveBasis(state, recipient, basisCodeOf(basis)), grants: recipient }
    }
    case 'share': {
      const recipient = commands.share.clear.recipient.parse(body.recipient)
      if (!state.lacking.has(recipient)) throw refusal('nothing-to-do')
      return { grants: recipient }
    }
    case 'withdraw':
      return excludeByWithdrawal(state, sent(command, 'case', 'withdrawal').recipient)
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
      return excludeFromClasses(state, endTask(state, task.seq), task.to)
    }
    case 'decline-task': {
      const task = taskOf(state, command, ({ to }) => to === by.party)
      const answers = addressed(state).includes(task.by) ? task.by : state.responsible
      return { ...excludeFromClasses(state, endTask(state, task.seq), task.to), for: answers }
    }
    case 'end-task': {
      const task = taskOf(state, command, (one) => [one.by, state.responsible].includes(by.party))
      return excludeFromClasses(state, endTask(state, task.seq), task.to)
    }
    case 'hand-over-case': {
      const to = commands['hand-over-case'].clear.to.parse(body.to)
      const { missions, centres } = command.config
      // Somebody who is home is a centre's rather than a post's.
      const home = kindOf(state.responsible) !== 'mission'
      requireTarget([...missions, ...(home ? centres : [])].includes(to) && to !== state.responsible, 'to')
      // Without the responsible post only where the consular department has said so.
      if (by.party !== state.responsible && state.moveTo?.to !== to) throw refusal('not-yours')
      // Who cannot wrap for another hands over to who is on the return.
      requireTarget(mayGrant(kindOf(by.party), kindOf(to)) || addressed(state).includes(to), 'to')
      return offering(state, command, { task: 'take-over', to })
    }
    case 'accept-case': {
      const offer = state.tasks.find(({ task, to }) => task === 'take-over' && to === by.party)
      if (!offer) throw refusal('nothing-to-do')
      // With who had it goes what nobody else may hold: first all of it is shared.
      const lacked = state.lacking.get(by.party)?.sections ?? []
      const classes = state.sections.filter(({ sec }) => lacked.includes(sec)).map(({ cls }) => cls)
      if (classes.length > 0) throw refusal('not-readable', { fields: [...new Set(classes)] })
      return { after: takeOverCase(state, by.party), destroys: excludePredecessor(state.responsible) }
    }
    case 'move-case': {
      const to = commands['move-case'].clear.to.parse(body.to)
      requireTarget(command.config.missions.includes(to) && to !== state.responsible, 'to')
      return {}
    }
    case 'pass-alert':
      return passing(state, command)
    case 'choose-arranger':
      return choosing(state, command)
    default:
      return excludeAccompanying(state, commandShape(command.name).to)
  }
}

function givingTask(state: Folded, command: Command): CommandTarget {
  const { partner, task } = commands['give-task'].clear
  const to = partner.parse(command.body.partner)
  const name = task.parse(command.body.task)
  const { missions, partners } = command.config
  const kind = missions.includes(to) ? 'mission' : partners[to]
  requireTarget(kind !== undefined && to !== state.responsible && to !== command.by.party, 'partner')
  // An offer of the case is a command of its own.
  requireTarget(kind !== undefined && canTake(name, kind) && name !== 'take-over', 'task')
  return { ...offering(state, command, { task: name, to }), for: to }
}

/** A task, or the case, for somebody who reads what it needs from now on. */
function offering(
  state: Folded,
  command: Command,
  { task, to }: Pick<OpenTask, 'task' | 'to'>,
): CommandTarget {
  const { recipient, basis } = sent(command, 'case', 'ground')
  if (recipient !== to || basis.kind === 'none') throw refusal('bad-input', { fields: ['case'] })
  if (state.tasks.some((open) => open.task === task && open.to === to)) throw refusal('nothing-to-do')
  const { by, at } = command
  const given = { seq: state.version, task, to, by: by.party, at }
  return { after: giveTask(state, given, basisCodeOf(basis)), grants: to }
}

/** To another post; without the post that has an alert only where the consular department has said so. */
function passing(state: Folded, { by, body, config }: Command): CommandTarget {
  const to = commands['pass-alert'].clear.to.parse(body.to)
  const { responsible } = state
  requireTarget(config.missions.includes(to) && to !== responsible, 'to')
  if (by.party !== responsible && state.moveTo?.to !== to) throw refusal('not-yours')
  const after = passAlert(state, to)
  const leaves = !addressed(after).includes(responsible)
  return {
    for: to,
    after,
    ...(addressed(state).includes(to) ? {} : { joins: to }),
    ...(leaves ? { destroys: { wraps: [{ holder: responsible, classes: dataClassNames }] } } : {}),
  }
}

/** Who could plan the journey: the responsible post, IOM and the ministry if they are told, who has the task. */
export function arrangersOf(state: Folded): PartyId[] {
  return addressed(state).filter(
    (party) =>
      state.basis.get(party) !== 'accompanying' &&
      (party === state.responsible ||
        ['iom', 'ministry'].includes(party) ||
        state.tasks.some(({ to, task }) => to === party && task === 'arrange')),
  )
}

function choosing(state: Folded, { by, body }: Command): CommandTarget {
  const arranger = commands['choose-arranger'].clear.arranger.parse(body.arranger)
  requireTarget(arrangersOf(state).includes(arranger), 'arranger')
  if (isHelper(state, by.party)) throw refusal('not-yours')
  if (state.arranger === arranger && state.phase !== 'sent-back') throw refusal('nothing-to-do')
  // The ministry reads the journey only while it plans it.
  return excludeFromClasses(state, { ...state, arranger }, state.arranger)
}
