import * as z from 'zod/mini'
import { refusal } from '../../schemas/api/problems.ts'
import { amendableSlots } from '../../schemas/commands/amend.ts'
import { commandShape, commands } from '../../schemas/commands/commands.ts'
import type { Calendar } from '../../schemas/procedure/calendars.ts'
import {
  type Category,
  ownerOf,
  type Procedure,
  procedureOf,
  type StepName,
  stepsDoneBy,
} from '../../schemas/procedure/procedure.ts'
import type { TaskName } from '../../schemas/procedure/tasks.ts'
import { happened } from '../../schemas/sections/parts.ts'
import type { Content } from '../../schemas/sections/sections.ts'
import { codeOf, kindOf, type PartyId } from '../../schemas/values/parties.ts'
import { withdrawalExcludes } from './access/exclusion.ts'
import { isByGuardianOfAdult, isBySuspectedGuardian, recipientsToAskAbout } from './access/legal-basis.ts'
import { type Facts, latest } from './access/opened-sections.ts'
import { endTask, exclude } from './access/participants.ts'
import { addressed, journeyClasses, readersOf } from './access/readers.ts'
import { lockOf, sectionsWithoutReader } from './access/retention.ts'
import { dayOf, instantOf } from './calendar/days.ts'
import { dueDay, dueSteps } from './calendar/deadlines.ts'
import { type Command, sent } from './command.ts'
import { attestable } from './gates/attestation.ts'
import type { Plan } from './plan.ts'
import { isNight } from './schedule/calls.ts'
import { mayBegin, stepsDoneAtFiling } from './schedule/steps.ts'
import type { Folded, Participants } from './state.ts'
import { stayDue } from './stay-due.ts'

/** The clear data of an event before it is parsed. */
export type ClearFields = Readonly<Record<string, unknown>>

/**
 * What a command's event says in clear: ids, codes and days that are due (`eventData` in schemas/events/event-data.ts), with the
 * steps that begin. Throws nothing-to-do, gate-closed, guardian-suspected and bad-input.
 */
export function eventDataOf(
  state: Folded,
  outlined: Plan,
  facts: Facts,
  command: Command,
  granted: readonly string[],
): ClearFields {
  const own = ownData(state, outlined, facts, command, granted)
  const { due } = stepsBegun(state, facts, command)
  const ofStay = stayDue(state, command)
  return { ...own, ...(due || ofStay.length > 0 ? { due: [...(due ?? []), ...ofStay] } : {}) }
}

