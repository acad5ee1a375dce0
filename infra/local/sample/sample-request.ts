import deployment from '../../../cdk.json' with { type: 'json' }

/** The Centre of the sample by default: the first one of the deployment. */
const firstCentre = deployment.context.centres.map(({ code }) => `centre:${code}`)[0]

/**
 * A request for one made-up person: a woman of 27, identified in Istanbul, with a legal basis for each recipient.
 * `centre` is the id of a party, `centre:S0DS`. The days count back from `today`, `2026-11-21`.
 * Every name means `made up`; nobody can have the numbers.
 */
export function sampleRequest(options: { centre?: string; today?: string } = {}): unknown {
  const { centre = firstCentre, today = new Date().toISOString().slice(0, 10) } = options
  const daysAgo = (count: number) =>
    new Date(Date.parse(`${today}T00:00:00Z`) - count * 86_400_000).toISOString().slice(0, 10)
  const agreedTo = (...purposes: string[]) => ({
    kind: 'consent',
    by: 'self',
    form: 'signed',
    language: 'ro',
    interpreter: false,
    on: daysAgo(1),
    purposes,
  })
  return {
    persons: [
      {
        case: {
          category: 'victim',
          urgency: 'authority-deadline',
          country: 'TR',
          place: 'Istanbul',
          learnedOn: daysAgo(3),
          referrer: 'host-police',
          sex: 'female',
          reasons: ['exploited', 'no-papers'],
          childrenAlong: 0,
          reception: 'centre',
          agreement: {
            toReturn: 'yes',
            explainedIn: 'ro',
            recipients: [
              { recipient: 'iom', basis: agreedTo('arrange-return', 'assist-after') },
              { recipient: centre, basis: agreedTo('receive', 'assist-after') },
              {
                recipient: 'ministry',
                basis: { kind: 'legal-duty', act: 'HG 948/2008' },
              },
              { recipient: 'figures', basis: agreedTo('count') },
            ],
          },
        },
        identity: {
          name: { family: 'Exemplescu', given: 'Proba' },
          birth: { on: `${Number(today.slice(0, 4)) - 27}-01-01` },
          citizenship: ['MD'],
          language: 'ro',
          // The synthetic IDNP of the project: its check digit holds, and no register gives it to a person.
          idnp: '2000000000004',
          documents: [],
        },
        contacts: {
          persons: [
            {
              name: 'Mostră Exemplescu',
              relation: 'sibling',
              // Ofcom keeps 07700 900000 to 900999 for stories.
              phone: '+447700900123',
              mayContact: false,
            },
          ],
          children: [],
          remarks: 'Made up for a trial. The sister knows nothing of the return, and should not yet.',
        },
        safety: {
          dangers: ['from-traffickers', 'on-the-way'],
          mustNotKnow: ['A cousin in the same town, who arranged the first journey.'],
          safeWay: 'Through the shelter, on weekdays between 10 and 16.',
          noneKnown: false,
        },
        protection: {
          by: 'host-police',
          indicators: ['documents-taken', 'movement-restricted', 'wages-withheld'],
          exploitation: ['labour'],
          remarks: 'Made up for a trial.',
        },
        care: {
          health: ['injury'],
          pregnant: 'no',
          medicine: 'A bandage that is changed every second day.',
          stepFree: false,
          babyItems: false,
          fitnessCheck: false,
        },
      },
    ],
  }
}
