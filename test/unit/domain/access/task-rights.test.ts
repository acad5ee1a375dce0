import { describe, expect, test } from 'vitest'
import { commandsFor } from '../../../../functions/domain/reports/worklist-row.ts'
import { type CommandName, commandNames, commandShape } from '../../../../schemas/commands/commands.ts'
import { type TaskName, taskNames, taskShape } from '../../../../schemas/procedure/tasks.ts'
import { kindOf, type PartyId } from '../../../../schemas/values/parties.ts'
import {
  bodies,
  centre,
  consent,
  filingWith,
  groundFor,
  iom,
  istanbul,
  ngo,
  otherMission,
  partner,
  partnerOf,
  police,
  registry,
  taskFor,
} from '../../../parts/bodies.ts'
import {
  answerTo,
  type DomainReturn,
  decided,
  filed,
  give,
  keptIn,
  stateOf,
  upTo,
} from '../../../parts/domain-return.ts'

const takerOf = (task: TaskName): PartyId => {
  const [kind] = taskShape(task).to
  return kind === undefined || kind === 'mission' ? otherMission : partnerOf[kind]
}
const withTask = (made: DomainReturn, task: TaskName, to = takerOf(task)) =>
  task === 'take-over'
    ? give(made, { name: 'hand-over-case', by: istanbul, body: { to, ...groundFor(to) } })
    : give(made, { name: 'give-task', by: istanbul, body: taskFor(to, task) })

const facts: CommandName[] = [
  'depart',
  'did-not-come',
  'contact-lost',
  'in-hospital',
  'report-way',
  'end-otherwise',
]
const atHome: CommandName[] = ['arrive', 'hand-over', 'confirm-handover', 'record-choice']
const always: CommandName[] = ['ask', 'answer', 'note', 'report-task', 'decline-task']

/** What each task lets its party do besides talking, noting and ending it; written out, to be read beside the law. */
const may: Record<TaskName, CommandName[]> = {
  'confirm-citizenship': [],
  'assess-family': [],
  'place-child': atHome,
  'monitor-child': [],
  accompany: [...facts, ...atHome],
  'police-transport': [...facts, ...atHome],
  'support-at-home': [],
  'plan-support': [],
  investigate: [],
  prosecute: [],
  'follow-up': [],
  // To plan the journey it has to be chosen, too.
  arrange: [...facts, ...atHome],
  'help-in-transit': facts,
  'cover-for-post': ['confirm-identity', 'issue-document', 'check-exit', ...facts],
  'second-country': ['check-exit'],
  'take-over': ['accept-case'],
}

describe.each(taskNames)('a party with the task %s', (task) => {
  const to = takerOf(task)
  const made = withTask(upTo('plan-travel'), task)

  test('the party is offered the commands of its task, and no others', () => {
    expect([...commandsFor(stateOf(made), to)].sort()).toEqual([...always, ...may[task]].sort())
  })

  test('the party is refused every other command of its kind, whatever it sends', () => {
    const owned = commandNames.filter((name) =>
      (commandShape(name).owners as readonly string[]).includes(kindOf(to)),
    )
    for (const name of owned) {
      const code = answerTo(made, { name, by: to })
      if (commandShape(name).afterExclusion === true) expect([name, code]).toEqual([name, 'nothing-to-do'])
      else if ([...always, ...may[task]].includes(name)) expect([name, code]).not.toEqual([name, 'not-yours'])
      else expect([name, code]).toEqual([name, 'not-yours'])
    }
  })

  test('the party states its facts in every open phase', () => {
    for (const name of may[task].filter((name) => commandShape(name).states === 'fact'))
      for (const phase of ['accept', 'depart', 'arrive', 'admit'] as const)
        expect([name, phase, answerTo(withTask(upTo(phase), task), { name, by: to })]).toEqual([
          name,
          phase,
          'accepted',
        ])
  })
})

test('each task adds its rights, and takes them along when it ends', () => {
  const both = withTask(withTask(upTo('plan-travel'), 'follow-up', ngo), 'accompany', ngo)
  expect(commandsFor(stateOf(both), ngo)).toEqual(expect.arrayContaining(may.accompany))
  const less = give(both, { name: 'end-task', by: istanbul, body: { task: both.events.length - 1 } })
  expect([...commandsFor(stateOf(less), ngo)].sort()).toEqual([...always].sort())
})

test('a party without a task does not know of the return', () => {
  for (const by of [ngo, partner, police, registry, otherMission]) {
    expect(commandsFor(stateOf(filed()), by)).toEqual([])
    expect(answerTo(filed(), { name: 'ask', by })).toBe('not-found')
  }
})

test('a post that covers for another confirms the identity and issues the document, and every party with the right reads them', () => {
  const covered = withTask(upTo('plan-travel', filed()), 'cover-for-post')
  const issued = give(covered, { name: 'issue-document', by: otherMission })
  expect(stateOf(issued).documentIssued).toBe(true)
  expect(keptIn(issued, 'document')[0]?.readers).toEqual(
    expect.arrayContaining([istanbul, iom, centre, otherMission]),
  )
  const named = withTask(filed(), 'cover-for-post')
  expect(stateOf(give(named, { name: 'confirm-identity', by: otherMission })).identityConfirmed).toBe(true)
})

test('an escort states the arrival with what it saw, and names the classes that it could not see', () => {
  const made = withTask(upTo('depart'), 'police-transport', police)
  const decision = decided(made, { name: 'arrive', by: police })
  expect(decision.data).toMatchObject({ unseen: ['case'] })
  expect(stateOf(give(made, { name: 'arrive', by: police })).phase).toBe('arrived')
  const first = give(withTask(filed(), 'accompany', ngo), { name: 'depart', by: ngo })
  expect(stateOf(first)).toMatchObject({ phase: 'travelling', alerts: ['left-unconfirmed'] })
})

test('an arrival is accepted from an escort where nobody reads the care', () => {
  const alone = filed(filingWith([['figures', consent]]))
  const made = withTask(alone, 'police-transport', police)
  const arrived = give(made, { name: 'arrive', by: police })
  expect(arrived.events.at(-1)?.sections.map(({ cls }) => cls)).toEqual(['case'])
})

test('partners ask any party on the return, and answer their own questions', () => {
  const made = withTask(filed(), 'follow-up', ngo)
  const asked = give(made, { name: 'ask', by: ngo, body: { for: centre, talk: { text: 'Which room?' } } })
  expect(keptIn(asked, 'question')[0]?.readers).toEqual([centre, ngo])
  expect(asked.events.at(-1)?.to).toEqual(expect.arrayContaining([centre, ngo]))
  const back = give(made, { name: 'ask', by: centre, body: { for: ngo, talk: { text: 'From when?' } } })
  const question = back.events.length - 1
  const answer = { name: 'answer', by: ngo, body: { question, talk: { text: 'Monday.' } } } as const
  expect(decided(back, answer).for).toBe(centre)
  expect(answerTo(back, { ...answer, by: partner })).toBe('not-found')
  const unknown = { name: 'ask', by: ngo, body: { ...bodies.ask, for: partner } } as const
  expect(answerTo(made, unknown)).toBe('unknown-target')
})
