import { createMiddleware } from 'hono/factory'
import type { DeskEnv } from './context.ts'
import { issuerOrigins } from './session/issuer.ts'

/** Forms lead to the desk, and by way of sign-in and sign-out to the issuer. Nothing is from elsewhere, nothing inline. */
async function contentPolicy(): Promise<string> {
  const issuers = await issuerOrigins().catch(() => [])
  return [
    "default-src 'none'",
    "style-src 'self'",
    "script-src 'self'",
    'img-src data:',
    `form-action ${["'self'", ...issuers].join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** The security headers of every response. */
export const securityHeaders = createMiddleware<DeskEnv>(async (context, next) => {
  await next()
  context.header('x-content-type-options', 'nosniff')
  context.header('referrer-policy', 'same-origin')
  context.header('cross-origin-opener-policy', 'same-origin')
  context.header('strict-transport-security', 'max-age=63072000')
  context.header('content-security-policy', await contentPolicy())
})
