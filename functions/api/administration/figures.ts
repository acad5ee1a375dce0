import { type Figures, figureScope } from '../../../schemas/api/figures.ts'
import { refusal } from '../../../schemas/api/problems.ts'
import { readScope } from '../../exchange/figures.ts'
import { type HttpAnswer, json, queryOf } from '../http/http.ts'
import type { ApiRequest } from '../http/request.ts'
import { tableName } from '../http/session.ts'

/** `GET …/figures?for=`: the counts of a scope, the internal one unless another is named. Throws bad-input. */
export async function readFigures({ session, event }: ApiRequest): Promise<HttpAnswer> {
  const scope = figureScope.safeParse(queryOf(event).for ?? 'internal')
  if (!scope.success) throw refusal('bad-input', { fields: ['for'] })
  const made = await readScope(session.db, tableName('figures'), scope.data)
  const answer: Figures = made ?? { scope: scope.data, figures: [] }
  return json(200, answer)
}
