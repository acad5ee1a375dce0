import type { Messages } from '../messages/messages.ts'
import { hotline } from '../parts/hotline.ts'

/** Danger today: says whom to call before anything is written, each with a number. */
export function CallFirst({ messages }: { messages: Messages }) {
  const { inside, abroad, duty } = hotline()
  const numbers: readonly (readonly [string, string])[] = [
    [messages('danger.police'), '112'],
    [messages('danger.duty.iom'), duty.iom],
    [messages('danger.duty.centre'), duty.centre],
    [messages('danger.hotline'), messages('danger.hotlineNumbers', { inside, abroad })],
  ]
  return (
    <>
      <h2 class="govuk-heading-m">{messages('danger.call')}</h2>
      <dl class="facts">
        {numbers.map(([who, number]) => (
          <div>
            <dt>{who}</dt>
            <dd>{number}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
