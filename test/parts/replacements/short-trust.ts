/** In place of half a minute: a test does not wait for it. */
export const trustedMs = 1_000
