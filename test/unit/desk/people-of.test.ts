import { expect, test } from 'vitest'
import { messagesIn } from '../../../functions/desk/messages/messages.ts'
import { initialsOf, peopleNamer } from '../../../functions/desk/return/people-of.ts'

const messages = await messagesIn('en')
const author = (user: string, party = 'iom', role = 'officer') => ({ user, party, role })
const mine = author('a0000000-1')
const colleague = author('a0000000-2')
const [first, second] = [author('b0000000-1', 'centre'), author('b0000000-2', 'centre')]
const alone = author('c0000000-1', 'ministry')
const all = [mine, colleague, second, first, second, alone]

const namer = (form: 'initials' | 'full') =>
  peopleNamer(
    { messages, me: { user: mine.user }, names: new Map([[colleague.user, 'Doina Exemplescu-Popa']]), form },
    all,
  )

test('people of the own organisation stand by initials or name, and the user is addressed', () => {
  expect(namer('initials')(mine)).toBe('you, officer, IOM')
  expect(namer('initials')(colleague)).toBe('D. E. P., officer, IOM')
  expect(namer('full')(colleague)).toBe('Doina Exemplescu-Popa, officer, IOM')
})

test('two people with one role in another organisation get numbers, one alone gets none, and no id is shown', () => {
  const nameOf = namer('full')
  expect([nameOf(second), nameOf(first)].map((text) => /no\. (\d)/.exec(text)?.[1])).toEqual(['1', '2'])
  expect(nameOf(alone)).not.toMatch(/\d/)
  for (const person of all) expect(nameOf(person)).not.toContain(person.user.slice(0, 8))
})

test('initials are whole characters, of each part of a name', () => {
  expect(initialsOf('Ștefan  Țurcanu')).toBe('Ș. Ț.')
  expect(initialsOf('𝒜nna')).toBe('𝒜.')
})
