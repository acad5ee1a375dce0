import { createMiddleware } from 'hono/factory'
import { secureHeaders } from 'hono/secure-headers'
import type { DeskContext, DeskEnv } from './context.ts'
import { issuerOrigins } from './session/issuer.ts'

const none = "'none'"
const self = "'self'"

/** The value of `form-action`: forms lead to the desk, and by way of sign-in and sign-out to the issuer. */
const formTargets = ({ var: { issuers = [] } }: DeskContext) => [self, ...issuers].join(' ')

/** Reads the origins of the issuer, for the policy of this response. */
export const issuers = createMiddleware<DeskEnv>(async (context, next) => {
  context.set('issuers', await issuerOrigins().catch(() => []))
  await next()
})

/**
 * The security headers of every response: nothing from elsewhere, nothing inline, no frame. Browsers that do not know
 * `frame-ancestors` read `X-Frame-Options`. Other old headers are left out, since every page would carry them.
 */
export const securityHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: [none],
    styleSrc: [self],
    scriptSrc: [self],
    imgSrc: ['data:'],
    formAction: [formTargets],
    baseUri: [none],
    frameAncestors: [none],
  },
  referrerPolicy: 'same-origin',
  strictTransportSecurity: 'max-age=63072000',
  xFrameOptions: 'DENY',
  originAgentCluster: false,
  xDnsPrefetchControl: false,
  xDownloadOptions: false,
  xPermittedCrossDomainPolicies: false,
  xXssProtection: false,
})
