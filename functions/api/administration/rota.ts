import { type Rota, rotaIn } from '../../../schemas/deployment/rota.ts'
import { setting, variable } from '../../../schemas/deployment/settings.ts'
import { type HttpAnswer, json } from '../http/http.ts'

/** `GET …/rota`: who is called out and who is notified of what is overdue, and when, as the deployment configures it. */
export async function getRota(): Promise<HttpAnswer> {
  const answer: Rota = rotaIn(setting(variable.rota))
  return json(200, answer)
}
