import { expect, test } from 'vitest'
import {
  bodies,
  centre,
  consent,
  everyone,
  filingWith,
  iom,
  istanbul,
  ministry,
  otherCentre,
  otherMission,
  type Person,
  type Request,
  refused,
  sample,
  taskFor,
} from '../../../parts/bodies.ts'
import {
  after,
  answerTo,
  closed,
  type DomainReturn,
  decided,
  filed,
  give,
  keptIn,
  refusalOf,
  stateOf,
  upTo,
} from '../../../parts/domain-return.ts'
import { listPlace } from '../../../parts/list-place.ts'

const secOf = (made: DomainReturn, slot: string) => keptIn(made, slot)[0]?.section.sec

const amend = (body: Record<string, unknown>, by = istanbul) => ({ name: 'amend', by, body }) as const

const family = { ...sample.contacts, remarks: 'The sister moved.' }
const renamed: Person = { ...sample.identity, name: { family: 'Modelescu', given: 'Proba' }, idnp: undefined }

test('an amendment replaces the section that it names', () => {
  const made = filed()
  const supersedes = secOf(made, 'family')
  const later = give(made, amend({ slot: 'family', contacts: family, supersedes }))
  expect(later.events.at(-1)?.data).toEqual({ slot: 'family', supersedes })
  expect(keptIn(later, 'family').map(({ content }) => content)).toEqual([family])
  expect(stateOf(later).written).toHaveLength(stateOf(made).written.length + 1)
})

test('an amendment that names no section stands beside the others', () => {
  const later = give(filed(), amend({ slot: 'family', contacts: family }))
  expect(keptIn(later, 'family').map(({ content }) => content)).toEqual([sample.contacts, family])
})

test('an amendment leaves all sections but the named one as they are', () => {
  const made = upTo('issue-document')
  const supersedes = secOf(made, 'person')
  const later = give(made, amend({ slot: 'person', identity: renamed, supersedes }))
  const others = (made: DomainReturn) =>
    stateOf(made).sections.filter(({ slot }) => slot !== 'person' && slot !== 'label')
  expect(others(later)).toEqual(others(made))
})

test.each([
  ['that is of another class', 'safety'],
  ['that is of another slot', 'check'],
])('an amendment cannot name a section %s', (_what, slot) => {
  const made = upTo('confirm-identity')
  const supersedes = secOf(made, slot)
  expect(supersedes).toBeDefined()
  const refusal = refusalOf(made, amend({ slot: 'person', identity: renamed, supersedes }))
  expect([refusal?.code, refusal?.detail.fields]).toEqual(['unknown-target', ['supersedes']])
})

test('an amendment cannot name a section that does not exist or was superseded', () => {
  const made = filed()
  const first = secOf(made, 'family')
  const body = { slot: 'family', contacts: family, supersedes: first }
  expect(answerTo(made, amend({ ...body, supersedes: 'ZZZZZZZZZZZZZZZZ' }))).toBe('unknown-target')
  expect(answerTo(give(made, amend(body)), amend(body))).toBe('unknown-target')
})

test('an amended identity replaces the label', () => {
  const made = filed()
  const later = give(made, amend({ slot: 'person', identity: renamed, supersedes: secOf(made, 'person') }))
  expect(keptIn(made, 'label').map(({ content }) => content)).toEqual([
    { initials: 'P. E.', idnpEnd: '004', ageBand: '25-34' },
  ])
  expect(keptIn(later, 'label').map(({ content }) => content)).toEqual([
    { initials: 'P. M.', ageBand: '25-34' },
  ])
  expect(keptIn(later, 'label')[0]?.readers).toEqual([istanbul, iom, centre, 'custodian'])
})

test.each([
  ['check', { identity: bodies['confirm-identity'].identity }],
  ['document', { identity: bodies['issue-document'].identity }],
  ['family', { contacts: family }],
])('an amended %s makes no label', (slot, content) => {
  const made = upTo('issue-document')
  expect(decided(made, amend({ slot, ...content })).seals.map(({ cls }) => cls)).not.toContain('label')
})

