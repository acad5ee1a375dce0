import { QueryCommand } from '@aws-sdk/client-dynamodb'
import { GenerateMacCommand } from '@aws-sdk/client-kms'
import { afterAll, beforeAll, expect, test } from 'vitest'
import deployment from '../../../cdk.json' with { type: 'json' }
import { tables } from '../../../schemas/deployment/tables.ts'
import { consent, filingWith, iom, legalDuty } from '../../parts/bodies.ts'
import { daysAhead } from '../../parts/days-ahead.ts'
import { refusalOf } from '../../parts/desk.ts'
import { clientsOf, outcomeOf, sessionOf } from '../../parts/function-clients.ts'
import { compared, filingOf, searchAs } from '../../parts/likenesses.ts'
import { fileOne, type OwnStack, startRunning, until } from '../../parts/running-stack.ts'
import { bodies, withdrawalOf } from '../../parts/todays-bodies.ts'

const { lockDays, missionDays } = deployment.context.rota.limits
let running: OwnStack
let clock: ReturnType<typeof daysAhead.open>
beforeAll(async () => {
  clock = daysAhead.open()
  running = await startRunning({
    replace: {
      ...daysAhead.replace,
      'functions/api/matching/partition.ts': 'test/parts/replacements/every-partition.ts',
    },
  })
})
afterAll(() => running.stop())

const named = (family: string, year: number) => ({ name: { family, given: 'Irina' }, birth: { year } })

/** The hash keys of the rows of tags that have to do with a return. */
const tagsOf = async (ret: string) =>
  (await running.stored.rows('tags'))
    .filter((row) => [row.tag?.S, row.of?.S].includes(ret))
    .map(({ tag }) => tag?.S ?? '')
    .sort()

test('a mission cannot read what all are compared by: with our own choice gone the policies still refuse', async () => {
  await fileOne(await running.desk('istanbul'), filingOf(named('Ascunsa', 1990)))
  const rome = await running.desk('rome')
  expect((await refusalOf(searchAs(rome, named('Ascunsa', 1990)))).code).toBe('internal')
  await until('The denial was not logged.', async () =>
    /"error":"AccessDeniedException"/.test(running.logs()),
  )
  // IOM may, and finds it once its worklist names it.
  await running.settled()
  expect((await searchAs(await running.desk('iom'), named('Ascunsa', 1990))).found).toHaveLength(1)
})

test('no session reads another’s rows, and only who files and searches makes tags', async () => {
  const { template } = running.stack
  const query = (clients: Awaited<ReturnType<typeof sessionOf>>, tag: string) =>
    outcomeOf(
      clients.db.send(
        new QueryCommand({
          TableName: template.nameOf('TagsTable'),
          KeyConditionExpression: '#tag = :tag',
          ExpressionAttributeNames: { '#tag': tables.tags.hash },
          ExpressionAttributeValues: { ':tag': { S: tag } },
        }),
      ),
    )
  const rome = await sessionOf(running.stack, 'mission', '19B6')
  const centre = await sessionOf(running.stack, 'centre', 'S0DS')
  const denied = 'AccessDeniedException'
  expect(await query(rome, 'mission:19B6#idnp#X')).toBe('allowed')
  for (const tag of ['all#idnp#X', 'mission:1XGE#idnp#X', `1XGE${'0'.repeat(26)}`])
    expect([tag, await query(rome, tag)]).toEqual([tag, denied])
  expect(await query(centre, 'all#idnp#X')).toBe('allowed')
  // It keeps the lists of returns that it took over, and IAM knows no more of those than how long an id is.
  expect(await query(centre, `EJ6Z${'0'.repeat(26)}`)).toBe('allowed')
  expect(await query(centre, 'mission:1XGE#idnp#X')).toBe(denied)
  const partner = await sessionOf(running.stack, 'partner', 'EJ6Z')
  expect(await query(partner, `EJ6Z${'0'.repeat(26)}`)).toBe('allowed')
  for (const tag of ['all#idnp#X', 'mission:1XGE#idnp#X', `1XGE${'0'.repeat(26)}`])
    expect([tag, await query(partner, tag)]).toEqual([tag, denied])
  const make = (clients: Awaited<ReturnType<typeof sessionOf>>) =>
    outcomeOf(
      clients.kms.send(
        new GenerateMacCommand({
          KeyId: template.arnOf('TagKey'),
          Message: Buffer.from('x'),
          MacAlgorithm: 'HMAC_SHA_256',
        }),
      ),
    )
  for (const session of [rome, centre, partner]) expect(await make(session)).toBe('allowed')
  for (const name of ['consular', 'ministry', 'oversight', 'matching', 'watch', 'relay', 'inbox', 'figures'])
    expect([name, await make(clientsOf(running.stack, name))]).toEqual([name, denied])
})

