import { beforeAll, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { postsIn } from '../../schemas/api/posts.ts'
import { partnersIn } from '../../schemas/procedure/tasks.ts'
import { ofType, type Resources, resourcesOf } from './synthesized.ts'

let resources: Resources
beforeAll(async () => {
  resources = await resourcesOf()
})

test('functions see the names that they may use, by the names of schemas/deployment/settings.ts', () => {
  const seen = (id: string) => Object.keys(environmentOf(id)).sort()
  expect(seen('OversightFunction')).toEqual([
    'COUNTRIES',
    'POWERTOOLS_SERVICE_NAME',
    'ROTA',
    'STAGE',
    'TABLE_ACCESS',
    'TABLE_DELIVERIES',
    'TABLE_FIGURES',
    'TABLE_HEADS',
    'TABLE_POSTS',
    'TABLE_ROSTER',
    'TABLE_TRAIL',
    'TABLE_WORK',
    'TABLE_WORKLISTS',
  ])
  expect(seen('MissionFunction')).toEqual(
    expect.arrayContaining(['SESSION_ROLE', 'KEY_FIGURES', 'KEY_WATCH']),
  )
  expect(environmentOf('MissionFunction')).toMatchObject({ CENTRES: expect.stringMatching(partyIds) })
  const reckoning = [
    'MissionFunction',
    'ConsularFunction',
    'IomFunction',
    'CentreFunction',
    'MinistryFunction',
    'PartnerFunction',
  ]
  for (const id of reckoning)
    expect([id, environmentOf(id)]).toEqual([
      id,
      expect.objectContaining({ POSTS: '{}', NIGHT: '{"from":22,"to":6}', LOCK_DAYS: '30' }),
    ])
  for (const id of ['OversightFunction', 'RelayFunction'])
    for (const name of ['POSTS', 'PARTNERS']) expect(seen(id)).not.toContain(name)
  const valuesOf = (name: string) =>
    ofType(resources, 'AWS::Lambda::Function').flatMap(([id]) =>
      seen(id).includes(name) ? [id.replace('Function', '').toLowerCase()] : [],
    )
  const knowing = ['centre', 'consular', 'iom', 'ministry', 'mission', 'oversight', 'partner']
  expect(valuesOf('COUNTRIES').sort()).toEqual(knowing)
  expect(valuesOf('OWN_CODE')).toEqual(['iom'])
  expect(valuesOf('ROTA').sort()).toEqual(['consular', 'inbox', 'iom', 'ministry', 'oversight', 'watch'])
  expect(environmentOf('WatchFunction')).toMatchObject({
    CALL_TOPIC: '<CallTopic>',
    KEY_WATCH: '<WatchKey.Arn>',
  })
  expect(seen('RelayFunction').filter((name) => name.startsWith('KEY_') || name === 'TABLE_KEYS')).toEqual([])
})

test('the environment of each function fits the 4 kB that Lambda takes', () => {
  for (const [id] of ofType(resources, 'AWS::Lambda::Function')) {
    // References become ARNs and addresses of up to some 90 characters; that of a table its name, of up to some 50.
    const text = JSON.stringify(environmentOf(id))
      .replace(/<\w+Table>/g, 'x'.repeat(50))
      .replace(/<[^>]+>/g, 'x'.repeat(90))
    expect([id, text.length < 4096]).toEqual([id, true])
  }
})

test('posts and partners are told by id', () => {
  const { COUNTRIES, PARTNERS } = z
    .object({ COUNTRIES: z.string(), PARTNERS: z.string() })
    .parse(environmentOf('MissionFunction'))
  const posts = postsIn(COUNTRIES)
  expect(Object.keys(posts)).toHaveLength(44)
  expect(posts['19B6']).toEqual(['IT', 'MT', 'SM'])
  expect(partnersIn(PARTNERS)).toMatchObject({
    'partner:VQ1Z': 'guardianship-authority',
    'partner:1TRC': 'civil-registry',
    'partner:EJ6Z': 'ngo',
  })
})

const partyIds = /^centre:[0-9A-Z]{4}(?:,centre:[0-9A-Z]{4})*$/

function environmentOf(id: string): object {
  const { Environment } = resources[id]?.Properties ?? {}
  return Environment && typeof Environment === 'object' && 'Variables' in Environment
    ? Object(Environment.Variables)
    : {}
}
