import { handle } from 'hono/aws-lambda'
import { app } from './app.tsx'

/** The desk's function: API Gateway's events to the pages, and back. */
export const handler = handle(app)
