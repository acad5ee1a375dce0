import type { ApiClient } from './api-client.ts'
import { dayFromToday, witnessedOn } from './days.ts'
import { personFiling } from './filing.ts'
import type { InSequence } from './in-sequence.ts'
import { madeUpPerson } from './people.ts'
import { samplePosts } from './posts.ts'
import { situations } from './situations.ts'

/** Registers a woman who came home without help and rang at the Centre. No post knows of her. */
export async function registerWalkIn(centre: ApiClient, n: number, inSequence: InSequence): Promise<void> {
  const situation = {
    ...situations.domestic,
    urgency: 'none',
    referrer: 'the-person',
    remarks: 'A venit singură.',
  } as const
  const person = madeUpPerson(n, situation.sex)
  const { case: request, identity, contacts, safety } = personFiling(n, person, situation, samplePosts.lisbon)
  const recipients = request.agreement.recipients.filter(({ recipient }) => recipient === 'iom')
  const registered = { ...request, wayIn: 'spontaneous', agreement: { ...request.agreement, recipients } }
  const { returns } = await centre.file([{ case: registered, identity, contacts, safety }])
  const ret = returns[0]?.ret ?? ''
  await centre.command(ret, 'arrive', {
    case: {
      happened: { ...witnessedOn(-1), reportedBy: 'the-person' },
      point: 'leuseni',
      companionPresent: 'none-planned',
      broughtBy: 'nobody',
      choice: 'centre',
    },
    care: { condition: 'tired' },
  })
  await inSequence(() =>
    centre.command(ret, 'hold-place', {
      until: dayFromToday(2),
      case: { room: '6', beds: 1, cots: 0, from: dayFromToday(0), until: dayFromToday(30) },
    }),
  )
  await centre.command(ret, 'admit', {
    case: { happened: witnessedOn(-1, undefined, '19:30'), choice: 'centre' },
    care: { services: [{ service: 'social', answer: 'accepted' }] },
  })
}
