import { type Rota, rotaIn } from '../../schemas/deployment/rota.ts'
import { setting, variable } from '../../schemas/deployment/settings.ts'

/** The rota that the environment holds. Throws where it is missing or not of its form. */
export function rotaFromSettings(): Rota {
  return rotaIn(setting(variable.rota))
}
