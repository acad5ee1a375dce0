import { type Rota, rotaIn } from '../../schemas/rota.ts'
import { setting, variable } from '../../schemas/settings.ts'
import { type HttpAnswer, json } from './http.ts'

/** `GET …/rota`: whom call-outs and what is overdue go to, and when, as the deployment has settled it. */
export function tellRota(): HttpAnswer {
  const answer: Rota = rotaIn(setting(variable.rota))
  return json(200, answer)
}
