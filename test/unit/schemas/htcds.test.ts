import { describe, expect, test } from 'vitest'
import {
  htcdsRows,
  htcdsStatus,
  languageGroups,
  languages3,
  ownPrefix,
  ownPrefixes,
} from '../../../schemas/htcds/htcds.ts'
import { htcdsFields } from '../../../schemas/htcds/htcds-fields.ts'
import { phases } from '../../../schemas/procedure/phases.ts'
import { contentOf, sections } from '../../../schemas/sections/sections.ts'
import { type DataClass, dataClassNames } from '../../../schemas/values/classes.ts'
import { countries, languageCodes } from '../../../schemas/values/codes.ts'
import { leavesOf } from '../../parts/schema-walk.ts'

/** The values that a field of the standard takes; none where it takes any text. */
function allowed(field: keyof typeof htcdsFields): readonly string[] | undefined {
  const form = htcdsFields[field]
  if (typeof form !== 'object') return undefined
  const values = 'oneOf' in form ? form.oneOf : form.manyOf
  if (values === 'countries') return countries
  return values === 'languages' ? [...new Set(Object.values(languages3))] : values.split(' ')
}

/** What of ours the standard has no word for, by the field that has words for the rest. */
const wordless: Readonly<Record<string, readonly string[]>> = {
  // Neither says whether somebody was trafficked.
  vic_TraffickingStatus: ['person-in-difficulty', 'unaccompanied-child'],
  con_Consent: ['vital-interests', 'legal-duty', 'child-protection', 'none'],
  vic_MethodsOfControl: ['minor-exploited', 'none-seen'],
  vic_TypeOfExploitation: ['not-known'],
  spl_Type: ['documents', 'recreation', 'children'],
}

describe.each(htcdsRows)('$field', ({ cls, slot, path, field, values, only }) => {
  const leaves = leavesOf(contentOf(cls, slot)).filter((leaf) => leaf.path.join('.') === path)

  test(`comes from ${cls}/${slot}/${path}, which is there`, () => {
    expect(leaves.length).toBeGreaterThan(0)
    if (!only) return
    const beside = [...path.split('.').slice(0, -1), only[0]].join('.')
    const sibling = leavesOf(contentOf(cls, slot)).find((leaf) => leaf.path.join('.') === beside)
    expect(sibling?.values).toContain(only[1])
  })

  test('has the standard’s values, and a word for each of ours that it can have', () => {
    const words = Object.values(values ?? {})
    for (const word of words) expect(allowed(field) ?? ['true']).toContain(word)
    if (!values) return
    const ours = leaves.flatMap((leaf) => leaf.values ?? [])
    expect([...Object.keys(values), ...(wordless[field] ?? [])].sort()).toEqual([...new Set(ours)].sort())
  })

  test('has words where the standard has a list, unless the list is of countries or languages', () => {
    if (!values && allowed(field)) expect(['prs_Citizenship', 'prs_PrimaryLanguage']).toContain(field)
  })
})

test('the code list is whole: 83 fields, no value twice, names as the standard has them', () => {
  const names = Object.keys(htcdsFields)
  expect(names).toHaveLength(83)
  for (const name of names) expect(name).toMatch(/^(org|prs|vic|per|cas|cco|hte|spl|con)_[A-Z][A-Za-z]+$/)
  for (const row of htcdsRows) {
    const values = allowed(row.field) ?? []
    expect(new Set(values).size).toBe(values.length)
  }
  const standing = htcdsRows.filter(({ unless }) => unless === undefined)
  expect(new Set(standing.map(({ field }) => field)).size).toBe(standing.length)
})

test('every language has its three letters, and no two have the same, unless the standard has their group only', () => {
  expect(Object.keys(languages3).sort()).toEqual([...languageCodes].sort())
  const own = Object.entries(languages3).filter(([code]) => !(code in languageGroups))
  expect(new Set(own.map(([, word]) => word)).size).toBe(own.length)
  for (const code of Object.values(languages3)) expect(code).toMatch(/^[a-z]{3}$/)
})

test.each(phases)('%s is a status of the standard', (phase) => {
  expect(allowed('cas_Status')).toContain(htcdsStatus(phase))
})

test('what has no field in the standard goes out under one of four prefixes, and three classes not at all', () => {
  const private_: readonly DataClass[] = ['label', 'note', 'talk']
  for (const cls of dataClassNames) {
    if (cls === 'log') continue
    for (const slot of Object.keys(sections[cls])) {
      const prefix = ownPrefix(cls, slot, 'any')
      if (private_.includes(cls)) expect([cls, prefix]).toEqual([cls, undefined])
      else expect(ownPrefixes).toContain(prefix)
    }
  }
  expect(ownPrefixes.some((own) => Object.keys(htcdsFields).some((name) => name.startsWith(own)))).toBe(false)
})

test.each([
  ['case', 'request', 'agreement', 'cns_'],
  ['case', 'request', 'urgency', 'ret_'],
  ['case', 'handover', 'sides', 'hnd_'],
  ['travel', 'itinerary', 'legs', 'trv_'],
] as const)('%s/%s/%s: %s', (cls, slot, field, prefix) => {
  expect(ownPrefix(cls, slot, field)).toBe(prefix)
})
