import { describe, expect, test } from 'vitest'
import { findingsIn } from '../../../functions/checks/check-body.ts'
import { isIdnp } from '../../../functions/checks/idnp.ts'
import { formDataOf, progressOf } from '../../../functions/desk/filing/progress.ts'
import { commandBodies } from '../../../infra/local/sample/command-bodies.ts'
import { personFiling } from '../../../infra/local/sample/filing.ts'
import { month } from '../../../infra/local/sample/month.ts'
import { idnps, madeUpPerson } from '../../../infra/local/sample/people.ts'
import { samplePosts } from '../../../infra/local/sample/posts.ts'
import { situations } from '../../../infra/local/sample/situations.ts'
import { unfinishedDraftBody, unfinishedDrafts } from '../../../infra/local/sample/unfinished-drafts.ts'
import { draftBody } from '../../../schemas/api/drafts.ts'
import { requestBody } from '../../../schemas/commands/bodies.ts'
import { type CommandName, commandShape } from '../../../schemas/commands/commands.ts'

test('the numbers of made-up people are of a series that no register gives, and their check digits hold', () => {
  for (const number of idnps) {
    expect(number).toMatch(/^20000000\d{5}$/)
    expect(isIdnp(number)).toBe(true)
  }
  expect(new Set(idnps).size).toBe(idnps.length)
})

test('every family name says that it is made up, and few are called the same', () => {
  const made =
    /^(Exempl|Plăsmui|Închipui|Prob|Mostr|Născoci|Ficț|Пример|Выдумк|Образц|Небылиц|Пробник|Вигадан|Зразк)/
  for (const sex of ['female', 'male'] as const) {
    const people = Array.from({ length: 100 }, (_, n) => madeUpPerson(n, sex))
    for (const { family } of people) expect(family).toMatch(made)
  }
  const names = Array.from({ length: 40 }, (_, n) => madeUpPerson(n, 'female')).map(
    ({ family, given }) => `${given} ${family}`,
  )
  expect(new Set(names).size).toBeGreaterThan(30)
})

describe.each(Object.entries(situations))('%s', (_, said) => {
  test('can be filed from every post', () => {
    for (const [n, post] of Object.values(samplePosts).entries()) {
      const body = { persons: [personFiling(n, madeUpPerson(n, said.sex), said, post)] }
      expect(requestBody.safeParse(body).error?.issues ?? []).toEqual([])
    }
  })
})

test.each(month.map((request, index) => [index, request] as const))(
  'the checks find nothing in what the sample sends, return %i of the month',
  async (number, { post: at, situation: name, journeyDay = 14, room }) => {
    const [post, situation] = [samplePosts[at], situations[name]]
    const filing = personFiling(number, madeUpPerson(number, situation.sex), situation, post)
    const now = Date.now()
    expect(await findingsIn('file', 'mission', filing, { now })).toEqual([])
    // What happens on a journey that is still to come, nobody tells.
    const report = Object.entries(commandBodies).filter(
      ([command]) => journeyDay <= 0 || commandShape(command as CommandName).states !== 'fact',
    )
    for (const [command, bodyFor] of report) {
      const body = bodyFor({ number, post, situation, journeyDay, room })
      const circumstances = { now, before: new Map([['identity/person', filing.identity]]) }
      expect([command, await findingsIn(command as CommandName, 'iom', body, circumstances)]).toEqual([
        command,
        [],
      ])
    }
  },
)
test('people of the month are as people are: with one name, a double one, several citizenships, a sign language', () => {
  const { mother } = situations
  const people = Array.from({ length: 60 }, (_, n) => {
    const person = madeUpPerson(n, 'female')
    return personFiling(n, person, { ...mother, childrenAges: [0] }, samplePosts.istanbul)
  })
  for (const body of people)
    expect(requestBody.safeParse({ persons: [body] }).error?.issues ?? []).toEqual([])
  const has = (is: (person: (typeof people)[number]) => unknown) => people.some((person) => is(person))
  expect([
    has(({ identity: { name } }) => !('given' in name)),
    has(({ identity: { name } }) => !('family' in name)),
    has(({ identity: { name } }) => name.family?.includes('-')),
    has(({ identity: { name } }) => 'second' in name),
    has(({ identity: { citizenship } }) => citizenship.length > 1),
    has(({ identity: { language } }) => language === 'vsi'),
    has(({ contacts: { children } }) => children.some((child) => !('name' in child))),
  ]).toEqual(Array.from({ length: 7 }, () => true))
})

test('the month is of posts, situations and turns that are there, and more than twelve posts', () => {
  expect(new Set(month.map(({ post }) => post)).size).toBeGreaterThan(12)
  expect(month.filter(({ persons }) => persons !== undefined)).toHaveLength(2)
})

test.each(unfinishedDrafts.map((draft) => [draft.user, unfinishedDraftBody(draft)] as const))(
  'the draft of %s can be kept, and is one that the desk goes on with',
  (_, draft) => {
    const { content } = draftBody.parse(draft)
    const typed = formDataOf(content)
    expect([...typed.keys()]).toEqual(Object.keys(content))
    expect([...progressOf('mission', typed, 0).values()]).toContain('in-progress')
  },
)
