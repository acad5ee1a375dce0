import deployment from '../../../cdk.json' with { type: 'json' }
import { day } from './days.ts'
import type { Person } from './people.ts'
import type { Post } from './posts.ts'
import type { Situation } from './situations.ts'

const centre = `centre:${deployment.context.centres[0]?.code}`

/** The first year of each band's ages, and what it is called. */
const bands = [
  [65, '65+'],
  [50, '50-64'],
  [35, '35-49'],
  [25, '25-34'],
  [18, '18-24'],
  [16, '16-17'],
  [12, '12-15'],
  [6, '6-11'],
  [0, '0-5'],
] as const

const bandOf = (age: number) => bands.find(([from]) => age >= from)?.[1]
/** A birthday half a year ago: the age is the same at filing and some weeks on. */
const bornOn = (age: number) => `${Number(day(-180).slice(0, 4)) - age}${day(-180).slice(4, 8)}01`

/** The body of one person's filing, as the post sends it: the n-th of the sample, found in a situation. */
export function filingOf(n: number, person: Person, said: Situation, post: Post) {
  const { along = [], dangers = [], health = [], indicators = [], exploitation = [] } = said
  const learned = -2 - (n % 26)
  return {
    case: {
      category: said.category,
      urgency: said.urgency ?? 'none',
      country: post.country,
      place: post.towns[n % post.towns.length],
      learnedOn: day(learned),
      referrer: said.referrer,
      sex: person.sex,
      ageBand: bandOf(said.age),
      reasons: said.reasons,
      childrenAlong: along.length,
      reception: said.reception,
      agreement: {
        toReturn: 'yes',
        explainedIn: person.language,
        recipients: recipientsOf(person, said, learned + 1),
      },
    },
    identity: {
      name: { family: person.family, given: person.given },
      birth: { on: bornOn(said.age) },
      citizenship: 'MD',
      language: person.language,
      ...(person.idnp && said.age >= 18 ? { idnp: person.idnp } : {}),
      documents: [],
    },
    contacts: {
      persons: [
        {
          name: `${person.sex === 'female' ? 'Ilinca' : 'Grigore'} ${person.language === 'ro' ? person.family : 'Exemplescu'}`,
          relation: said.age < 18 ? 'relative' : 'sibling',
          // Ofcom keeps 07700 900000 to 900999 for stories.
          phone: `+4477009${String(100 + (n % 900)).padStart(5, '0')}`,
          mayContact: said.mustNotKnow === undefined,
        },
      ],
      children: along.map((age, index) => ({
        name: `${['Mia', 'Luca'][index % 2]} ${person.family}`,
        bornOn: bornOn(age),
      })),
    },
    safety: {
      dangers,
      mustNotKnow: said.mustNotKnow ? [said.mustNotKnow] : [],
      ...(said.safeWay ? { safeWay: said.safeWay } : {}),
      noneKnown: dangers.length === 0,
    },
    protection: { by: said.referrer, indicators, exploitation, remarks: said.remarks },
    care: {
      health,
      pregnant: person.sex === 'female' && said.age >= 16 ? 'no' : 'not-known',
      ...(said.medicine ? { medicine: said.medicine } : {}),
      stepFree: said.stepFree ?? false,
      babyItems: along.some((age) => age < 2),
      fitnessCheck: false,
    },
  }
}

/** For a child the authority speaks, for everybody else the person; the ministry is told by law. */
function recipientsOf({ language }: Person, { age }: Situation, on: number) {
  const by = (...purposes: string[]) =>
    age < 18
      ? { kind: 'child-protection', on: day(on) }
      : { kind: 'consent', by: 'self', form: 'signed', language, interpreter: false, on: day(on), purposes }
  return [
    { recipient: 'iom', basis: by('arrange-return', 'assist-after') },
    { recipient: centre, basis: by('receive', 'assist-after') },
    { recipient: 'ministry', basis: { kind: 'legal-duty', act: 'HG 948/2008' } },
    { recipient: 'figures', basis: by('count') },
  ]
}
