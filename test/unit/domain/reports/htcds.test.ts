import { expect, test } from 'vitest'
import { htcdsRecord } from '../../../../functions/domain/reports/htcds.ts'
import type { SlotContent } from '../../../../schemas/sections/sections.ts'
import type { SectionClass } from '../../../../schemas/values/classes.ts'
import { istanbul, itinerary, sample } from '../../../parts/bodies.ts'

function opened(cls: SectionClass, slot: string, content: unknown, seq = 0) {
  const section = { sec: String(seq).padStart(16, '0'), cls, slot, seq, by: istanbul }
  return { section, content }
}

const filed = [
  opened('case', 'request', sample.case),
  opened('identity', 'person', sample.identity),
  opened('protection', 'identification', {
    by: 'host-police',
    indicators: ['documents-taken', 'movement-restricted', 'none-seen'],
    exploitation: ['labour', 'domestic', 'not-known'],
  }),
]
const services: SlotContent<'care', 'intake'> = {
  services: [
    { service: 'medical', answer: 'accepted' },
    { service: 'psychological', answer: 'accepted' },
    { service: 'legal', answer: 'refused' },
    { service: 'recreation', answer: 'accepted' },
  ],
}

test('a return as filed has the names and values of the standard', () => {
  expect(htcdsRecord({ opened: filed }, 'filed')).toMatchObject({
    cas_Status: 'Active',
    prs_FirstName: 'Proba',
    prs_SecondName: 'Exemplescu',
    prs_Citizenship: ['MD'],
    prs_PrimaryLanguage: 'ron',
    prs_IdentityNumber: '2000000000004',
    prs_Gender: 'Feminine',
    vic_TraffickingStatus: 'ActualVictimOfTrafficking',
    cas_IncomingReferralDate: sample.case.learnedOn,
    con_Consent: true,
    vic_TraffickingStatusDecisionMakingOrg: 'Police',
    vic_MethodsOfControl: ['WithholdsDocuments', 'Other'],
    vic_TypeOfExploitation: ['ForcedLabour', 'Servitude'],
    cns_RequestAgreement: sample.case.agreement,
    ret_RequestUrgency: sample.case.urgency,
    // The standard's words are coarser, so ours stand beside them.
    ret_RequestCategory: 'victim',
    ret_IdentificationIndicators: ['documents-taken', 'movement-restricted', 'none-seen'],
  })
})

test('a value that the standard holds in full is not exported twice', () => {
  const record = htcdsRecord({ opened: filed }, 'filed')
  for (const name of ['ret_PersonName', 'ret_PersonIdnp', 'ret_PersonLanguage', 'ret_RequestLearnedOn'])
    expect(record).not.toHaveProperty(name)
})

test('a birth by the year alone, and statelessness, stand in our own fields', () => {
  const person = { ...sample.identity, birth: { year: 1999 }, citizenship: 'stateless', name: 'not-known' }
  const record = htcdsRecord({ opened: [opened('identity', 'person', person)] }, 'filed')
  for (const name of ['prs_Birthdate', 'prs_Citizenship', 'prs_FirstName'])
    expect(record).not.toHaveProperty(name)
  expect(record).toMatchObject({
    ret_PersonBirth: { year: 1999 },
    ret_PersonCitizenship: 'stateless',
    ret_PersonName: 'not-known',
  })
})

test('patronymic, several citizenships and a sign language: the standard has a word for each, and we keep which language', () => {
  const person = {
    ...sample.identity,
    name: { given: 'Anna', second: 'Ivanovna', family: 'Primerova-Probaru' },
    citizenship: ['MD', 'RO'],
    language: 'vsi',
  }
  const record = htcdsRecord({ opened: [opened('identity', 'person', person)] }, 'filed')
  expect(record).toMatchObject({
    prs_FirstName: 'Anna',
    prs_MiddleName: 'Ivanovna',
    prs_SecondName: 'Primerova-Probaru',
    prs_Citizenship: ['MD', 'RO'],
    prs_PrimaryLanguage: 'sgn',
    ret_PersonLanguage: 'vsi',
  })
  expect(record).not.toHaveProperty('ret_PersonName')
})

test('an accepted service is a plan of support, and a refused one is none', () => {
  const record = htcdsRecord({ opened: [opened('care', 'intake', services)] }, 'received')
  expect(record).toMatchObject({ cas_Status: 'FollowUp', spl_Type: ['Health'] })
})

test('services that are offered after the intake replace its services', () => {
  const later = { services: [{ service: 'legal', answer: 'accepted' }] }
  const record = htcdsRecord(
    { opened: [opened('care', 'intake', services), opened('care', 'services', later, 1)] },
    'received',
  )
  expect(record).toMatchObject({ spl_Type: ['Legal'] })
  const none = { services: [{ service: 'medical', answer: 'done' }] }
  expect(
    htcdsRecord(
      { opened: [opened('care', 'intake', services), opened('care', 'services', none, 1)] },
      'received',
    ),
  ).not.toHaveProperty('spl_Type')
})

test('the newest section of a slot counts', () => {
  const amended = opened('identity', 'person', { ...sample.identity, idnp: undefined, language: 'ru' }, 4)
  const record = htcdsRecord({ opened: [...filed, amended] }, 'closed')
  expect(record).toMatchObject({ cas_Status: 'Closed', prs_PrimaryLanguage: 'rus' })
  expect(record).not.toHaveProperty('prs_IdentityNumber')
})

test('the journey, the hand-over and a change of consent have prefixes of ours', () => {
  const happened = {
    at: '2026-12-05T16:20',
    zone: 'Europe/Chisinau',
    known: 'exactly',
    reportedBy: 'own-officer',
  }
  const record = htcdsRecord(
    {
      opened: [
        opened('travel', 'itinerary', itinerary),
        opened('case', 'handover', { happened, from: 'iom', to: 'centre', sides: 'both' }),
        opened('case', 'withdrawal', { recipient: 'ministry', by: 'self', on: '2026-12-01' }),
      ],
    },
    'received',
  )
  expect(record).toMatchObject({
    trv_ItineraryArrivesAt: 'RMO',
    hnd_HandoverSides: 'both',
    cns_WithdrawalRecipient: 'ministry',
  })
})

test('labels, notes and talk are not exported, nor is anything that was not opened', () => {
  const private_ = [
    opened('label', 'label', { initials: 'P. E.', ageBand: '25-34' }),
    opened('note', 'note', { text: 'Called.' }),
    opened('talk', 'question', { text: 'Which document?' }),
  ]
  expect(htcdsRecord({ opened: private_ }, 'accepted')).toEqual({ cas_Status: 'Active' })
})