const requests: [change: string, request: typeof sample.case, code: string][] = [
  ['the place', { ...sample.case, place: 'Bursa' }, 'accepted'],
  [
    'her word',
    filingWith(everyone, { agreement: { ...sample.case.agreement, toReturn: 'no' } }).case,
    'accepted',
  ],
  ['a recipient more', filingWith([...everyone, [otherCentre, consent]]).case, 'bad-input'],
  ['a recipient less', filingWith(everyone.slice(1)).case, 'bad-input'],
  ['another ground', filingWith([[iom, refused], ...everyone.slice(1)]).case, 'bad-input'],
  [
    'the day of a consent',
    filingWith([[iom, { ...consent, on: '2026-11-19' }], ...everyone.slice(1)]).case,
    'bad-input',
  ],
]

test.each(requests)('a request is amended in %s: %s', (_change, request, code) => {
  const made = filed(filingWith())
  const refusal = refusalOf(made, amend({ slot: 'request', case: request }))
  expect(refusal?.code ?? 'accepted').toBe(code)
  if (refusal) expect(refusal.detail).toEqual({ fields: ['case.agreement.recipients'] })
})

/** A return on which another post helps. */
const helped = give(filed(filingWith()), {
  name: 'give-task',
  by: istanbul,
  body: taskFor(otherMission, 'cover-for-post'),
})
const asFiled = filingWith().case
const wordOf = (agreement: Partial<Request['agreement']>): Request => ({
  ...asFiled,
  agreement: { ...asFiled.agreement, ...agreement },
})
const reworded: [what: string, request: Request][] = [
  ['whether she wants to return', wordOf({ toReturn: 'no' })],
  ['that she cannot answer', wordOf({ toReturn: 'cannot-answer' })],
  ['in which language it was explained', wordOf({ explainedIn: 'ru' })],
]

test.each(reworded)('only the responsible post amends what the person said: %s', (_what, request) => {
  expect(answerTo(helped, amend({ slot: 'request', case: request }))).toBe('accepted')
  for (const by of [iom, centre]) {
    const refusal = refusalOf(helped, amend({ slot: 'request', case: request }, by))
    expect([by, refusal?.code, refusal?.detail]).toEqual([by, 'bad-input', { fields: ['case.agreement'] }])
  }
  expect(answerTo(helped, amend({ slot: 'request', case: request }, otherMission))).toBe('not-yours')
})

test.each([istanbul, iom, centre])('%s amends the rest of a request, and no recipient', (by) => {
  expect(answerTo(helped, amend({ slot: 'request', case: { ...asFiled, place: 'Bursa' } }, by))).toBe(
    'accepted',
  )
  for (const recipients of [
    asFiled.agreement.recipients.slice(1),
    filingWith([...everyone, [otherCentre, consent]]).case.agreement.recipients,
  ]) {
    const refusal = refusalOf(helped, amend({ slot: 'request', case: wordOf({ recipients }) }, by))
    expect(refusal?.detail).toEqual({ fields: ['case.agreement.recipients'] })
  }
})

test.each([
  ['none', 0],
  ['medical', 1],
  ['authority-deadline', 1],
  ['danger-today', 2],
] as const)(
  'a request amended to the urgency %s shows %i in clear, and the worklist follows',
  (urgency, clear) => {
    for (const before of ['none', 'danger-today'] as const) {
      const made = filed(filingWith(everyone, { urgency: before }))
      const request = filingWith(everyone, { urgency }).case
      const body = { slot: 'request', case: request, supersedes: secOf(made, 'request') }
      const later = give(made, amend(body, iom))
      expect(later.events.at(-1)?.data).toEqual({
        slot: 'request',
        supersedes: body.supersedes,
        urgency: clear,
      })
      expect(stateOf(later).urgency).toBe(clear)
      // Who amends it is not called out.
      const danger = before === 'danger-today' ? 'calls' : 'danger'
      expect(listPlace(stateOf(later), iom)[0]).toBe(clear === 2 ? danger : 'waits')
    }
  },
)

test('an amendment of another slot shows no urgency and changes none', () => {
  const made = filed()
  for (const body of [
    { slot: 'family', contacts: family },
    { slot: 'person', identity: renamed },
    { slot: 'safety', safety: sample.safety },
  ]) {
    const later = give(made, amend(body))
    expect(later.events.at(-1)?.data).toEqual({ slot: body.slot })
    expect(stateOf(later).urgency).toBe(stateOf(made).urgency)
  }
})

