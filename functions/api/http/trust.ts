/** How long a container trusts the roster that it read, in milliseconds: a disabled person is out within the minute. */
export const trustedMs = 30_000
