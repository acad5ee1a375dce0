import { describe, expect, test } from 'vitest'
import { commandFrom } from '../../../functions/domain/command.ts'
import { classesOf } from '../../../functions/domain/plan-command.ts'
import { bodyOf } from '../../../schemas/commands/bodies.ts'
import {
  begins,
  commandNames,
  commandOf,
  commandShape,
  commands,
  commandsOf,
  startsFrom,
} from '../../../schemas/commands/commands.ts'
import { eventData } from '../../../schemas/events/event-data.ts'
import { overPhases, phases, returnPhases } from '../../../schemas/procedure/phases.ts'
import { contentOf } from '../../../schemas/sections/sections.ts'
import { mayRead, mayWrite, type SectionClass } from '../../../schemas/values/classes.ts'
import { partyKindNames, partyOf } from '../../../schemas/values/parties.ts'
import { bodies, config, sample } from '../../parts/bodies.ts'
import { objectsOf } from '../../parts/schema-walk.ts'

const shapes = commandNames.map((name) => [name, commandShape(name)] as const)

describe.each(shapes)('%s', (name, shape) => {
  const { owners, needs = [], uses = [], seals, maySeal, derives, clear = {} } = shape
  const slots = Object.entries({ ...seals, ...maySeal, ...derives }) as [SectionClass, string][]

  test('opens only what each of its owners may read', () => {
    for (const kind of owners) {
      const by = { party: partyOf(kind, '1XGE'), role: 'officer', user: 'user-1' } as const
      // The first command of a trail opens nothing: there is nothing yet.
      const opened = begins(name)
        ? { needs, uses }
        : classesOf(commandFrom(name, bodies[name], { by, at: '2026-11-21T09:00:00.000Z', config }))
      for (const cls of [...opened.needs, ...opened.uses])
        expect([kind, cls, mayRead(kind, cls)]).toEqual([kind, cls, true])
    }
  })

  test('seals only what each of its owners may write, in slots that are there', () => {
    for (const [cls, slot] of slots) {
      expect(contentOf(cls, slot)).toBeDefined()
      for (const kind of owners) expect([kind, cls, mayWrite(kind, cls)]).toEqual([kind, cls, true])
    }
  })

  test('keeps what is sent, may be sent, and is derived apart, and its clear fields from classes', () => {
    const named = [seals, maySeal, derives].flatMap((column) => Object.keys(column ?? {}))
    expect(new Set(named).size).toBe(named.length)
    for (const field of Object.keys(clear)) expect(named).not.toContain(field)
  })

  test('declares needs where it can be refused, and uses where it cannot: to say which steps it moves, or what a reader knows of a guardian', () => {
    if (shape.states === 'fact') expect([needs, shape.from]).toEqual([[], 'open'])
    else if ('ends' in eventData[commands[name].event].shape)
      expect(uses.filter((cls) => !['case', 'safety', 'care'].includes(cls))).toEqual([])
    else expect(uses).toEqual([])
  })

  test('has an event that leads back to it', () => {
    expect(commandOf[shape.event as keyof typeof commandOf]).toBe(name)
  })

  test('takes a body of its form, and no key besides, from each owner', () => {
    for (const kind of owners) {
      const form = bodyOf(name, kind)
      const home = { ...sample, case: { ...sample.case, wayIn: 'referral' } }
      const body = name === 'file' && kind !== 'mission' ? home : bodies[name]
      expect([kind, form.safeParse(body).success]).toEqual([kind, true])
      expect(form.safeParse({ ...body, remarks: 'x' }).success).toBe(false)
      expect(form.safeParse({ ...body, label: { initials: 'P. E.', ageBand: '25-34' } }).success).toBe(false)
      expect(objectsOf(form).filter(({ closed }) => !closed)).toEqual([])
    }
  })

  test('takes no body that lacks what it seals, nor what it derives', () => {
    for (const kind of owners)
      for (const cls of Object.keys(seals ?? {})) {
        // Of who is home it may be that nothing else is known yet.
        if (name === 'file' && kind !== 'mission' && !['case', 'identity'].includes(cls)) continue
        const body: Readonly<Record<string, unknown>> = bodies[name]
        const { [cls]: _, ...rest } = body
        expect([cls, bodyOf(name, kind).safeParse(rest).success]).toEqual([cls, false])
      }
    for (const cls of Object.keys(derives ?? {})) expect(bodies[name]).not.toHaveProperty(cls)
  })
})

test('kinds that are sent no events give no command; the consular department answers calls and moves cases', () => {
  for (const kind of partyKindNames)
    expect([kind, commandsOf(kind).length > 0]).toEqual([kind, kind !== 'oversight'])
  expect(commandsOf('consular')).toEqual(['answer-call', 'move-case'])
})

test('whoever files can close and reopen a return, and take consent back in every phase', () => {
  for (const name of ['close', 'reopen', 'withdraw'] as const)
    expect([name, commandShape(name).owners.toSorted()]).toEqual([
      name,
      commandShape('file').owners.toSorted(),
    ])
  expect(commandShape('withdraw').from).toEqual(returnPhases)
})

/** Phases that a command can lead to from each phase, by the table and the two rules of `evolve`. */
function leadsTo(phase: (typeof phases)[number]): string[] {
  return shapes.flatMap(([name, { to }]) => {
    if (!startsFrom(name, phase)) return []
    if (name === 'refer-home' || name === 'admit') return ['received']
    return to ?? []
  })
}

test('every phase is reached from filing or an alert, and every one that is not over leads on', () => {
  const reached = new Set(['filed', 'alert'])
  for (const _ of phases)
    for (const phase of phases) if (reached.has(phase)) for (const next of leadsTo(phase)) reached.add(next)
  expect([...reached].sort()).toEqual([...phases].sort())
  for (const phase of phases.filter((phase) => phase === 'cancelled' || !overPhases.includes(phase))) {
    const onward = leadsTo(phase).filter((next) => next !== phase)
    expect([phase, onward.length > 0]).toEqual([phase, true])
  }
})
