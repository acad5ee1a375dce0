import { describe, expect, test } from 'vitest'
import deployment from '../../../cdk.json' with { type: 'json' }
import { pageLanguageOf, pageLanguages } from '../../../infra/local/gateway/page-language.ts'
import { seededUsers } from '../../../infra/local/sample/seeded-users.ts'
import { signInPage } from '../../../infra/local/sign-in/sign-in-pages.ts'
import { templateWith } from '../parts/made-up-resources.ts'

const { missions, partners } = deployment.context
const groups = [
  ...['consular', 'iom', 'centre:C0MT', 'ministry', 'oversight'],
  ...missions.map(({ code }) => `mission:${code}`),
  ...partners.map(({ code }) => `partner:${code}`),
]
const groupResources = groups.map((name, index) => [
  `Group${index}`,
  { Type: 'AWS::Cognito::UserPoolGroup', Properties: { GroupName: name } },
])
const users = seededUsers(templateWith(Object.fromEntries(groupResources)))
const nobody = { name: 'zamfira', fullName: '', party: '', groups: [] }

describe.each(pageLanguages)('in %s', (language) => {
  const page = signInPage([...users, nobody], language)
  const words = page.replace(/<style>.*<\/style>/s, '').replace(/<[^>]*>/g, ' ')

  test('the sign-in page has a button for each user, and names people and organisations in words', () => {
    for (const { name, fullName, party } of users) {
      expect(page).toContain(`value="${name}">${fullName}</button>`)
      if (party.includes(':')) expect(words).not.toContain(party)
    }
    expect(words).not.toMatch(/\b(?:istanbul|iom-duty|role:|undefined)/)
    expect(page).toContain('value="zamfira">zamfira</button>')
  })

  test('it shows one person of each kind of organisation, and folds the others', () => {
    const inSight = page.replace(/<details>.*?<\/details>/gs, '')
    const kinds = new Set(users.map(({ party }) => party.split(':')[0]))
    expect(inSight.match(/<button/g)).toHaveLength(kinds.size + 1)
  })

  test('it links to itself in the other languages', () => {
    expect(page).toContain(`<html lang="${language}">`)
    const others = pageLanguages.filter((other) => other !== language)
    for (const other of others) expect(page).toContain(`href="?language=${other}"`)
  })
})

test.each([
  ['/sign-in?language=ru', 'en', 'ru'],
  ['/sign-in', 'de, en-GB;q=0.8, ru;q=0.5', 'en'],
  ['/sign-in?language=fr', 'ru', 'ru'],
  ['/', undefined, 'ro'],
])('the page at %s of a browser that likes %s is in %s', (url, accepted, language) => {
  expect(pageLanguageOf({ url, headers: accepted ? { 'accept-language': accepted } : {} })).toBe(language)
})
