import { openapi } from '../../schemas/openapi.ts'
import { json } from './http.ts'

const document = openapi()

/** `GET /openapi.json`, for everyone. */
export const handler = async () => json(200, document)
