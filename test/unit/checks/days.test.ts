import { describe, expect, test } from 'vitest'
import { findingsIn } from '../../../functions/checks/check-body.ts'
import { clearDayBounds, dayBounds } from '../../../functions/checks/days.ts'
import { type CommandName, commandNames, commandShape } from '../../../schemas/commands/commands.ts'
import { sections } from '../../../schemas/sections/sections.ts'
import { checks } from '../../../schemas/values/checks.ts'
import { bodies, happened } from '../../parts/bodies.ts'
import { type Leaf, leavesOf } from '../../parts/schema-walk.ts'

const now = Date.parse('2026-11-28T12:00:00.000Z')

/** A day, or a time on a clock: what a form takes there says so. */
const isDay = ({ format, patterns }: Leaf) =>
  format === 'date' || patterns.some(({ source }) => source.includes('-\\d\\d-\\d\\dT'))

const daysIn = (form: Parameters<typeof leavesOf>[0]) => [
  ...new Set(
    leavesOf(form)
      .filter(isDay)
      .map(({ path }) => path.join('.')),
  ),
]

describe('the bounds of days', () => {
  const slots = Object.entries(sections).flatMap(([cls, all]) =>
    Object.entries(all).map(([slot, form]) => [`${cls}/${slot}`, form] as const),
  )

  test.each(slots)('every day of %s has one, and nothing else has', (place, form) => {
    expect(Object.keys(dayBounds[place] ?? {}).sort()).toEqual(daysIn(form).sort())
  })

  test('there is a bound for no other slot', () => {
    const known = slots.map(([place]): string => place)
    expect(Object.keys(dayBounds).filter((place) => !known.includes(place))).toEqual([])
  })

  test.each(commandNames)('every day that %s says in clear has one', (command) => {
    const clear = Object.entries(commandShape(command).clear ?? {})
    const days = clear.flatMap(([name, form]) => (leavesOf(form).some(isDay) ? [name] : []))
    expect(Object.keys(clearDayBounds[command] ?? {}).sort()).toEqual(days.sort())
  })
})

const found = async (command: CommandName, body: Readonly<Record<string, unknown>>, kind = 'iom') =>
  (await findingsIn(command, kind, body, { now })).map(({ check, fields }) => [check, ...fields])

/** A content with a value at a path: lists get one item. */
function withAt(path: readonly string[], value: string): unknown {
  const [step, ...rest] = path
  if (step === undefined) return value
  const inside = withAt(rest, value)
  return step === '[]' ? [inside] : { [step]: inside, ...(step === 'at' ? { zone: 'Europe/Chisinau' } : {}) }
}

/** Each bound, with a day outside it and what is found there. */
const outside = {
  born: [['2026-12-05', 'in-the-future']],
  recorded: [
    ['2031-01-01', 'in-the-future'],
    ['2026-12-05', 'in-the-future'],
    ['1950-01-01', 'too-early'],
  ],
  happened: [
    ['2062-01-01', 'in-the-future'],
    ['2026-12-05', 'in-the-future'],
    ['2026-11-28T15:30', 'in-the-future'],
    ['1950-01-01', 'too-early'],
  ],
  planned: [
    ['2025-11-28', 'in-the-past'],
    ['2026-11-26', 'in-the-past'],
    ['2062-01-01', 'too-far-ahead'],
  ],
  around: [
    ['1950-01-01', 'too-early'],
    ['2062-01-01', 'too-far-ahead'],
  ],
  expiry: [
    ['1950-01-01', 'too-early'],
    ['2062-01-01', 'too-far-ahead'],
  ],
  derived: [],
} as const

/** Each day that a command seals, with each day outside its bound, and a kind of party that gives the command. */
const cases = commandNames.flatMap((command) => {
  const { seals, maySeal, owners } = commandShape(command)
  return Object.entries({ ...seals, ...maySeal }).flatMap(([cls, slot]) =>
    Object.entries(dayBounds[`${cls}/${slot}`] ?? {}).flatMap(([path, bound]) =>
      outside[bound].map(([day, check]) => ({
        command,
        cls,
        slot,
        path,
        day,
        check,
        kind: owners[0] ?? 'iom',
      })),
    ),
  )
})

test.each(cases)('$command refuses $cls/$slot $path of $day: $check', async (given) => {
  const { command, cls, slot, path, day, check, kind } = given
  const text = slot === 'itinerary' || slot === 'leg' ? `${day}T10:00` : day
  const body = { [cls]: withAt(path.split('.'), text) }
  const field = [cls, ...path.split('.').map((step) => (step === '[]' ? '0' : step))].join('.')
  expect(await found(command, body, kind)).toContainEqual([check, field])
  expect(checks[check]).toBe('impossible')
})

test.each([
  ['hold-place', 'until'],
  ['note', 'next'],
  ['give-task', 'until'],
] as const)('a clear day of the past is refused: %s', async (command, field) => {
  expect(await found(command, { [field]: '2026-11-26' })).toEqual([['in-the-past', field]])
  expect(await found(command, { [field]: '2026-11-28' })).toEqual([])
})

test('a fact of this hour is no fact of the future, on whatever clock', async () => {
  const at = (text: string, zone: string) => ({ case: { happened: { ...happened(text), zone } } })
  expect(await found('depart', at('2026-11-28T21:30', 'Asia/Tokyo'))).toEqual([])
  expect(await found('depart', at('2026-11-28T04:30', 'America/Los_Angeles'))).toEqual([])
  expect(await found('depart', at('2026-11-28', 'Asia/Tokyo'))).toEqual([])
  expect(await found('depart', at('2026-11-28T20:30', 'America/Los_Angeles'))).toEqual([
    ['in-the-future', 'case.happened.at'],
  ])
})

test('what happened more than a year ago is asked back', async () => {
  const report = { case: { ...bodies.depart?.case, happened: happened('2025-11-01') } }
  expect(await found('depart', report)).toEqual([['long-ago', 'case.happened.at']])
  const answered = { field: 'case.happened.at', reason: 'as-reported' }
  expect(await found('depart', { case: { ...report.case, overrides: [answered] } })).toEqual([])
})

test.each<[string, CommandName, Readonly<Record<string, unknown>>, string]>([
  [
    'comes back before she left',
    'leave-centre',
    { case: { happened: happened('2026-11-20'), to: 'home', backOn: '2026-11-19' } },
    'case.backOn',
  ],
  [
    'is asked again before she was asked',
    'follow-up',
    { care: { on: '2026-11-28', nextOn: '2026-11-27' } },
    'care.nextOn',
  ],
  [
    'is expected before the report',
    'report-way',
    { case: { happened: happened('2026-11-27'), what: 'delayed', arrivesOn: '2026-11-25' } },
    'case.arrivesOn',
  ],
  [
    'is held a place that ends before it begins',
    'hold-place',
    { until: '2026-12-01', case: { from: '2026-12-05', until: '2026-12-09' } },
    'until',
  ],
])('given somebody who %s, then the second day is refused', async (_, command, body, field) => {
  expect(await found(command, body)).toContainEqual(['ends-before-it-begins', field])
})
