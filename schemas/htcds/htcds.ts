import type { Phase } from '../procedure/phases.ts'
import type { SectionClass } from '../values/classes.ts'
import type { HtcdsField } from './htcds-fields.ts'

/** Where a field of HTCDS 2.0 comes from: a place in the content of a slot, `[]` each item of a list. */
export interface HtcdsRow {
  cls: SectionClass
  slot: string
  path: string
  field: HtcdsField
  /** Ours, each with the standard's; what is not named here the standard has no word for. */
  values?: Readonly<Record<string, string>>
  /** Does not count where the class has a section of this slot, which says it anew. */
  unless?: string
  /** Counts only where the item's field has this value. */
  only?: readonly [field: string, value: string]
}

const organisations = {
  'host-police': 'Police',
  'host-social-service': 'NonPoliceGovernmentalOrganization',
  hospital: 'NonPoliceGovernmentalOrganization',
  'another-mission': 'NonPoliceGovernmentalOrganization',
  ngo: 'NGO',
  hotline: 'NGO',
  police: 'Police',
  'guardianship-authority': 'NonPoliceGovernmentalOrganization',
  'district-specialist': 'NonPoliceGovernmentalOrganization',
  'social-worker': 'NonPoliceGovernmentalOrganization',
  iom: 'Other',
  relatives: 'Other',
  'the-person': 'Other',
  other: 'Other',
}

/** What she accepted is a plan of support. */
const acceptedServices = {
  path: 'services.[].service',
  field: 'spl_Type',
  only: ['answer', 'accepted'],
  values: {
    medical: 'Health',
    psychological: 'Health',
    legal: 'Legal',
    social: 'SocialCare',
    education: 'Education',
    work: 'Livelihood',
  },
} as const satisfies Partial<HtcdsRow>

/** What of ours has a name in HTCDS 2.0. All else goes out under a prefix of our own (`ownPrefix`). */
export const htcdsRows: readonly HtcdsRow[] = [
  { cls: 'identity', slot: 'person', path: 'name.given', field: 'prs_FirstName' },
  { cls: 'identity', slot: 'person', path: 'name.second', field: 'prs_MiddleName' },
  { cls: 'identity', slot: 'person', path: 'name.family', field: 'prs_SecondName' },
  { cls: 'identity', slot: 'person', path: 'birth.on', field: 'prs_Birthdate' },
  { cls: 'identity', slot: 'person', path: 'citizenship.[]', field: 'prs_Citizenship' },
  { cls: 'identity', slot: 'person', path: 'language', field: 'prs_PrimaryLanguage' },
  { cls: 'identity', slot: 'person', path: 'idnp', field: 'prs_IdentityNumber' },
  {
    cls: 'case',
    slot: 'request',
    path: 'sex',
    field: 'prs_Gender',
    values: {
      female: 'Feminine',
      male: 'Masculine',
      other: 'NonConforming',
      'not-known': 'NonSpecifiedUnknown',
    },
  },
  {
    cls: 'case',
    slot: 'request',
    path: 'category',
    field: 'vic_TraffickingStatus',
    values: { victim: 'ActualVictimOfTrafficking', 'potential-victim': 'PossibleVictimOfTrafficking' },
  },
  { cls: 'case', slot: 'request', path: 'learnedOn', field: 'cas_IncomingReferralDate' },
  { cls: 'case', slot: 'request', path: 'referrer', field: 'cas_ReferringOrganisation' },
  {
    cls: 'case',
    slot: 'request',
    path: 'agreement.recipients.[].basis.kind',
    field: 'con_Consent',
    values: { consent: 'true' },
  },
  { cls: 'case', slot: 'home', path: 'referredTo', field: 'cas_ReferredOrganisation' },
  { cls: 'case', slot: 'home', path: 'happened.at', field: 'cas_OutgoingReferralDate' },
  { cls: 'case', slot: 'cancellation', path: 'reason', field: 'cas_ReasonForCaseClosure' },
  {
    cls: 'protection',
    slot: 'identification',
    path: 'by',
    field: 'vic_TraffickingStatusDecisionMakingOrg',
    values: organisations,
  },
  {
    cls: 'protection',
    slot: 'identification',
    path: 'indicators.[]',
    field: 'vic_MethodsOfControl',
    values: {
      'documents-taken': 'WithholdsDocuments',
      // The standard's definitions name RestrictsMovement; its list of values lacks it.
      'movement-restricted': 'Other',
      debt: 'DebtBondage',
      threats: 'PhysicalThreats',
      violence: 'PhysicalAbuse',
      'wages-withheld': 'TakesEarnings',
      deceived: 'FalsePromises',
    },
  },
  {
    cls: 'protection',
    slot: 'identification',
    path: 'exploitation.[]',
    field: 'vic_TypeOfExploitation',
    values: {
      sexual: 'SexualExploitation',
      labour: 'ForcedLabour',
      begging: 'ForcedBegging',
      'criminal-acts': 'Other',
      domestic: 'Servitude',
      other: 'Other',
    },
  },
  { cls: 'care', slot: 'intake', unless: 'services', ...acceptedServices },
  { cls: 'care', slot: 'services', ...acceptedServices },
]

