import { access, membership, returnAnswer } from '../../schemas/api/answers.ts'
import { auditKinds } from '../../schemas/api/audit.ts'
import { accessFlaws, eventFlaws, headFlaws } from '../../schemas/api/check.ts'
import { dayBands, dimensions, figureScopes, placeBands } from '../../schemas/api/figures.ts'
import { matchDecision, matchesState, matchReason, matchRecord } from '../../schemas/api/matches.ts'
import { factorReason, personActions, rosterRecord } from '../../schemas/api/people.ts'
import { problemCodes } from '../../schemas/api/problems.ts'
import { recordedOperations } from '../../schemas/api/refusals.ts'
import { exportFor } from '../../schemas/api/requests.ts'
import { traitKinds } from '../../schemas/api/search.ts'
import { workFlag } from '../../schemas/api/work.ts'
import { commandNames } from '../../schemas/commands/commands.ts'
import { rotaConfig } from '../../schemas/deployment/rota.ts'
import { eventData } from '../../schemas/events/event-data.ts'
import { eventTypes } from '../../schemas/events/events.ts'
import { escalationNames } from '../../schemas/events/watch-events.ts'
import { gateNames } from '../../schemas/procedure/gates.ts'
import { phases } from '../../schemas/procedure/phases.ts'
import { procedures } from '../../schemas/procedure/procedure.ts'
import { taskNames } from '../../schemas/procedure/tasks.ts'
import { waysIn } from '../../schemas/procedure/ways.ts'
import { workItemNames } from '../../schemas/procedure/work-items.ts'
import { sections } from '../../schemas/sections/sections.ts'
import { checkNames } from '../../schemas/values/checks.ts'
import { dataClassNames, sectionClassNames } from '../../schemas/values/classes.ts'
import { alert, linkKind, outcomes, returnToEnd } from '../../schemas/values/codes.ts'
import { authorRoles, holderKinds, partnerKinds, partyKindNames } from '../../schemas/values/parties.ts'
import { rota as deployed } from './rota.ts'
import { leavesOf } from './schema-walk.ts'

type Form = Parameters<typeof leavesOf>[0]

/** What forms can hold at the ends of a name. Throws where they have none: the list would be empty and no test of it. */
function valuesOf(name: string, ...forms: readonly Form[]): string[] {
  const values = forms
    .flatMap((form) => leavesOf(form))
    .filter(({ path }) => path.findLast((step) => step !== '[]' && step !== '{}') === name)
    .flatMap((leaf) => (leaf.values ?? []).map(String))
  if (values.length === 0) throw new Error(`Nothing in the contract is called ${name}.`)
  return [...new Set(values)]
}

const steps = procedures.flatMap(({ steps: own }) =>
  Object.values(own).flatMap((item) => Object.values(item)),
)

/** Every closed list of the contract that a page shows, by the name of its words in `codes`. */
export const lists: Readonly<Record<string, readonly string[]>> = {
  access: auditKinds,
  accountReason: [...factorReason.options, ...personActions.disable.shape.reason.options],
  operation: recordedOperations,
  alert: alert.options,
  alertEnd: valuesOf('reason', sections.case['alert-end']),
  answer: [...valuesOf('answer', returnAnswer, eventData['withdrawal-answered']), 'none'],
  basis: steps.map(({ basis }) => basis),
  calendar: steps.flatMap(({ deadline }) => deadline?.calendar ?? []),
  check: checkNames,
  class: dataClassNames,
  command: commandNames,
  done: commandNames,
  dayBand: dayBands,
  action: valuesOf('action', rosterRecord),
  dimension: dimensions,
  enabled: ['false', 'true'],
  event: eventTypes,
  exportFor: exportFor.options,
  figureScope: figureScopes,
  flag: workFlag.options,
  flaw: [...eventFlaws, ...headFlaws, ...accessFlaws],
  gate: gateNames,
  basisStatus: valuesOf('recipients', returnAnswer),
  holder: [...holderKinds, ...valuesOf('party', matchRecord, rosterRecord)].filter(
    (kind) => !partyKindNames.some((party) => party === kind),
  ),
  line: deployed.calls.map(({ line }) => line),
  link: linkKind.options,
  toEnd: returnToEnd.options,
  match: [...valuesOf('state', matchRecord), ...valuesOf('answer', matchDecision)],
  matchReason: matchReason.options,
  matchesState: matchesState.options,
  item: escalationNames,
  outcome: outcomes,
  partner: partnerKinds,
  party: [...partyKindNames, ...steps.map(({ owner }) => owner)],
  phase: phases,
  placeBand: placeBands,
  problem: problemCodes,
  reason: valuesOf('reason', access),
  role: authorRoles,
  ruling: valuesOf('ruling', returnAnswer),
  slot: sectionClassNames.flatMap((cls) => Object.keys(sections[cls])),
  membership: membership.options,
  step: valuesOf('step', returnAnswer, ...Object.values(eventData)),
  task: taskNames,
  todo: workItemNames,
  notifies: valuesOf('notifies', rotaConfig),
  trait: traitKinds,
  unit: steps.flatMap(({ deadline }) => deadline?.unit ?? []),
  urgency: ['0', '1', '2'],
  wayIn: waysIn,
}

