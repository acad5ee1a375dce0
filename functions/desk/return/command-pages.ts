import type { CommandName } from '../../../schemas/commands/commands.ts'

/**
 * Commands with a page of their own, which shows first what stands: the present journey, the free beds, the services, what a
 * withdrawal stops. The plain form of the table of commands would begin empty.
 */
const ownPages: Readonly<Partial<Record<CommandName, (ret: string) => string>>> = {
  'change-travel': (ret) => `/desk/returns/${ret}/itinerary/change`,
  'hold-place': (ret) => `/desk/board/${ret}`,
  'offer-services': (ret) => `/desk/returns/${ret}/intake`,
  withdraw: (ret) => `/desk/returns/${ret}/withdraw`,
}

/** The page on which a command of a return begins. */
export const commandAddress = (ret: string, command: CommandName) =>
  ownPages[command]?.(ret) ?? `/desk/returns/${ret}/do/${command}`

/** Whether a command begins on a page of its own. */
export const hasOwnPage = (command: CommandName) => ownPages[command] !== undefined
