import type { Caller } from './caller.ts'
import { day, seenOn } from './days.ts'
import { filingOf } from './filing.ts'
import { personOf } from './people.ts'
import { posts } from './posts.ts'
import { situations } from './situations.ts'

/** Somebody who came home by herself and rang at the Centre: it registers her, and no post knows of her. */
export async function walkIn(
  centre: Caller,
  n: number,
  inTurn: <T>(act: () => Promise<T>) => Promise<T>,
): Promise<void> {
  const said = {
    ...situations.domestic,
    urgency: 'none',
    referrer: 'the-person',
    remarks: 'A venit singură.',
  } as const
  const person = personOf(n, said.sex)
  const { case: request, identity, contacts, safety } = filingOf(n, person, said, posts.lisbon)
  const recipients = request.agreement.recipients.filter(({ recipient }) => recipient === 'iom')
  const registered = { ...request, wayIn: 'spontaneous', agreement: { ...request.agreement, recipients } }
  const { returns } = await centre.file([{ case: registered, identity, contacts, safety }])
  const ret = returns[0]?.ret ?? ''
  await centre.command(ret, 'arrive', {
    case: {
      happened: { ...seenOn(-1), reportedBy: 'the-person' },
      point: 'leuseni',
      companionPresent: 'none-planned',
      broughtBy: 'nobody',
      choice: 'centre',
    },
    care: { condition: 'tired' },
  })
  await inTurn(() =>
    centre.command(ret, 'hold-place', {
      until: day(2),
      case: { room: '6', beds: 1, cots: 0, from: day(0), until: day(30) },
    }),
  )
  await centre.command(ret, 'admit', {
    case: { happened: seenOn(-1, undefined, '19:30'), choice: 'centre' },
    care: { services: [{ service: 'social', answer: 'accepted' }] },
  })
}
