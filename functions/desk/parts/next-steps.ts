import type { WorkItem } from '../../../schemas/api/work.ts'
import { kindOf } from '../../../schemas/values/parties.ts'
import type { SignedIn } from '../context.ts'
import type { Messages } from '../messages/messages.ts'

/** A step in words, and whether the own party takes it. */
export interface StepInWords {
  text: string
  isOwn: boolean
}

/**
 * What is open on a return, in words: "You: accept the request, by 2 December", "Ministry: decide, by 1 December (late)".
 * What the own party owes comes first, then what others owe; in each, the API's order holds.
 */
export function nextSteps(
  messages: Messages,
  { party }: Pick<SignedIn, 'party'>,
  items: readonly WorkItem[],
  today: string,
): StepInWords[] {
  const isOwn = (item: WorkItem) => item.party === party
  const ordered = [...items.filter(isOwn), ...items.filter((item) => !isOwn(item))]
  const steps = ordered.map((item) => ({
    text: stepText(messages, item, isOwn(item), today),
    isOwn: isOwn(item),
  }))
  // Two posts that help are called the same.
  return steps.filter(({ text }, index) => steps.findIndex((step) => step.text === text) === index)
}

function stepText(messages: Messages, item: WorkItem, isOwn: boolean, today: string): string {
  const who = isOwn ? messages('list.youDo') : upperFirst(messages.code('party', kindOf(item.party)))
  const what = item.task ? lowerFirst(messages.code('task', item.task)) : messages.code('todo', item.what)
  if (item.day === undefined) return messages('list.todo', { who, what })
  const day = messages.dayNear(item.day)
  return messages(item.day < today ? 'list.todoLate' : 'list.todoBy', { who, what, day })
}

const upperFirst = (text: string) => text.slice(0, 1).toUpperCase() + text.slice(1)

/** A text within a sentence: what begins with two capitals is an abbreviation. */
const lowerFirst = (text: string) =>
  /^\p{Lu}{2}/u.test(text) ? text : text.slice(0, 1).toLowerCase() + text.slice(1)
