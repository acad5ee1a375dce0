import { describe, expect, test } from 'vitest'
import { commandNames, commandOf, commandShape } from '../../../schemas/commands/commands.ts'
import { eventData } from '../../../schemas/events/event-data.ts'
import { calendar } from '../../../schemas/procedure/calendars.ts'
import { gateNames, gates, gatesBefore } from '../../../schemas/procedure/gates.ts'
import {
  ownersOf,
  procedureOf,
  procedureOn,
  procedures,
  procedureVersion,
  type Step,
  type StepName,
  stepNames,
  stepsDoneBy,
} from '../../../schemas/procedure/procedure.ts'
import { categories } from '../../../schemas/values/codes.ts'
import { day } from '../../../schemas/values/texts.ts'

const tables = procedures.flatMap(({ version, steps }) =>
  categories.map((category) => [version, category, steps[category]] as const),
)

describe.each(tables)('version %s for a %s', (version, _category, steps) => {
  const each = (look: (name: StepName, step: Step) => void) => {
    for (const name of stepNames) look(name, steps[name])
  }

  test('has every step, and no other', () => {
    expect(Object.keys(steps).sort()).toEqual([...stepNames].sort())
  })

  test('names the same owner for a step as every other category', () => {
    each((name, { owner, otherwise }) => {
      for (const arranger of ['iom', 'mission'] as const)
        expect([name, ...ownersOf(procedureOf(version), name, arranger)]).toEqual([
          name,
          owner === 'arranger' ? arranger : owner,
          ...(otherwise ? [otherwise] : []),
        ])
    })
  })

  test('puts steps after steps that are there, and none after itself by way of others', () => {
    const comesAfter = (name: StepName, before: readonly StepName[] = []): StepName[] => {
      expect(before).not.toContain(name)
      return steps[name].after.flatMap((earlier) => [earlier, ...comesAfter(earlier, [...before, name])])
    }
    each((name, { after }) => {
      for (const earlier of after) expect(stepNames).toContain(earlier)
      expect(new Set(after).size).toBe(after.length)
      expect(comesAfter(name)).not.toContain(name)
    })
    expect(stepNames.filter((name) => steps[name].after.length === 0)).not.toEqual([])
  })

  test('has each step done by events of commands that its owner may give, and which can say what is due next', () => {
    each((name, { owner, done }) => {
      expect([name, done.length > 0]).toEqual([name, true])
      for (const type of done) {
        const { owners, arranges } = commandShape(commandOf[type])
        if (owner !== 'arranger') expect(owners).toContain(owner)
        // An arrival is told by whoever is there; all else of an arranger's is its own.
        else expect([type, arranges ?? type === 'arrived']).toEqual([type, true])
        expect([type, Object.keys(eventData[type].shape)]).toEqual([type, expect.arrayContaining(['due'])])
      }
    })
  })

  test('has an event finish one step at most', () => {
    const types = stepNames.flatMap((name) => steps[name].done)
    expect(new Set(types).size).toBe(types.length)
  })

  test('counts whole hours or days, and says by which calendar days are worked', () => {
    each((name, { deadline, basis }) => {
      expect([name, basis.trim().length > 0]).toEqual([name, true])
      if (!deadline) return
      expect(Number.isSafeInteger(deadline.amount) && deadline.amount > 0).toBe(true)
      expect([name, deadline.calendar !== undefined]).toEqual([name, deadline.unit === 'working-days'])
      // The post's week binds the post, and nobody in Chișinău.
      if (deadline.calendar === 'post') expect(steps[name].owner).toBe('mission')
    })
  })
})

test('versions have names of their own, and come in the order of the days they begin on', () => {
  const names = procedures.map(({ version }) => version)
  expect(new Set(names).size).toBe(names.length)
  const days = procedures.map(({ effectiveFrom }) => effectiveFrom)
  for (const begins of days) expect(day.safeParse(begins).success).toBe(true)
  expect(days).toEqual([...new Set(days)].sort())
})

test('what is shipped is not confirmed by the law, and says so', () => {
  expect(procedures.map(({ placeholder }) => placeholder)).toEqual(procedures.map(() => true))
})

test.each(procedures)('from $effectiveFrom a return begins with version $version', (procedure) => {
  const { version, effectiveFrom } = procedure
  expect(procedureOn(effectiveFrom)).toBe(procedure)
  expect(procedureOf(version)).toBe(procedure)
  expect(procedureVersion.safeParse(version).success).toBe(true)
})

test('before the first version a return begins with it, and long after the last with the last', () => {
  expect(procedureOn('1999-12-31')).toBe(procedures[0])
  expect(procedureOn('2099-12-31')).toBe(procedures.at(-1))
})

test('a version that is not kept is a fault of ours, and no event names it', () => {
  expect(() => procedureOf('1999-01')).toThrow()
  expect(procedureVersion.safeParse('1999-01').success).toBe(false)
})

test('the steps that an event finishes are found by its type', () => {
  for (const procedure of procedures) {
    expect(stepsDoneBy(procedure, 'refused')).toEqual(['decide'])
    expect(stepsDoneBy(procedure, 'referred-home')).toEqual(['receive'])
    expect(stepsDoneBy(procedure, 'noted')).toEqual([])
  }
})

test('a gate stands before permissions alone, each of which opens the case or what the gate looks at', () => {
  for (const name of gateNames)
    for (const command of gates[name].before) {
      expect(commandShape(command).states).toBeUndefined()
      expect(gatesBefore(command)).toContain(name)
    }
  for (const name of commandNames.filter((commandName) => commandShape(commandName).states === 'fact'))
    expect(gatesBefore(name)).toEqual([])
})

test.each([
  [{ week: [1, 2, 3, 4, 5], closed: [] }, true],
  [{ week: [7, 1, 2, 3, 4], closed: ['2026-12-02'] }, true],
  [{ week: [], closed: [] }, false],
  [{ week: [0], closed: [] }, false],
  [{ week: [8], closed: [] }, false],
  [{ week: [1], closed: ['12-02'] }, false],
  [{ week: [1] }, false],
])('a post that works %j: %s', (week, good) => {
  expect(calendar.safeParse(week).success).toBe(good)
})
