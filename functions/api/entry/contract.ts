import { openapi } from '../../../schemas/api/openapi.ts'
import { json } from '../http/http.ts'

let document: ReturnType<typeof openapi> | undefined

/** `GET /openapi.json`, for everyone. Made at the first request: it takes longer than all the rest of a start. */
export const handler = async () => {
  document ??= openapi()
  return json(200, document)
}
