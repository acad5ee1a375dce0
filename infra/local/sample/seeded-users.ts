import { createHash } from 'node:crypto'
import * as z from 'zod/mini'
import deployment from '../../../cdk.json' with { type: 'json' }
import type { SeededUser } from '../emulators/user-pool.ts'
import type { Template } from '../template/template.ts'

const seeds = [
  { name: 'istanbul', title: 'consular officer in Istanbul', group: 'mission', city: 'Istanbul' },
  {
    name: 'istanbul-duty',
    title: 'duty officer in Istanbul, at any hour',
    group: 'mission',
    city: 'Istanbul',
    role: 'duty-officer',
  },
  {
    name: 'istanbul-administrator',
    title: 'administrator in Istanbul',
    group: 'mission',
    city: 'Istanbul',
    role: 'administrator',
  },
  { name: 'rome', title: 'consular officer in Rome', group: 'mission', city: 'Rome' },
  {
    name: 'rome-duty',
    title: 'duty officer in Rome, at any hour',
    group: 'mission',
    city: 'Rome',
    role: 'duty-officer',
  },
  { name: 'madrid', title: 'consular officer in Madrid', group: 'mission', city: 'Madrid' },
  { name: 'kyiv', title: 'consular officer in Kyiv', group: 'mission', city: 'Kyiv' },
  { name: 'ankara', title: 'consular officer in Ankara', group: 'mission', city: 'Ankara' },
  { name: 'warsaw', title: 'consular officer in Warsaw', group: 'mission', city: 'Warsaw' },
  { name: 'milan', title: 'consular officer in Milan', group: 'mission', city: 'Milan' },
  { name: 'london', title: 'consular officer in London', group: 'mission', city: 'London' },
  { name: 'berlin', title: 'consular officer in Berlin', group: 'mission', city: 'Berlin' },
  { name: 'prague', title: 'consular officer in Prague', group: 'mission', city: 'Prague' },
  { name: 'lisbon', title: 'consular officer in Lisbon', group: 'mission', city: 'Lisbon' },
  { name: 'athens', title: 'consular officer in Athens', group: 'mission', city: 'Athens' },
  { name: 'bucharest', title: 'consular officer in Bucharest', group: 'mission', city: 'Bucharest' },
  { name: 'moscow', title: 'consular officer in Moscow', group: 'mission', city: 'Moscow' },
  { name: 'tel-aviv', title: 'consular officer in Tel Aviv', group: 'mission', city: 'Tel Aviv' },
  { name: 'consular', title: "the ministry of foreign affairs' consular department", group: 'consular' },
  {
    name: 'consular-administrator',
    title: 'administrator of the consular department',
    group: 'consular',
    role: 'administrator',
  },
  { name: 'iom', title: 'case worker of IOM', group: 'iom' },
  { name: 'iom-duty', title: 'duty officer of IOM, at any hour', group: 'iom', role: 'duty-officer' },
  { name: 'iom-administrator', title: 'administrator of IOM', group: 'iom', role: 'administrator' },
  { name: 'centre', title: 'social worker of the Assistance and Protection Centre', group: 'centre' },
  {
    name: 'centre-administrator',
    title: 'administrator of the Assistance and Protection Centre',
    group: 'centre',
    role: 'administrator',
  },
  { name: 'ministry', title: 'the ministry of labour and social protection', group: 'ministry' },
  {
    name: 'ministry-administrator',
    title: 'administrator of the ministry of labour and social protection',
    group: 'ministry',
    role: 'administrator',
  },
  {
    name: 'guardianship',
    title: 'the territorial guardianship authority',
    group: 'partner',
    partner: 'Autoritatea tutelară teritorială',
  },
  {
    name: 'guardianship-administrator',
    title: 'administrator of the territorial guardianship authority',
    group: 'partner',
    partner: 'Autoritatea tutelară teritorială',
    role: 'administrator',
  },
  {
    name: 'registry',
    title: 'the public services agency, which keeps the civil register',
    group: 'partner',
    partner: 'Agenția Servicii Publice',
  },
  { name: 'la-strada', title: 'case worker of La Strada', group: 'partner', partner: 'La Strada' },
  {
    name: 'hotline',
    title: 'the hotline that answers day and night',
    group: 'partner',
    partner: '0 800 77777',
  },
  { name: 'interaction', title: 'Interaction, in Transnistria', group: 'partner', partner: 'Interaction' },
  { name: 'oversight', title: 'auditor', group: 'oversight' },
  {
    name: 'oversight-administrator',
    title: 'administrator of oversight',
    group: 'oversight',
    role: 'administrator',
  },
] as const

const groupShape = z.object({ GroupName: z.string() })

/** The users of the local issuer, in groups that the template declares. Throws where a group is missing. */
export function seededUsers(template: Template): SeededUser[] {
  const groups = template
    .ofType('AWS::Cognito::UserPoolGroup')
    .map(({ properties }) => groupShape.parse(properties).GroupName)
  return seeds.map((seed, index) => {
    const wanted = groupOf(seed)
    const party = groups.find((group) => group === wanted || group.split(':')[0] === wanted)
    if (!party) throw new Error(`The template has no group for ${seed.name}.`)
    const { name, title } = seed
    return {
      name,
      title,
      fullName: fullNameOf(index),
      party,
      sub: uuidFrom(name),
      groups: [party, `role:${'role' in seed ? seed.role : 'officer'}`],
    }
  })
}

const givenNames = ['Ana', 'Ion', 'Elena', 'Vasile', 'Maria', 'Andrei', 'Natalia', 'Mihai', 'Irina', 'Pavel']
const familyNames = ['Exemplescu', 'Modelaru', 'Probaru']

function fullNameOf(index: number): string {
  const family = familyNames[Math.floor(index / givenNames.length) % familyNames.length]
  return `${givenNames[index % givenNames.length]} ${family}`
}

/** The group of a seed's party, or the kind of the party where the kind has one party only. */
function groupOf(seed: (typeof seeds)[number]): string {
  const { missions, partners } = deployment.context
  if ('city' in seed) return `mission:${missions.find(({ city }) => city === seed.city)?.code}`
  if ('partner' in seed) return `partner:${partners.find(({ name }) => name === seed.partner)?.code}`
  return seed.group
}

function uuidFrom(name: string): string {
  const hex = createHash('sha256').update(`acasa/trial/${name}`).digest('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ].join('-')
}