test('what is amended is found as it is now, and no longer as it was', async () => {
  const [mission, other] = [await running.desk('istanbul'), await running.desk('iom')]
  const ret = await fileOne(mission, filingOf(named('Gresita', 1985)))
  await running.settled()
  const before = await tagsOf(ret)
  const { sections } = await mission.open(ret, ['identity'])
  const { identity } = filingOf(named('Corecta', 1985))
  await mission.command(ret, 'amend', { slot: 'person', supersedes: sections[0]?.sec, identity })
  expect((await searchAs(other, named('Gresita', 1985))).found).toEqual([])
  expect((await searchAs(other, named('Corecta', 1985))).found).toHaveLength(1)
  const after = await tagsOf(ret)
  expect(after).toHaveLength(before.length)
  // The given name stayed, and so did its tag.
  const kept = after.filter((tag) => tag !== ret && before.includes(tag))
  expect(kept.every((tag) => tag.includes('#part#'))).toBe(true)
  expect(kept).toHaveLength(2)
})

test('the tags of a person who is struck die in the same moment, the posts’ that took over within a minute', async () => {
  const [mission, ankara] = [await running.desk('istanbul'), await running.desk('ankara')]
  const ret = await fileOne(mission, filingOf({ ...named('Stearsa', 1986), idnp: '2000000000004' }))
  await mission.command(ret, 'hand-over-case', {
    to: ankara.party,
    case: { recipient: ankara.party, basis: legalDuty },
  })
  await running.settled()
  await ankara.command(ret, 'accept-case')
  await compared(running)
  const partitions = async () =>
    [...new Set((await tagsOf(ret)).map((tag) => tag.split('#')[0] ?? ''))].sort()
  expect(await partitions()).toEqual([ret, 'all', mission.party, ankara.party].sort())

  const { sections } = await ankara.open(ret, ['identity'])
  await ankara.command(ret, 'amend', { slot: 'person', identity: filingOf(named('Noua', 1986)).identity })
  await ankara.command(ret, 'strike', {
    strikes: (await ankara.open(ret, ['identity'])).sections.map(({ sec }) => sec).slice(-1),
  })
  await compared(running)
  expect((await tagsOf(ret)).filter((tag) => tag.startsWith('all#name#'))).toHaveLength(1)
  expect((await tagsOf(ret)).filter((tag) => tag.startsWith(`${ankara.party}#name#`))).toHaveLength(1)
  // What another section that stands was made into stays.
  expect(await tagsOf(ret)).toContainEqual(expect.stringMatching(/^all#idnp#/))
  expect(sections).toHaveLength(1)
})

test('every tag of a return that is erased is gone', async () => {
  const mission = await running.desk('istanbul')
  const ret = await fileOne(mission, filingOf(named('Uitata', 1987), filingWith([[iom, consent]])))
  await (await running.desk('iom')).command(ret, 'arrive', bodies.arrive)
  await mission.command(ret, 'withdraw', withdrawalOf(iom))
  await running.settled()
  await running.stack.tick('matching')
  // The list, and both names, the family name, the given name and two beginnings, each for all and for the post.
  expect((await tagsOf(ret)).length).toBe(11)
  for (const days of [missionDays + 1, missionDays + lockDays + 2]) {
    clock.be(days)
    await running.stack.tick('watch')
    await running.settled()
  }
  clock.be(0)
  const types = (await mission.events(ret)).events.map(({ type }) => type)
  expect(types).toContain('erased')
  expect(await tagsOf(ret)).toEqual([])
  expect((await running.stored.rows('sealed', ret)).map(({ section }) => section?.S)).not.toContainEqual(
    expect.stringMatching(/^identity#/),
  )
})