/** `cas_Status` by phase: who was received is followed up. */
export function htcdsStatus(phase: Phase): string {
  switch (phase) {
    case 'closed':
    case 'cancelled':
      return 'Closed'
    case 'received':
      return 'FollowUp'
    default:
      return 'Active'
  }
}

/**
 * Prefixes of what HTCDS has no field for: the return, the journey, the hand-over, consent by recipient. A class that
 * has none stays at home: labels are derived, and notes and talk are their writers' alone.
 */
const classPrefix: Readonly<Record<SectionClass, string | undefined>> = {
  label: undefined,
  case: 'ret_',
  identity: 'ret_',
  contacts: 'ret_',
  safety: 'ret_',
  travel: 'trv_',
  protection: 'ret_',
  care: 'ret_',
  decision: 'ret_',
  note: undefined,
  talk: undefined,
}
const slotPrefix: Readonly<Record<string, string>> = {
  'case/request/agreement': 'cns_',
  'case/basis': 'cns_',
  'case/withdrawal': 'cns_',
  'case/wish': 'cns_',
  'case/asked-anew': 'cns_',
  'case/journey': 'trv_',
  'case/departure': 'trv_',
  'case/did-not-come': 'trv_',
  'case/contact-lost': 'trv_',
  'case/hospital': 'trv_',
  'care/fitness': 'trv_',
  'case/way': 'trv_',
  'case/arrival': 'hnd_',
  'case/choice': 'hnd_',
  'case/handover-confirmation': 'hnd_',
  'case/handover': 'hnd_',
  'case/home': 'hnd_',
  'case/stay': 'hnd_',
}
export const ownPrefixes = ['ret_', 'trv_', 'hnd_', 'cns_'] as const

/** The prefix of a field of ours on export; nothing where its class stays at home. */
export function ownPrefix(cls: SectionClass, slot: string, field: string): string | undefined {
  return slotPrefix[`${cls}/${slot}/${field}`] ?? slotPrefix[`${cls}/${slot}`] ?? classPrefix[cls]
}

/** Whether anything of a class goes out in a record of the standard. */
export const exportsFrom = (cls: SectionClass) => classPrefix[cls] !== undefined

/** Languages that ISO 639-2 has no code for, by its code of their group; the record also says which it is (`ret_`). */
export const languageGroups: Readonly<Record<string, string>> = {
  gag: 'tut',
  vsi: 'sgn',
  rms: 'sgn',
  rsl: 'sgn',
  ukl: 'sgn',
}

/** Our codes of languages as ISO 639-2 (terminology codes), which HTCDS asks for. */
export const languages3: Readonly<Record<string, string>> = {
  ...languageGroups,
  ...Object.fromEntries(
    'aa:aar ab:abk ae:ave af:afr ak:aka am:amh an:arg ar:ara as:asm av:ava ay:aym az:aze ba:bak be:bel bg:bul bi:bis bm:bam bn:ben bo:bod br:bre bs:bos ca:cat ce:che ch:cha co:cos cr:cre cs:ces cu:chu cv:chv cy:cym da:dan de:deu dv:div dz:dzo ee:ewe el:ell en:eng eo:epo es:spa et:est eu:eus fa:fas ff:ful fi:fin fj:fij fo:fao fr:fra fy:fry ga:gle gd:gla gl:glg gn:grn gu:guj gv:glv ha:hau he:heb hi:hin ho:hmo hr:hrv ht:hat hu:hun hy:hye hz:her ia:ina id:ind ie:ile ig:ibo ii:iii ik:ipk io:ido is:isl it:ita iu:iku ja:jpn jv:jav ka:kat kg:kon ki:kik kj:kua kk:kaz kl:kal km:khm kn:kan ko:kor kr:kau ks:kas ku:kur kv:kom kw:cor ky:kir la:lat lb:ltz lg:lug li:lim ln:lin lo:lao lt:lit lu:lub lv:lav mg:mlg mh:mah mi:mri mk:mkd ml:mal mn:mon mr:mar ms:msa mt:mlt my:mya na:nau nb:nob nd:nde ne:nep ng:ndo nl:nld nn:nno no:nor nr:nbl nv:nav ny:nya oc:oci oj:oji om:orm or:ori os:oss pa:pan pi:pli pl:pol ps:pus pt:por qu:que rm:roh rn:run ro:ron ru:rus rw:kin sa:san sc:srd sd:snd se:sme sg:sag si:sin sk:slk sl:slv sm:smo sn:sna so:som sq:sqi sr:srp ss:ssw st:sot su:sun sv:swe sw:swa ta:tam te:tel tg:tgk th:tha ti:tir tk:tuk tl:tgl tn:tsn to:ton tr:tur ts:tso tt:tat tw:twi ty:tah ug:uig uk:ukr ur:urd uz:uzb ve:ven vi:vie vo:vol wa:wln wo:wol xh:xho yi:yid yo:yor za:zha zh:zho zu:zul rom:rom sgn:sgn mis:mis und:und'
      .split(' ')
      .map((pair) => pair.split(':')),
  ),
}
