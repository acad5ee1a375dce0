import { createHash } from 'node:crypto'
import * as z from 'zod/mini'
import deployment from '../../cdk.json' with { type: 'json' }
import type { Template } from './template.ts'

/** A user of the local sign-in page; nobody real. */
export interface SeededUser {
  name: string
  title: string
  /** The party that the groups make the user work for: `mission:K7QX`, `iom`. */
  party: string
  /** As Cognito's: a UUID, the same at every start. */
  sub: string
  groups: readonly string[]
}

const seeds = [
  { name: 'istanbul', title: 'consular officer in Istanbul', group: 'mission', city: 'Istanbul' },
  {
    name: 'istanbul-duty',
    title: 'duty officer in Istanbul, at any hour',
    group: 'mission',
    city: 'Istanbul',
    role: 'duty-officer',
  },
  { name: 'rome', title: 'consular officer in Rome', group: 'mission', city: 'Rome' },
  { name: 'consular', title: "the ministry of foreign affairs' consular department", group: 'consular' },
  { name: 'iom', title: 'case worker of IOM', group: 'iom' },
  { name: 'iom-duty', title: 'duty officer of IOM, at any hour', group: 'iom', role: 'duty-officer' },
  { name: 'centre', title: 'social worker of the Assistance and Protection Centre', group: 'centre' },
  { name: 'ministry', title: 'the ministry of labour and social protection', group: 'ministry' },
  { name: 'oversight', title: 'auditor', group: 'oversight' },
] as const

const groupShape = z.object({ GroupName: z.string() })

/** The users that the local issuer knows, in the groups that the template declares. Throws where a group is missing. */
export function seededUsers(template: Template): SeededUser[] {
  const groups = template
    .ofType('AWS::Cognito::UserPoolGroup')
    .map(({ properties }) => groupShape.parse(properties).GroupName)
  return seeds.map((seed) => {
    const wanted = 'city' in seed ? `mission:${codeIn(seed.city)}` : seed.group
    const party = groups.find((group) => group === wanted || group.split(':')[0] === wanted)
    if (!party) throw new Error(`The template has no group for ${seed.name}.`)
    const { name, title } = seed
    return {
      name,
      title,
      party,
      sub: uuidFrom(name),
      groups: [party, `role:${'role' in seed ? seed.role : 'officer'}`],
    }
  })
}

function codeIn(city: string): string | undefined {
  return deployment.context.missions.find((mission) => mission.city === city)?.code
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