test('an amended person has to be confirmed again, because another name was confirmed', () => {
  const made = upTo('hold-place')
  const later = give(made, amend({ slot: 'person', identity: renamed, supersedes: secOf(made, 'person') }))
  expect([stateOf(made).identityConfirmed, stateOf(later).identityConfirmed]).toEqual([true, false])
  expect(closed(later, 'confirm-travel', iom)).toEqual(['identity-confirmed'])
  const again = after(later, [[istanbul, 'confirm-identity']])
  expect(closed(again, 'confirm-travel', iom)).toEqual([])
})

test.each([
  ['check', { identity: bodies['confirm-identity'].identity }],
  ['document', { identity: bodies['issue-document'].identity }],
  ['family', { contacts: family }],
])('an amended %s leaves the identity confirmed', (slot, content) => {
  const made = upTo('issue-document')
  expect(stateOf(give(made, amend({ slot, ...content }))).identityConfirmed).toBe(true)
})

test('an amended check confirms no identity', () => {
  const check = bodies['confirm-identity'].identity
  expect(stateOf(give(filed(), amend({ slot: 'check', identity: check }))).identityConfirmed).toBe(false)
})

test('a party that cannot read the request cannot amend it', () => {
  const blind = { opened: [], unseen: ['case'] } as const
  expect(answerTo(filed(), amend({ slot: 'request', case: sample.case }), blind)).toBe('not-readable')
})

test('a struck request is written anew with the same legal bases', () => {
  const made = filed(filingWith())
  const struck = give(made, { name: 'strike', by: istanbul, body: { strikes: [secOf(made, 'request')] } })
  const again = (bases: Parameters<typeof filingWith>[0]) =>
    amend({ slot: 'request', case: filingWith(bases).case })
  expect(answerTo(struck, again([...everyone, [otherCentre, consent]]))).toBe('bad-input')
  expect(answerTo(struck, again([[iom, refused], ...everyone.slice(1)]))).toBe('bad-input')
  for (const by of [iom, centre]) expect(answerTo(struck, { ...again(everyone), by })).toBe('bad-input')
  const written = give(struck, again(everyone))
  expect(
    stateOf(
      after(written, [
        [iom, 'acknowledge'],
        [iom, 'accept'],
      ]),
    ).phase,
  ).toBe('accepted')
})

test('a party that may write a class and not read it amends it without seeing it, before and after', () => {
  const made = filed()
  const care = { ...sample.care, stepFree: true }
  const later = give(made, amend({ slot: 'needs', care, supersedes: secOf(made, 'needs') }))
  expect(keptIn(later, 'needs').map(({ content, readers }) => [content, readers])).toEqual([
    [care, [iom, centre, 'custodian']],
  ])
  expect(later.events.at(-1)?.to).toContain(ministry)
})

test('an amendment that nobody on the return may read is refused', () => {
  const made = filed(filingWith([[ministry, consent]]))
  const refusal = refusalOf(made, amend({ slot: 'needs', care: sample.care }))
  expect([refusal?.code, refusal?.detail.fields]).toEqual(['no-reader', ['care']])
})

test('a confirmed journey has to pass the gate again when the name is amended', () => {
  const made = upTo('confirm-travel')
  const later = give(made, amend({ slot: 'person', identity: renamed, supersedes: secOf(made, 'person') }))
  expect([stateOf(later).phase, stateOf(later).identityConfirmed]).toEqual(['planned', false])
  expect(closed(later, 'confirm-travel', iom)).toEqual(['identity-confirmed'])
})

test('only the kinds of party in the table amend a slot, whatever the body says', () => {
  expect(answerTo(filed(), amend({ slot: 'risk', protection: bodies['assess-risk'].protection }))).toBe(
    'not-yours',
  )
  expect(answerTo(filed(), amend({ slot: 'person', identity: renamed }, centre))).toBe('not-yours')
})

test('an amendment with a birth in the future is refused', () => {
  const unborn: Person = { ...renamed, birth: { on: '2099-01-01' } }
  expect(answerTo(filed(), amend({ slot: 'person', identity: unborn }))).toBe('bad-input')
})
