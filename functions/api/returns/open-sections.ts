import type * as z from 'zod/mini'
import type { openedAnswer } from '../../../schemas/api/answers.ts'
import { refusal } from '../../../schemas/api/problems.ts'
import { opening } from '../../../schemas/api/requests.ts'
import { openable } from '../../../schemas/api/routes.ts'
import { kindOf } from '../../../schemas/values/parties.ts'
import { predecessorOf } from '../../domain/access/current-sections.ts'
import type { Facts } from '../../domain/access/opened-sections.ts'
import { type HttpAnswer, json, readBody } from '../http/http.ts'
import type { ReturnRequest } from '../http/request.ts'
import { openEach, openFacts, readReturn } from './read-return.ts'
import { recordAccess } from './record-access.ts'

/**
 * `POST …/{ret}/open`: the sections of some classes, for a reason. The access record is written before the sections leave.
 * Throws not-readable where the party's kind may never read a class.
 */
export async function openSections({ session, event, ret }: ReturnRequest): Promise<HttpAnswer> {
  const { classes, reason } = readBody(event, opening).content
  const unreadable = classes.filter((cls) => !openable(kindOf(session.by.party)).includes(cls))
  if (unreadable.length > 0) throw refusal('not-readable', { fields: unreadable })
  const reading = await readReturn(session, ret, { classes, wraps: 'own' })
  const current = reading.state.sections.filter(({ cls }) => classes.includes(cls))
  const replaced = new Map(
    current.flatMap((section) => {
      const before = predecessorOf(section, reading.state, reading.events)
      return before ? [[section.sec, before] as const] : []
    }),
  )
  const all = [...current, ...new Set(replaced.values())].map(({ sec }) => sec)
  const [facts, former] = await Promise.all([
    openFacts(session, reading, classes),
    openEach(session, reading, [...new Set(replaced.values())]),
    recordAccess(session, ret, { kind: 'open', classes, reason, sections: all }),
  ])
  const answer: z.infer<typeof openedAnswer> = {
    version: reading.trail.version,
    sections: facts.opened.map(({ section: { sec, cls, slot, seq, by }, content }) => {
      const before = former.find(({ section }) => section.sec === replaced.get(sec)?.sec)
      const at = reading.events[seq]?.at
      return {
        ...{ sec, cls, slot, seq, by, content },
        ...(at ? { at } : {}),
        ...(before ? { before: formerIn(before) } : {}),
      }
    }),
  }
  return json(200, answer, reading.trail.version)
}

const formerIn = ({ section: { sec, seq, by }, content }: Facts['opened'][number]) => ({
  ...{ sec, seq, by, content },
})
