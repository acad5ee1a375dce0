import { postsIn } from '../../../schemas/api/posts.ts'
import { night } from '../../../schemas/deployment/rota.ts'
import { setting, variable } from '../../../schemas/deployment/settings.ts'
import { postCalendars } from '../../../schemas/procedure/calendars.ts'
import { separations } from '../../../schemas/procedure/duties.ts'
import { partnersIn } from '../../../schemas/procedure/tasks.ts'
import { partyId, partyOf } from '../../../schemas/values/parties.ts'
import type { DeploymentConfig } from '../../domain/command.ts'

const partiesIn = (name: string) =>
  setting(name)
    .split(',')
    .map((id) => partyId.parse(id))

/** The posts of the deployment by their codes, each with the countries that it answers for by itself. */
export const deployedPosts = () => postsIn(setting(variable.countries))

let read: DeploymentConfig | undefined

/** What the deployment has settled; read once. Throws, naming the variable, where one is missing. */
export function deploymentConfig(): DeploymentConfig {
  read ??= {
    posts: postCalendars.parse(JSON.parse(setting(variable.posts))),
    missions: Object.keys(deployedPosts()).map((code) => partyOf('mission', code)),
    centres: partiesIn(variable.centres),
    partners: partnersIn(setting(variable.partners)),
    night: night.parse(JSON.parse(setting(variable.night))),
    lockDays: Number(setting(variable.lockDays)),
    separations: separations.parse(JSON.parse(setting(variable.separations))),
  }
  return read
}
