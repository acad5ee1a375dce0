import { type Rota, rotaIn } from '../../../schemas/deployment/rota.ts'
import { setting, variable } from '../../../schemas/deployment/settings.ts'
import { type HttpAnswer, json } from '../http/http.ts'

/** `GET …/rota`: whom call-outs and what is overdue go to, and when, as the deployment has settled it. */
export function getRota(): HttpAnswer {
  const answer: Rota = rotaIn(setting(variable.rota))
  return json(200, answer)
}