function ownData(
  state: Folded,
  outlined: Plan,
  facts: Facts,
  command: Command,
  granted: readonly string[],
): ClearFields {
  const { name, body } = command
  if (commandShape(name).states === 'fact') {
    const unseen = outlined.uses.filter((cls) => facts.unseen.includes(cls))
    const atNight = name === 'arrive' && isNight(command.at, command.config.night)
    return { unseen, ...(atNight ? { night: true } : {}) }
  }
  switch (name) {
    case 'answer':
      return { question: commands.answer.clear.question.parse(body.question) }
    case 'answer-call':
      return { call: commands['answer-call'].clear.call.parse(body.call) }
    case 'assign':
      return { user: commands.assign.clear.user.parse(body.user) }
    case 'note': {
      const next = commands.note.clear.next.parse(body.next)
      return { due: next ? [{ step: 'next-step', day: next }] : [] }
    }
    case 'amend': {
      const supersedes = commands.amend.clear.supersedes.parse(body.supersedes)
      return {
        slot: z.enum(amendableSlots).parse(body.slot),
        ...(supersedes ? { supersedes } : {}),
        ...(body.slot === 'request' ? { urgency: urgencyOf(sent(command, 'case', 'request')) } : {}),
        ...(body.slot === 'document' ? { due: [documentCheck(state, command)] } : {}),
      }
    }
    case 'correct':
      return { corrects: commands.correct.clear.corrects.parse(body.corrects) }
    case 'strike':
      return {
        strikes: outlined.destroys && 'sections' in outlined.destroys ? [...outlined.destroys.sections] : [],
      }
    case 'agree':
      return { recipient: outlined.grants?.to, basis: groundCode(facts, command), grants: granted }
    case 'confirm-handover':
      return { handover: commands['confirm-handover'].clear.handover.parse(body.handover) }
    case 'share':
      if (granted.length === 0) throw refusal('not-readable')
      return { recipient: outlined.grants?.to, grants: granted }
    case 'ask-anew':
      return askingAnew(state, facts, command)
    case 'withdraw':
      return withdrawal(state, outlined, facts, command)
    case 'answer-withdrawal':
      return { answer: commands['answer-withdrawal'].clear.answer.parse(body.answer) }
    case 'give-task': {
      const { partner, task, until } = z.strictObject(commands['give-task'].clear).parse({
        partner: body.partner,
        task: body.task,
        until: body.until,
      })
      const basis = groundCode(facts, command)
      const day = until ?? toldUntil(state, task, command)
      return { partner, task, basis, grants: granted, ...(day ? { until: day } : {}) }
    }
    case 'report-task':
    case 'decline-task':
    case 'end-task': {
      const task = commands[name].clear.task.parse(body.task)
      return { task, ...locking(state, endTask(state, task), command) }
    }
    case 'hand-over-case':
      return { to: outlined.grants?.to, basis: groundCode(facts, command), grants: granted }
    case 'move-case':
      return { to: commands['move-case'].clear.to.parse(body.to) }
    case 'pass-alert':
      return { to: commands['pass-alert'].clear.to.parse(body.to) }
    case 'choose-arranger': {
      const arranger = commands['choose-arranger'].clear.arranger.parse(body.arranger)
      return { arranger, ...locking(state, { ...state, arranger }, command) }
    }
    case 'attest': {
      const { open, closed } = attestable(command, state, facts)
      if (closed.length > 0) throw refusal('gate-closed', { gates: closed })
      if (open.length === 0) throw refusal('nothing-to-do')
      return { gates: open }
    }
    default:
      return {}
  }
}

/** What is told of the urgency in clear: nothing urgent, soon, danger today. */
export function urgencyOf({ urgency }: Pick<Content<'case', 'request'>, 'urgency'>): number {
  return { none: 0, medical: 1, 'authority-deadline': 1, 'danger-today': 2 }[urgency]
}

/** The clear code of the ground that a command brings, once it is one that somebody may give. */
function groundCode(facts: Facts, command: Command): string {
  const { basis } = sent(command, 'case', 'ground')
  if (isBySuspectedGuardian(basis, facts)) throw refusal('guardian-suspected', { fields: ['case.basis'] })
  if (isByGuardianOfAdult(basis, facts, dayOf(command.at)))
    throw refusal('bad-input', { fields: ['case.basis.by'] })
  return basis.kind === 'consent' ? 'consent' : 'other-basis'
}

function askingAnew(state: Folded, facts: Facts, command: Command): ClearFields {
  const { why } = sent(command, 'case', 'asked-anew')
  const recipients = recipientsToAskAbout(why, state, facts)
  if (recipients.length === 0) throw refusal('nothing-to-do')
  const { asking } = procedureOf(state.procedure)
  const day = dueDay(asking, Date.parse(command.at), postOf(command, state.responsible))
  return { recipients, due: [{ step: 'ask-person', day }] }
}

/** What a withdrawal does: whether it cuts, what who accompanies her keeps, and what is locked for want of a reader. */
function withdrawal(state: Folded, outlined: Plan, facts: Facts, command: Command): ClearFields {
  const { recipient, purposes } = sent(command, 'case', 'withdrawal')
  if (!withdrawalExcludes(state, facts, recipient, purposes)) return { recipient, cut: false, keeps: [] }
  const taken = outlined.destroys && 'wraps' in outlined.destroys ? outlined.destroys.wraps : []
  const keeps = journeyClasses.filter(
    (cls) => readersOf(state, cls).includes(recipient) && !taken.some(({ classes }) => classes.includes(cls)),
  )
  const after = exclude(state, recipient, keeps.length > 0)
  return { recipient, cut: true, keeps, ...locking(state, after, command) }
}

