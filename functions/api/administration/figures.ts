import { type Figures, figureScope } from '../../../schemas/api/figures.ts'
import { refusal } from '../../../schemas/api/problems.ts'
import { readScope } from '../../exchange/figures.ts'
import { type HttpAnswer, json } from '../http/http.ts'
import { type Session, table } from '../http/session.ts'

/** `GET …/figures?for=`: the counts of a scope, the internal one unless another is asked for. Throws bad-input. */
export async function readFigures(session: Session, wanted: string | undefined): Promise<HttpAnswer> {
  const scope = figureScope.safeParse(wanted ?? 'internal')
  if (!scope.success) throw refusal('bad-input', { fields: ['for'] })
  const made = await readScope(session.db, table('figures'), scope.data)
  const answer: Figures = made ?? { scope: scope.data, figures: [] }
  return json(200, answer)
}
