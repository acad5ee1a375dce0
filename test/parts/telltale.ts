import { type Filing, sample } from './bodies.ts'

/** What stands in every field of a telltale body: found in an answer or a log, it came from what was sent. */
export const telltale = /kanar|2009999999991|447700900777|1971-03-04/i

/** The sample person with a telltale in every field that takes a text, a number or a day. */
export const telltaleFiling: Filing = {
  ...sample,
  case: { ...sample.case, place: 'Kanarograd', ageBand: '50-64' },
  identity: {
    ...sample.identity,
    name: { family: 'Kanarescu', given: 'Kanaria' },
    birth: { on: '1971-03-04' },
    idnp: '2009999999991',
    documents: [{ type: 'passport', number: 'KANAR 17', country: 'MD' }],
  },
  contacts: {
    persons: [{ name: 'Kanarina', relation: 'sibling', phone: '+447700900777', mayContact: false }],
    children: [{ name: 'Kanarel' }],
    remarks: 'Kanar remarks.',
  },
  safety: { ...sample.safety, mustNotKnow: ['Kanar must not know.'], safeWay: 'Through Kanar.' },
  protection: { ...sample.protection, remarks: 'Kanar saw it.' },
  care: { ...sample.care, medicine: 'Kanarol, twice a day.', remarks: 'Kanar cares.' },
}
