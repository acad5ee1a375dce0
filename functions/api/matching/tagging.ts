import { draftingKinds } from '../../../schemas/api/drafts.ts'
import { setting, variable } from '../../../schemas/deployment/settings.ts'
import type { SectionEntry } from '../../../schemas/events/events.ts'
import type { Content } from '../../../schemas/sections/sections.ts'
import { kindOf, partyOf } from '../../../schemas/values/parties.ts'
import { dayOf } from '../../domain/calendar/days.ts'
import type { Command } from '../../domain/command.ts'
import { type Trait, traitsOf } from '../../domain/matching/traits.ts'
import type { Statement } from '../../dynamodb/execute.ts'
import { noteUnmatched } from '../../exchange/unmatched.ts'
import { filerIn } from '../../trail/ids.ts'
import {
  changeOf,
  deleteTag,
  deleteTagList,
  insertTag,
  insertTagList,
  type Partition,
  readTagLists,
  type Tag,
  type TagList,
  tagsOf,
} from '../../vault/tags.ts'
import { deploymentConfig } from '../http/deployment-config.ts'
import { ownCode, type Session, table } from '../http/session.ts'

/** By what a return is found from now on: the tags of the person that is written, and those of the sections that go. */
export interface Tagging {
  fresh: readonly Tag[]
  gone: readonly string[]
  lists: readonly TagList[]
}

/** The tags of traits: of a person, or of what somebody looks for. */
export const makeTags = ({ kms }: Session, traits: readonly Trait[]): Promise<Tag[]> =>
  tagsOf(kms, setting(variable.tagKey), traits)

/**
 * What a command changes of how its return is found, read and made before it is decided: who files says who she is, an
 * amendment says it anew, what is struck is not looked for, and another post that answers for her looks for her too.
 */
export async function readTagging(
  session: Session,
  command: Command,
  ret: string,
): Promise<Tagging | undefined> {
  if (!saysWhoSheIs(session, ret)) return undefined
  switch (command.name) {
    case 'file':
      return { fresh: await tagsOfPerson(session, command.body.identity, command.at), gone: [], lists: [] }
    case 'amend': {
      const { at, body } = command
      if (body.slot !== 'person') return undefined
      const [fresh, lists] = await Promise.all([
        tagsOfPerson(session, body.identity, at),
        listsOf(session, ret),
      ])
      return { fresh, gone: body.supersedes === undefined ? [] : [body.supersedes], lists }
    }
    case 'strike': {
      const lists = await listsOf(session, ret)
      const gone = lists.map(({ sec }) => sec).filter((sec) => command.body.strikes.includes(sec))
      return gone.length > 0 ? { fresh: [], gone, lists } : undefined
    }
    case 'accept-case':
      return { fresh: [], gone: [], lists: [] }
    default:
      return undefined
  }
}

/**
 * Whether a party may have said who the person of a return is: posts and centres also of returns that they took over, IOM
 * and partners of what they filed; what others struck or amended is no word on that.
 */
function saysWhoSheIs({ by: { party } }: Session, ret: string): boolean {
  const kind = kindOf(party)
  if (kind === 'mission' || kind === 'centre') return true
  return draftingKinds.includes(kind) && filerIn(ret) === ownCode(party)
}

const tagsOfPerson = (session: Session, person: Content<'identity', 'person'>, at: string) =>
  makeTags(session, traitsOf(person, dayOf(at)))

const listsOf = ({ db }: Session, ret: string) => readTagLists(db, table('tags'), ret)

/**
 * The statements of a change, for the transaction of its event: rows of all and of the post that filed come and go at
 * once; what another post finds by, and what else is like it, `matching` sees to within a minute.
 */
export function tagStatements(
  { by }: Session,
  { ret, seq, at, tagging }: { ret: string; seq: number; at: string; tagging?: Tagging | undefined },
  sections: readonly { entry: SectionEntry }[],
): Statement[] {
  if (!tagging) return []
  const { comes, goes, lists } = changeOf(tagging.lists, tagging.gone, tagging.fresh)
  const sec = sections.find(({ entry }) => entry.cls === 'identity')?.entry.sec
  const tags = table('tags')
  // Only posts find by rows of their own; IOM and the centres narrow those of all by their worklists.
  const filer = partyOf('mission', filerIn(ret))
  const partitions: readonly Partition[] = deploymentConfig().missions.includes(filer)
    ? ['all', filer]
    : ['all']
  const work = { ret, gone: goes }
  return [
    ...lists.map((list) => deleteTagList(tags, list)),
    ...(sec ? [insertTagList(tags, { ret, sec, tags: tagging.fresh })] : []),
    ...partitions.flatMap((partition) => [
      ...goes.map((tag) => deleteTag(tags, partition, tag, ret)),
      ...comes.map((tag) => insertTag(tags, partition, tag, ret)),
    ]),
    noteUnmatched(table('unmatched'), { party: by.party, at: `${at}#${ret}#${seq}`, work }),
  ]
}
