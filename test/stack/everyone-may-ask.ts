/** In place of our own check whose return it is: what is refused then, the policies refuse. */
export function mayAskFor(): void {}