/** Words that no page says: of a person as of a case, of an offer as of an order, of what happened as of a deed of hers. */
export const harmful = {
  en: [
    /\babscond/i,
    /\bran away\b|\brunaway\b|\bescap(?:ed|ee)/i,
    /\badmi(?:t|tted|ssion)\b/i,
    /\bno[- ]show/i,
    /\bescort/i,
    /\bdeclin/i,
    /\breject/i,
    /break[- ]glass/i,
    /\bverified\b/i,
    /\brefus\w+ the cent/i,
    /\billegal|\bdeport|\bprostitut|\bcriminal\b|\binmate|\bsuspects?\b|\bperpetrator/i,
    /describe what happened|police report|statement/i,
    /\bvictims?\b(?!.*presumed)/i,
  ],
  ro: [
    /evada|\bfugi/i,
    /\badmis|\badmite/i,
    /neprezent/i,
    /escort/i,
    /\bdeclin|\brespin/i,
    /refuz\w* (?:de )?centru/i,
    /ilegal|deporta|expulza|prostitu|deținut|infractor|bănuit|făptuitor/i,
    /descrie\w* ce s-a|plângere|proces[- ]verbal/i,
    /victim(?!\S* (?:potențial|a traficului de ființe umane \(presupus))/i,
  ],
  ru: [
    /сбежа|побег|скры(?:лась|лся)/i,
    /неявк/i,
    /эскорт|конво/i,
    /отклон|отказал/i,
    /размещена|поступила в/i,
    /нелегал|депорт|проститу|преступник|подозреваем|арестан/i,
    /опишите, что|заявление в полиц|протокол/i,
    /(?<!потенциальная )жертв(?!.*предположительно)/i,
  ],
} as const

/** What such words look like: each has to be seen. */
export const harmfulTexts = {
  en: [
    'She absconded',
    'Admitted to the Centre',
    'No-show',
    'Refused the Centre',
    'Break-glass',
    'The victim',
  ],
  ro: ['A evadat', 'Admisă la Centru', 'Neprezentare', 'A refuzat Centrul', 'Bănuită', 'Victima'],
  ru: ['Сбежала', 'Неявка', 'Эскорт', 'Отказалась от Центра', 'Подозреваемая', 'Жертва'],
} as const

/** Latin letters in a Russian text: only what has no other spelling. */
const latin = /^(?:Acasă|IDNP|MRZ|CSV|RMO|KIV|HG|MDL|EUR|TRY|titlu|de|călătorie)$/

/** Words of English that no Romanian text has, with or without its marks. */
const english =
  /(?<!\p{L})(?:the|of|and|is|was|to|for|with|who|has|have|had|this|that|your|you|by|on|at|not|it|its|what|which|when|where|how|many|does|did|no longer|person|day|name|number|need(?:s|ed)?|other|send|open|read|journey|country|known|yes|done|missing|health|help|home)(?!\p{L})/iu

/** Romanian words that lost their marks on the way. */
const unmarked =
  /(?<!\p{L})(?:si|in|fara|catre|pana|dupa|daca|tara|asa|inapoi|intoarcere|calatorie|insotitor|intrebare|numarul|orasul|raspuns|siguranta|sanatate|cetatenie|locuinta)(?!\p{L})/iu

/** A text without what is filled in, whose names are the code's. */
export const bare = (text: string) => text.replace(/\{\w+\}/g, '')

/** What of a text is not in its language. */
export const foreign = {
  ro: (text: string) =>
    [english, unmarked, /\p{Script=Cyrillic}/u].flatMap((sign) => bare(text).match(sign)?.[0] ?? []),
  ru: (text: string) => {
    const words = bare(text).match(/\p{Script=Latin}+/gu) ?? []
    const own =
      /\p{Script=Cyrillic}/u.test(bare(text)) || words.every((word) => /^(?:[A-Z]|Acasă|IDNP)$/.test(word))
    return [...words.filter((word) => !latin.test(word)), ...(own ? [] : [text])]
  },
} as const

/** What is written the same in Romanian and in English. */
export const sameInBoth =
  /^(?:[A-Z]|Acasă|Audit|Cahul|Costești|Giurgiulești|IDNP|Leova|Leușeni|Lipcani|Otaci|Palanca|Sculeni|Tudora|Medical|Social|Urgent|urgent|[Aa]dministrator)$/
