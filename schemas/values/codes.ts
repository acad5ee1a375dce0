import * as z from 'zod/mini'

/** ISO 3166-1 alpha-2, as assigned in 2025. */
export const countries =
  'AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW'.split(
    ' ',
  )
export const country = z.enum(countries)

/** ISO 639-1. */
const languages1 =
  'aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu'.split(
    ' ',
  )
/**
 * Languages that ISO 639-1 lacks and that people who return speak (ISO 639-3): Romani, Gagauz, and the sign languages of
 * Moldova, Romania, Russia and Ukraine. By ISO 639-2: `sgn` another sign language, `mis` a language that is not in this
 * list, `und` not known.
 */
const languagesBesides = ['rom', 'gag', 'vsi', 'rms', 'rsl', 'ukl', 'sgn', 'mis', 'und']
export const languageCodes = [...languages1, ...languagesBesides]
export const language = z.enum(languageCodes)

/** Beneficiaries by HG 948/2008 as amended by HG 875/2018; a potential victim is one of the Centre's. */
export const categories = [
  'victim',
  'potential-victim',
  'person-in-difficulty',
  'unaccompanied-child',
] as const
export const category = z.enum(categories)

export const urgency = z.enum(['none', 'medical', 'authority-deadline', 'danger-today'])

export const ageBand = z.enum([
  '0-5',
  '6-11',
  '12-15',
  '16-17',
  '18-24',
  '25-34',
  '35-49',
  '50-64',
  '65+',
  'not-known',
])
export const sex = z.enum(['female', 'male', 'other', 'not-known'])

export const referrer = z.enum([
  'host-police',
  'host-social-service',
  'hospital',
  'ngo',
  'hotline',
  'iom',
  'another-mission',
  'relatives',
  'the-person',
  'other',
  // Inside the country.
  'police',
  'guardianship-authority',
  'district-specialist',
  'social-worker',
])

/** Where the person chose to go after the arrival. The Centre is an offer; `none` is an answer too. */
export const reception = z.enum(['centre', 'home', 'elsewhere', 'none', 'not-asked'])

const arrivalPoints = [
  'RMO',
  'leuseni',
  'sculeni',
  'leova',
  'cahul',
  'costesti',
  'lipcani',
  'otaci',
  'palanca',
  'tudora',
  'giurgiulesti',
  'other',
] as const

/**
 * Where a journey enters Moldova: the airport and the crossings of Romania and Ukraine. The airport is RMO since
 * 18 January 2024; tickets and papers still say KIV, which is kept as RMO.
 */
export const arrivalPoint = z.pipe(
  z.enum([...arrivalPoints, 'KIV']),
  z.transform((point) => (point === 'KIV' ? 'RMO' : point)),
)

/** Services of the Centre. */
export const service = z.enum([
  'medical',
  'psychological',
  'legal',
  'social',
  'documents',
  'education',
  'work',
  'recreation',
  'children',
])

/** Why a party opens sections: the short list of the page "Show". */
export const openingReason = z.enum([
  'prepare-travel',
  'prepare-arrival',
  'check-identity',
  'assess-risk',
  'answer-question',
  'person-present',
  'urgent',
  'review',
])

/**
 * What the parties on a return have to know at once. Of `way-reported` the section says what happened. The last two: a
 * fact was reported before the step that should precede it.
 */
export const alert = z.enum([
  'did-not-come',
  'contact-lost',
  'in-hospital',
  'way-reported',
  'left-unconfirmed',
  'came-unannounced',
])
export type Alert = z.infer<typeof alert>

/**
 * Gates that can be overridden (who may: `schemas/procedure/gates.ts`). The person's own wish, the ministry's decision and a
 * child's companion cannot.
 */
export const overridable = [
  'document-valid',
  'exit-checked',
  'risk-assessed',
  'funded',
  'place-held',
  'fit-to-travel',
  'child-protected',
  'parent-papers',
] as const

/** Two returns of one person: filed twice at the same time, or one after the other. */
export const linkKind = z.enum(['same', 'repeat'])

/** Which of two linked returns may be void: this one, the other one, one of the two, or none. */
export const returnToEnd = z.enum(['this', 'other', 'either', 'none'])

/** Outcomes of a return. How a return ended otherwise is sealed. */
export const outcomes = ['admitted', 'referred-home', 'cancelled', 'ended-otherwise'] as const
export type ReturnOutcome = (typeof outcomes)[number]
