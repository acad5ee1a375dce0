import { isDeepStrictEqual } from 'node:util'
import { refusal } from '../../../schemas/api/problems.ts'
import { type amendCommands, amendments } from '../../../schemas/commands/amend.ts'
import { ageBandOf, bornBy } from '../../../schemas/values/ages.ts'
import { basisCode } from '../../../schemas/values/basis.ts'
import { type SectionClass, sectionClassNames } from '../../../schemas/values/classes.ts'
import { kindOf } from '../../../schemas/values/parties.ts'
import { labelOf } from '../access/label.ts'
import { guardianSuspected } from '../access/legal-basis.ts'
import { type Facts, latest } from '../access/opened-sections.ts'
import { dayOf } from '../calendar/days.ts'
import type { CommandOf } from '../command.ts'
import { type Place, sectionsIn } from '../plan.ts'
import type { RulesOf } from '../rule.ts'
import { daysOfServices, isServiceAmendment } from '../schedule/stay.ts'
import type { Folded } from '../state.ts'
import { requireTarget } from '../target.ts'
import { documentCheck } from './identity.ts'
import { participantsOf, requireNoParentContact, urgencyOf } from './request.ts'

type Amend = CommandOf<'amend'>
type RequestBody = Extract<Amend['body'], { slot: 'request' }>

/** The class that an amendment writes. */
function classOf({ body }: Amend): SectionClass | undefined {
  const sent = sectionsIn(body)
  return sectionClassNames.find((cls) => sent[cls])
}

/** Classes that an amendment is compared with: the request as it was, and whether a guardian is under suspicion. */
const comparedWith: { readonly [S in Amend['body']['slot']]?: readonly SectionClass[] } = {
  request: ['case'],
  family: ['safety'],
}

/**
 * Recipients change by `agree` and `withdraw` alone. What the person said at filing is the responsible party's to put
 * right, until she says something new. A request that was struck cannot be compared with: then the amended one has to
 * agree with the bases in clear.
 */
function requireSameAgreement(
  state: Folded,
  facts: Facts,
  { by, body }: { by: Amend['by']; body: RequestBody },
) {
  const before = latest(facts, 'case', 'request')
  const { agreement, wayIn } = body.case
  if (before && before.wayIn !== wayIn) throw refusal('bad-input', { fields: ['case.wayIn'] })
  const sameRecipients = before
    ? isDeepStrictEqual(before.agreement.recipients, agreement.recipients)
    : agreesWithBases(state, { by, body })
  if (!sameRecipients) throw refusal('bad-input', { fields: ['case.agreement.recipients'] })
  if (by.party !== state.responsible && !isDeepStrictEqual(before?.agreement, agreement))
    throw refusal('bad-input', { fields: ['case.agreement'] })
  // An amendment does not change what she has said since.
  if (before && latest(facts, 'case', 'wish') && before.agreement.toReturn !== agreement.toReturn)
    throw refusal('bad-input', { fields: ['case.agreement.toReturn'] })
}

/** The age band of a request that is put right: that of the birth where it is opened, else the one that stood. */
function ageBandOfRequest(facts: Facts, { case: request }: RequestBody, today: string) {
  const person = latest(facts, 'identity', 'person')
  const stood = request.ageBand ?? latest(facts, 'case', 'request')?.ageBand
  const ageBand = person ? ageBandOf(person.birth, today) : stood
  return ageBand ? { ageBand } : {}
}

function agreesWithBases({ basis }: Folded, { by, body }: { by: Amend['by']; body: RequestBody }): boolean {
  return [...participantsOf(by.party, body.case).basis].every(([holder, code]) => {
    const status = basis.get(holder)
    return status !== undefined && (!basisCode.safeParse(status).success || status === code)
  })
}

/** What labels are made from. */
const labelled: readonly string[] = ['person', 'itinerary', 'journey', 'way', 'leg']

/** Labels that were made from sections which are struck: they say the same of the wrong person. */
function labelsOf({ written }: Folded, strikes: readonly string[]): string[] {
  const sources = written.filter(
    ({ sec, cls, slot }) => cls !== 'label' && labelled.includes(slot) && strikes.includes(sec),
  )
  return written
    .filter(
      ({ sec, cls, seq }) =>
        cls === 'label' && !strikes.includes(sec) && sources.some((source) => source.seq === seq),
    )
    .map(({ sec }) => sec)
}

const withLabels = (state: Folded, { body: { strikes } }: CommandOf<'strike'>) => [
  ...strikes,
  ...labelsOf(state, strikes),
]

export const amendRules: RulesOf<keyof typeof amendCommands> = {
  amend: {
    target(state, command) {
      const { by, body } = command
      const cls = classOf(command)
      const own = amendments(kindOf(by.party))
      if (!own.some((amendment) => amendment.cls === cls && amendment.slot === body.slot))
        throw refusal('not-yours')
      // Only the responsible party can put right who the person is.
      if (cls === 'identity' && by.party !== state.responsible) throw refusal('not-yours')
      requireTarget(
        body.supersedes === undefined ||
          state.sections.some(
            (section) => section.sec === body.supersedes && section.cls === cls && section.slot === body.slot,
          ),
        'supersedes',
      )
      return {}
    },
    needs: ({ body }) => comparedWith[body.slot] ?? [],
    slots(command) {
      const { slot } = command.body
      const cls = classOf(command)
      const amended: Place[] = cls ? [[cls, slot]] : []
      return slot === 'person' ? [...amended, ['label', 'label']] : amended
    },
    data: ({ command: { body } }) => ({
      slot: body.slot,
      ...(body.supersedes ? { supersedes: body.supersedes } : {}),
      ...(body.slot === 'request' ? { urgency: urgencyOf(body.case) } : {}),
    }),
    due(state, { at, body }) {
      if (body.slot === 'document') return [documentCheck(state, { at })]
      return body.slot === 'intake' && isServiceAmendment(state, body.slot)
        ? daysOfServices(body.care.services)
        : []
    },
    contents(state, facts, { by, at, body }) {
      if (body.slot === 'request') {
        requireSameAgreement(state, facts, { by, body })
        return { case: { ...body.case, ...ageBandOfRequest(facts, body, dayOf(at)) } }
      }
      if (body.slot === 'family' && guardianSuspected(facts)) requireNoParentContact(body.contacts)
      if (body.slot !== 'person') return {}
      if (!bornBy(body.identity.birth, dayOf(at))) throw refusal('bad-input', { fields: ['identity.birth'] })
      return { label: labelOf(body.identity, dayOf(at)) }
    },
  },
  correct: {
    target(state, { by, body }) {
      requireTarget(
        state.facts.some(({ seq, by: author }) => seq === body.corrects && author === by.party),
        'corrects',
      )
      return {}
    },
    data: ({ command: { body } }) => ({ corrects: body.corrects }),
  },
  strike: {
    target(state, command) {
      const own = state.written.filter((section) => section.by === command.by.party)
      requireTarget(
        command.body.strikes.every((sec) => own.some((section) => section.sec === sec)),
        'strikes',
      )
      return { destroys: { sections: withLabels(state, command) } }
    },
    data: ({ state, command }) => ({ strikes: withLabels(state, command) }),
  },
}
