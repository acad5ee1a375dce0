import deployment from '../../../cdk.json' with { type: 'json' }
import { dayFromToday } from './days.ts'
import type { MadeUpPerson } from './people.ts'
import { knownCitizenships, knownLanguage, knownNames } from './person-as-known.ts'
import type { SamplePost } from './posts.ts'
import type { SampleSituation } from './situations.ts'

const centre = `centre:${deployment.context.centres[0]?.code}`

/** A birthday half a year ago, so that the age stays the same for some weeks after the filing. */
const bornOn = (age: number) =>
  `${Number(dayFromToday(-180).slice(0, 4)) - age}${dayFromToday(-180).slice(4, 8)}01`

/** The body of a request for one person, the n-th of the sample, as the post files it. */
export function personFiling(n: number, person: MadeUpPerson, situation: SampleSituation, post: SamplePost) {
  const { childrenAges = [], dangers = [], health = [], indicators = [], exploitation = [] } = situation
  const learned = -2 - (n % 26)
  return {
    case: {
      category: situation.category,
      urgency: situation.urgency ?? 'none',
      country: post.country,
      place: post.towns[n % post.towns.length],
      learnedOn: dayFromToday(learned),
      referrer: situation.referrer,
      sex: person.sex,
      reasons: situation.reasons,
      childrenAlong: childrenAges.length,
      reception: situation.reception,
      agreement: {
        toReturn: 'yes',
        explainedIn: knownLanguage(n, person).language,
        recipients: recipientsOf(person, situation, learned + 1),
      },
    },
    identity: {
      name: knownNames(n, person),
      birth: { on: bornOn(situation.age) },
      citizenship: knownCitizenships(n),
      ...knownLanguage(n, person),
      ...(person.idnp && situation.age >= 18 ? { idnp: person.idnp } : {}),
      documents: [],
    },
    contacts: {
      persons: [
        {
          name: `${person.sex === 'female' ? 'Ilinca' : 'Grigore'} ${person.language === 'ro' ? person.family : 'Exemplescu'}`,
          relation: situation.age < 18 ? 'relative' : 'sibling',
          // Ofcom keeps 07700 900000 to 900999 for stories.
          phone: `+4477009${String(100 + (n % 900)).padStart(5, '0')}`,
          mayContact: situation.mustNotKnow === undefined,
        },
      ],
      children: childrenAges.map((age, index) => ({
        // A newborn has no name yet.
        ...(age < 1 ? {} : { name: `${['Mia', 'Luca'][index % 2]} ${person.family}` }),
        bornOn: bornOn(age),
      })),
    },
    safety: {
      dangers,
      mustNotKnow: situation.mustNotKnow ? [situation.mustNotKnow] : [],
      ...(situation.safeWay ? { safeWay: situation.safeWay } : {}),
      noneKnown: dangers.length === 0 && !situation.mustNotKnow,
    },
    protection: { by: situation.referrer, indicators, exploitation, remarks: situation.remarks },
    care: {
      health,
      pregnant: person.sex === 'female' && situation.age >= 16 ? 'no' : 'not-known',
      ...(situation.medicine ? { medicine: situation.medicine } : {}),
      stepFree: situation.stepFree ?? false,
      babyItems: childrenAges.some((age) => age < 2),
      fitnessCheck: false,
    },
  }
}

/** A child is protected by the authority, everybody else consents; the ministry is a recipient by law. */
function recipientsOf({ language }: MadeUpPerson, { age }: SampleSituation, on: number) {
  const by = (...purposes: string[]) =>
    age < 18
      ? { kind: 'child-protection', on: dayFromToday(on) }
      : {
          kind: 'consent',
          by: 'self',
          form: 'signed',
          language,
          interpreter: false,
          on: dayFromToday(on),
          purposes,
        }
  return [
    { recipient: 'iom', basis: by('arrange-return', 'assist-after') },
    { recipient: centre, basis: by('receive', 'assist-after') },
    { recipient: 'ministry', basis: { kind: 'legal-duty', act: 'HG 948/2008' } },
    { recipient: 'figures', basis: by('count') },
  ]
}
