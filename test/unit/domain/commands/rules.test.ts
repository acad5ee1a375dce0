import { expect, expectTypeOf, test } from 'vitest'
import type { CommandOf } from '../../../../functions/domain/command.ts'
import { rules } from '../../../../functions/domain/commands/rules.ts'
import type { RulesOf } from '../../../../functions/domain/rule.ts'
import {
  begins,
  type CommandEvent,
  type CommandName,
  commandNames,
  commandShape,
  type EventType,
  type LaterCommandName,
} from '../../../../schemas/commands/commands.ts'
import type { EventOf, StoredEvent } from '../../../../schemas/events/events.ts'
import type { WatchEvent } from '../../../../schemas/events/watch-events.ts'

type Rules = RulesOf<LaterCommandName>

test('each command has a rule, but for the two that begin a trail', () => {
  expect(Object.keys(rules).sort()).toEqual(commandNames.filter((name) => !begins(name)).sort())
  expect(commandNames.filter(begins)).toEqual(['file', 'alert'])
})

test('a missing rule fails the type checker, and so does a rule that leaves out what its event says', () => {
  expectTypeOf<typeof rules>().toExtend<Rules>()
  expectTypeOf<Omit<typeof rules, 'ask'>>().not.toExtend<Rules>()
  expectTypeOf<
    Omit<typeof rules, 'move-case'> & { 'move-case': Record<never, never> }
  >().not.toExtend<Rules>()
  expectTypeOf<Rules['move-case']['data']>().not.toBeNullable()
})

test('a command has the body of its row, typed', () => {
  expectTypeOf<CommandOf<'ask'>['body']>().toHaveProperty('talk')
  expectTypeOf<CommandOf<'answer'>['body']['question']>().toEqualTypeOf<number>()
  expectTypeOf<CommandOf<'note'>['body']['next']>().toEqualTypeOf<string | undefined>()
  expectTypeOf<CommandOf<'accept'>['body']['talk']>().toExtend<{ text: string } | undefined>()
  expectTypeOf<CommandOf<'close'>['body']>().not.toHaveProperty('case')
  expectTypeOf<CommandOf<'end-task'>>().not.toExtend<CommandOf<'ask'>>()
})

test('an event of each type is typed, by the row of its command or by what the watch writes', () => {
  expectTypeOf<EventType>().toEqualTypeOf<CommandEvent | WatchEvent>()
  expectTypeOf<StoredEvent['type']>().toEqualTypeOf<EventType>()
  expectTypeOf<EventOf<'answered'>['data']>().toEqualTypeOf<{ question: number }>()
  expectTypeOf<EventOf<'called'>['by']['party']>().toEqualTypeOf<'watch'>()
})

test('the table says of each command what no code asks by its name', () => {
  const having = (has: (name: CommandName) => unknown) => commandNames.filter(has)
  expect(having((name) => commandShape(name).alsoFor === 'everyone')).toEqual([
    'cancel',
    'close',
    'reopen',
    'link',
    'unlink',
  ])
  expect(having((name) => commandShape(name).alsoFor === 'report-way')).toEqual(['arrive'])
  expect(having((name) => commandShape(name).dropsUnread)).toEqual(['cancel', 'withdraw'])
  expect(having((name) => commandShape(name).inPart)).toEqual(['attest'])
})
