import * as readers from '../../functions/domain/readers.ts'
import type { DataClass } from '../../schemas/classes.ts'
import { partyId } from '../../schemas/parties.ts'

export type { Circle } from '../../functions/domain/readers.ts'

const rome = partyId.parse('mission:19B6')

/** As if every return had Rome on it, whoever filed: a mission that helps, before any command invites one. */
const helped = ({ filer, basis }: readers.Circle): readers.Circle => ({
  filer,
  basis: new Map([...basis, [rome, 'other-basis']]),
})

export const addressed: typeof readers.addressed = (circle) => readers.addressed(helped(circle))
export const standingOf: typeof readers.standingOf = (circle, party) =>
  readers.standingOf(helped(circle), party)
export const readersOf: typeof readers.readersOf = (circle, cls: DataClass, between) =>
  readers.readersOf(helped(circle), cls, between)
