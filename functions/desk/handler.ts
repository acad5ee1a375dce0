import { handle } from 'hono/aws-lambda'
import { app } from './app.tsx'

/** The desk's function. It takes API Gateway's events to the pages and their answers back. */
export const handler = handle(app)
