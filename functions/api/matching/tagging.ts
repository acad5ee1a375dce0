import { draftingKinds } from '../../../schemas/api/drafts.ts'
import { setting, variable } from '../../../schemas/deployment/settings.ts'
import type { StoredEvent } from '../../../schemas/events/events.ts'
import type { SlotContent } from '../../../schemas/sections/sections.ts'
import { kindOf, partyOf } from '../../../schemas/values/parties.ts'
import { dayOf } from '../../domain/calendar/days.ts'
import type { Command } from '../../domain/command.ts'
import { type Trait, traitsOf } from '../../domain/matching/traits.ts'
import type { Statement } from '../../dynamodb/statements.ts'
import { unmatchedStatement } from '../../exchange/unmatched.ts'
import { filerIn } from '../../trail/ids.ts'
import {
  deleteTag,
  deleteTagList,
  insertTag,
  insertTagList,
  type Partition,
  readTagLists,
  type Tag,
  type TagList,
  tagChanges,
  tagsOf,
} from '../../vault/tags.ts'
import { deploymentConfig } from '../http/deployment-config.ts'
import { ownCode, type Session, tableName } from '../http/session.ts'

/** How the tags of a return change: those of the person as she is written now, and the sections whose tags go. */
export interface Tagging {
  fresh: readonly Tag[]
  gone: readonly string[]
  lists: readonly TagList[]
}

/** The tags of traits: of a person, or of a search. */
export const makeTags = ({ kms }: Session, traits: readonly Trait[]): Promise<Tag[]> =>
  tagsOf(kms, setting(variable.tagKey), traits)

/**
 * How a command changes the tags of its return, read and made before the command is decided. A filing and an amendment
 * describe the person, a struck section is no longer found, and a post that accepts the case finds her too.
 */
export async function readTagging(
  session: Session,
  command: Command,
  ret: string,
): Promise<Tagging | undefined> {
  if (!mayDescribe(session, ret)) return undefined
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
 * Whether a party may describe the person of a return: posts and centres also on returns that they took over, IOM and
 * partners on those that they filed. What others amend or strike does not change the tags.
 */
function mayDescribe({ by: { party } }: Session, ret: string): boolean {
  const kind = kindOf(party)
  if (kind === 'mission' || kind === 'centre') return true
  return draftingKinds.includes(kind) && filerIn(ret) === ownCode(party)
}

const tagsOfPerson = (session: Session, person: SlotContent<'identity', 'person'>, at: string) =>
  makeTags(session, traitsOf(person, dayOf(at)))

const listsOf = ({ db }: Session, ret: string) => readTagLists(db, tableName('tags'), ret)

/**
 * The statements of such a change, for the transaction of its event: rows of the partition `all` and of the post that filed.
 * `matching` lists the return for other posts, and compares it with other returns, within a minute.
 */
export function tagStatements(
  { by }: Session,
  { ret, seq, at, sections }: StoredEvent,
  tagging: Tagging | undefined,
): Statement[] {
  if (!tagging) return []
  const { added, removed, lists } = tagChanges(tagging.lists, tagging.gone, tagging.fresh)
  const sec = sections.find(({ cls }) => cls === 'identity')?.sec
  const tags = tableName('tags')
  // Only posts have rows of their own; IOM and the centres search all, and keep what their worklists list.
  const filer = partyOf('mission', filerIn(ret))
  const partitions: readonly Partition[] = deploymentConfig().missions.includes(filer)
    ? ['all', filer]
    : ['all']
  const work = { ret, gone: removed }
  return [
    ...lists.map((list) => deleteTagList(tags, list)),
    ...(sec ? [insertTagList(tags, { ret, sec, tags: tagging.fresh })] : []),
    ...partitions.flatMap((partition) => [
      ...removed.map((tag) => deleteTag(tags, partition, tag, ret)),
      ...added.map((tag) => insertTag(tags, partition, tag, ret)),
    ]),
    unmatchedStatement(tableName('unmatched'), { party: by.party, at: `${at}#${ret}#${seq}`, work }),
  ]
}