/** What is locked with an event that leads to a circle, and the day on which it is erased. */
function locking(state: Folded, after: Participants, { at, config }: Command): ClearFields {
  return lockOf(sectionsWithoutReader(state, after), at, config.lockDays)
}

/** The calendar of a post, where it has one of its own. */
function postOf({ config }: Command, post: PartyId): Calendar | undefined {
  return config.posts[codeOf(post) ?? '']
}

/** Whether somebody whose step it is is on the return: nobody is late with what nobody was asked. */
function hasOwner(circle: Participants, procedure: Procedure, step: StepName): boolean {
  const owner = ownerOf(procedure, step, kindOf(circle.arranger))
  return addressed(circle).some((party) => kindOf(party) === owner)
}

/** The steps that begin with a filing: who is home has only to be received. */
export function firstSteps(procedure: Procedure, category: Category, command: Command, circle: Participants) {
  const done = stepsDoneAtFiling(command.by.party)
  const known = { done: new Set(done), due: new Map<StepName, string>() }
  const begins = { begins: () => Date.parse(command.at), post: postOf(command, circle.responsible) }
  return dueSteps(procedure, category, known, begins).filter(({ step }) => hasOwner(circle, procedure, step))
}

interface Due {
  step: StepName | 'place-held' | 'check-document'
  day: string
}

/** The steps that begin with the event, and until when a place is held: `due`, for the events that carry it. */
function stepsBegun(state: Folded, facts: Facts, command: Command): { due?: Due[] } {
  const { name, at, body } = command
  const procedure = procedureOf(state.procedure)
  const finished = stepsDoneBy(procedure, commands[name].event)
  if (finished.length === 0) return {}
  const category = latest(facts, 'case', 'request')?.category
  const isFact = commandShape(name).states === 'fact'
  // What is told again says again what follows from it: it may be all that is left once the first word is corrected.
  const follows = (step: StepName) =>
    isFact && procedure.steps.victim[step].after.some((one) => finished.includes(one))
  const begins = {
    begins: (step: StepName) => (follows(step) ? happenedAt(command) : Date.parse(at)),
    post: postOf(command, state.responsible),
  }
  const known = {
    done: new Set([...state.done, ...finished]),
    due: new Map([...state.due].filter(([step]) => !follows(step))),
  }
  const ruling = name === 'refuse' ? 'refused' : name === 'approve' ? 'approved' : state.ruling
  const steps = category
    ? dueSteps(procedure, category, known, begins).filter(
        ({ step }) => mayBegin(step, ruling) && hasOwner(state, procedure, step),
      )
    : []
  switch (name) {
    case 'hold-place':
      return {
        due: [...steps, { step: 'place-held', day: commands['hold-place'].clear.until.parse(body.until) }],
      }
    case 'issue-document':
      return { due: [...steps, documentCheck(state, command)] }
    default:
      return { due: steps }
  }
}

/**
 * When what a fact tells happened (epoch ms), as stated: legal time runs from then, and not from when it was told. Never
 * later than it was told, so that no day to come gets into the clear. A day alone is taken at noon, which is the same day
 * in Chișinău.
 */
function happenedAt({ body, at }: Command): number {
  const told = z.object({ happened }).safeParse(body.case)
  if (!told.success) return Date.parse(at)
  const { at: stated, zone } = told.data.happened
  return Math.min(Date.parse(at), instantOf(stated.includes('T') ? stated : `${stated}T12:00`, zone))
}

/** Until when a task is to be told of, where whoever gives it names no day: no child that is monitored is forgotten. */
function toldUntil({ procedure }: Folded, task: TaskName, { at }: Command): string | undefined {
  return task === 'monitor-child' ? dueDay(procedureOf(procedure).monitorChild, Date.parse(at)) : undefined
}

/** When to look at a document again. Its own days are sealed: this one is reckoned from the command's time alone. */
function documentCheck({ procedure }: Folded, { at }: Command): Due {
  return { step: 'check-document', day: dueDay(procedureOf(procedure).checkDocument, Date.parse(at)) }
}
