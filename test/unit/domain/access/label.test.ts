import { expect, test } from 'vitest'
import { labelOf } from '../../../../functions/domain/access/label.ts'
import { isRefusal } from '../../../../schemas/api/problems.ts'
import { ageBandsOf } from '../../../../schemas/values/ages.ts'
import { filingWith, type Person, sample, today } from '../../../parts/bodies.ts'
import { filed, keptIn } from '../../../parts/domain-return.ts'

const births: [birth: Person['birth'], bands: string[]][] = [
  [{ on: '2026-11-21' }, ['0-5']],
  [{ on: '2020-11-22' }, ['0-5']],
  [{ on: '2020-11-21' }, ['6-11']],
  [{ on: '2014-11-21' }, ['12-15']],
  [{ on: '2010-11-21' }, ['16-17']],
  [{ on: '2008-11-22' }, ['16-17']],
  [{ on: '2008-11-21' }, ['18-24']],
  [{ on: '2001-11-22' }, ['18-24']],
  [{ on: '2001-11-21' }, ['25-34']],
  [{ on: '1991-11-21' }, ['35-49']],
  [{ on: '1976-11-21' }, ['50-64']],
  [{ on: '1961-11-22' }, ['50-64']],
  [{ on: '1961-11-21' }, ['65+']],
  [{ year: 2008 }, ['16-17', '18-24']],
  [{ year: 2000 }, ['25-34']],
  [{ year: 2026 }, ['0-5']],
  [{ aged: 17 }, ['16-17']],
  [{ aged: 18 }, ['18-24']],
  [{ aged: 120 }, ['65+']],
]

test.each(births)('a birth %j allows %j', (birth, bands) => {
  expect(ageBandsOf(birth, today)).toEqual(bands)
})

const labels: [person: Partial<Person>, label: Record<string, string>][] = [
  [{}, { initials: 'P. E.', idnpEnd: '004', ageBand: '25-34' }],
  [{ idnp: undefined }, { initials: 'P. E.', ageBand: '25-34' }],
  [{ name: { family: 'Țurcan', given: 'Ștefania-Ana' } }, { initials: 'Ș. Ț.' }],
  [{ name: { family: 'Іванова', given: 'Юлия' } }, { initials: 'Ю. І.' }],
  [{ name: { family: '𐐀bc', given: '𐐁de' } }, { initials: '𐐁. 𐐀.' }],
  [{ name: 'not-known' }, { initials: '–' }],
  [{ birth: { year: 2008 } }, { ageBand: '16-17' }],
]

test.each(labels)('the label of %j shows %j', (person, label) => {
  const shown = labelOf({ ...sample.identity, ...person }, today)
  expect(shown).toMatchObject(label)
  if (person.idnp === undefined && 'idnp' in person) expect(shown).not.toHaveProperty('idnpEnd')
})

test('a label never holds a name, a birth or a whole number', () => {
  const labels = JSON.stringify(keptIn(filed(), 'label'))
  for (const secret of ['Exemplescu', 'Proba', '2000000000004', '1999-01-01'])
    expect(labels).not.toContain(secret)
})

test('a filing whose age band contradicts the birth is refused with both fields', () => {
  try {
    filed(filingWith(undefined, { ageBand: '16-17' }))
    expect.unreachable()
  } catch (error) {
    if (!isRefusal(error)) throw error
    expect([error.code, error.detail]).toEqual(['bad-input', { fields: ['case.ageBand', 'identity.birth'] }])
  }
})

const unborn: [birth: Person['birth'], code: string][] = [
  [{ on: '2026-11-21' }, 'accepted'],
  [{ on: '2026-11-23' }, 'bad-input'],
  [{ on: '2099-01-01' }, 'bad-input'],
  [{ year: 2026 }, 'accepted'],
  [{ year: 2027 }, 'bad-input'],
  [{ aged: 0 }, 'accepted'],
]

test.each(unborn)('a filing on 2026-11-21 of a person born %j is answered with %s', (birth, code) => {
  const filing = filingWith(undefined, { ageBand: 'not-known' })
  try {
    filed({ ...filing, identity: { ...filing.identity, birth } })
    expect(code).toBe('accepted')
  } catch (error) {
    if (!isRefusal(error)) throw error
    expect([error.code, error.detail]).toEqual([code, { fields: ['identity.birth'] }])
  }
})

test('an unknown age band contradicts no birth', () => {
  expect(filed(filingWith(undefined, { ageBand: 'not-known' })).events).toHaveLength(1)
})
