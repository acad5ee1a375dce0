import { type Rota, rotaIn } from '../../schemas/rota.ts'
import { setting, variable } from '../../schemas/settings.ts'

/** The rota that the environment holds. Throws where it is missing or not of its form. */
export function rotaFromSettings(): Rota {
  return rotaIn(setting(variable.rota))
}
