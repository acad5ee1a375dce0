import { describe, expect, test } from 'vitest'
import { commandNames, commands } from '../../../schemas/commands/commands.ts'
import { eventData } from '../../../schemas/events/event-data.ts'
import { eventTypes, storedEvent } from '../../../schemas/events/events.ts'
import { watchEvents } from '../../../schemas/events/watch-events.ts'
import { countries } from '../../../schemas/values/codes.ts'
import { iom } from '../../parts/bodies.ts'
import { filed, upTo } from '../../parts/domain-return.ts'
import { isBounded, leavesOf, objectsOf } from '../../parts/schema-walk.ts'

test('every type of event has its data, and comes from one command or from watch', () => {
  const sources = [...commandNames.map((name) => commands[name].event), ...watchEvents]
  expect([...eventTypes].sort()).toEqual(sources.sort())
  expect(new Set(eventTypes).size).toBe(sources.length)
  const types = storedEvent.def.options.map(({ shape }) => [...shape.type.def.values][0])
  expect([...types].sort()).toEqual([...eventTypes].sort())
})

describe.each(eventTypes)('%s says in clear', (type) => {
  const leaves = leavesOf(eventData[type])
  const texts = leaves.filter(({ kind }) => kind === 'text')

  test('no free text: codes, numbers, and ids of bounded patterns', () => {
    for (const { path, patterns } of texts) expect([path, patterns.some(isBounded)]).toEqual([path, true])
    for (const { kind } of leaves) expect(['text', 'enum', 'literal', 'number', 'boolean']).toContain(kind)
  })

  test('no country and no place', () => {
    for (const { path, values = [] } of leaves) {
      expect(values.filter((value) => countries.includes(String(value)))).toEqual([])
      expect(path.filter((key) => /country|place|point|city|zone/.test(key))).toEqual([])
    }
    for (const { path, patterns } of texts)
      for (const code of ['MD', 'TR'])
        expect([path, patterns.every((pattern) => pattern.test(code))]).toEqual([path, false])
  })

  test('no day but one that is due, or was', () => {
    for (const { path, patterns } of texts)
      for (const day of ['2026-12-05', '20261205', '2026-12-05T10:00'])
        if (patterns.every((pattern) => pattern.test(day)))
          expect([path, path.includes('due') || ['since', 'until'].includes(path.at(-1) ?? '')]).toEqual([
            path,
            true,
          ])
  })

  test('nothing besides what it names', () => {
    expect(objectsOf(eventData[type], type).filter(({ closed }) => !closed)).toEqual([])
    expect(eventData[type].safeParse({ name: 'Exemplescu' }).success).toBe(false)
  })
})

test('an event takes no key that it does not name, and no text besides ids', () => {
  expect(objectsOf(storedEvent).filter(({ closed }) => !closed)).toEqual([])
  for (const { path, patterns } of leavesOf(storedEvent).filter(({ kind }) => kind === 'text'))
    expect([path, patterns.some(isBounded)]).toEqual([path, true])
  const [event] = filed().events
  expect(storedEvent.safeParse(event).success).toBe(true)
  expect(storedEvent.safeParse({ ...event, remarks: 'x' }).success).toBe(false)
  expect(storedEvent.safeParse({ ...event, type: 'accepted' }).success).toBe(false)
})

test('watch signs its own events and no others, and no party signs those', () => {
  const [event] = filed().events
  const watch = { party: 'watch', role: 'system', user: 'watch' }
  const called = { ...event, type: 'called', data: { call: 0, party: iom, line: 0 }, sections: [] }
  expect(storedEvent.safeParse({ ...called, by: watch }).success).toBe(true)
  expect(storedEvent.safeParse(called).success).toBe(false)
  expect(storedEvent.safeParse({ ...called, by: { ...watch, user: 'x' } }).success).toBe(false)
  expect(storedEvent.safeParse({ ...event, by: watch }).success).toBe(false)
})

test('the events of a whole return, in clear, name neither the person nor the journey', () => {
  const clearText = JSON.stringify(upTo('close').events)
  for (const secret of [
    'Exemplescu',
    'Proba',
    '2000000000004',
    'Istanbul',
    'Otopeni',
    'RMO',
    'TR',
    '2026-12-05',
  ])
    expect([secret, clearText.includes(secret)]).toEqual([secret, false])
})
