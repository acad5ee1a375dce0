import type * as z from 'zod/mini'
import { type CommandName, commandNames, commands, type EventType } from '../commands/commands.ts'
import { type WatchEvent, watchEventData } from './watch-events.ts'

type Commands = typeof commands
type EventData = {
  readonly [N in CommandName as Commands[N]['event']]: Commands[N]['data']
} & { readonly [T in WatchEvent]: (typeof watchEventData)[T] }

/** What each type of event says in clear, as the tables of commands and of the watch's events say it. */
export const eventData = {
  ...Object.fromEntries(commandNames.map((name) => [commands[name].event, commands[name].data])),
  ...watchEventData,
} as EventData satisfies Record<EventType, z.ZodMiniType>
