import { postCalendars } from '../../schemas/calendars.ts'
import { partyId } from '../../schemas/parties.ts'
import { night } from '../../schemas/rota.ts'
import { setting, variable } from '../../schemas/settings.ts'
import { partnersKnown } from '../../schemas/tasks.ts'
import type { Terms } from '../domain/command.ts'

const partiesIn = (name: string) =>
  setting(name)
    .split(',')
    .map((id) => partyId.parse(id))

let read: Terms | undefined

/** What the deployment has settled; read once. Throws, naming the variable, where one is missing. */
export function terms(): Terms {
  read ??= {
    posts: postCalendars.parse(JSON.parse(setting(variable.posts))),
    missions: partiesIn(variable.missions),
    centres: partiesIn(variable.centres),
    partners: partnersKnown.parse(JSON.parse(setting(variable.partners))),
    night: night.parse(JSON.parse(setting(variable.night))),
    lockDays: Number(setting(variable.lockDays)),
  }
  return read
}
