import { Hono } from 'hono'
import {
  type Category,
  type Deadline,
  type Procedure,
  procedureOn,
  type Step,
  type StepName,
  stepNames,
} from '../../../../schemas/procedure/procedure.ts'
import { categories } from '../../../../schemas/values/codes.ts'
import type { DeskEnv } from '../../context.ts'
import type { Messages } from '../../messages/messages.ts'
import { page } from '../../parts/page.tsx'
import { Table } from '../../parts/table.tsx'

/** The deadline of every step in words, from the procedure that returns begin with today. */
export const deadlines = new Hono<DeskEnv>().get('/settings/deadlines', (context) => {
  const { messages } = context.var
  const procedure = procedureOn(messages.dayOf(new Date().toISOString()))
  const { version, effectiveFrom, placeholder, asking, checkDocument, monitorChild } = procedure
  const heads = ['step', 'owner', 'from', 'long', 'basis'] as const
  return page(
    context,
    { title: messages('deadlines.title'), back: '/desk/settings' },
    <>
      <h1 class="govuk-heading-l">{messages('deadlines.title')}</h1>
      <p class="govuk-body">{messages('deadlines.version', { version, day: messages.day(effectiveFrom) })}</p>
      {placeholder ? <p class="govuk-inset-text">{messages('deadlines.placeholder')}</p> : null}
      <Table
        caption={messages('deadlines.caption')}
        heads={heads.map((head) => messages(`deadlines.${head}`))}
        rows={stepNames.flatMap((name) => rowsOf(messages, procedure, name))}
      />
      <h2 class="govuk-heading-m">{messages('deadlines.other')}</h2>
      <ul class="govuk-list govuk-list--bullet">
        <li>{messages('deadlines.asking', { long: inWords(messages, asking) })}</li>
        <li>{messages('deadlines.checkDocument', { long: inWords(messages, checkDocument) })}</li>
        <li>{messages('deadlines.monitorChild', { long: inWords(messages, monitorChild) })}</li>
      </ul>
      <h2 class="govuk-heading-m">{messages('deadlines.how')}</h2>
      <p class="govuk-body">{messages('deadlines.howText')}</p>
    </>,
  )
})

/** The lines of a step: one if it is the same in every category, else one for each difference, with its categories. */
function rowsOf(messages: Messages, { steps }: Procedure, name: StepName): string[][] {
  const cells = (category: Category) => cellsOf(messages, steps[category][name])
  const ways = Map.groupBy(categories, (category) => JSON.stringify(cells(category)))
  return [...ways.values()].flatMap((alike) => {
    const [first] = alike
    if (first === undefined) return []
    const step = messages.code('step', name)
    const of = alike.map((category) => messages.value(['category'], category)).join(', ')
    return [[ways.size === 1 ? step : messages('deadlines.only', { step, categories: of }), ...cells(first)]]
  })
}

function cellsOf(messages: Messages, { owner, after, deadline, basis }: Step): string[] {
  const before = after.map((step) => messages.code('step', step)).join(', ')
  return [
    messages.code('party', owner),
    before ? messages('deadlines.stepsDone', { steps: before }) : messages('deadlines.filing'),
    deadline ? inWords(messages, deadline) : messages('deadlines.none'),
    messages.code('basis', basis),
  ]
}

function inWords(messages: Messages, { amount, unit, calendar }: Deadline): string {
  if (unit !== 'working-days') return messages.count(`deadlines.${unit}`, amount)
  const days = messages.count('deadlines.workingDays', amount)
  return calendar
    ? messages('deadlines.workingBy', { days, calendar: messages.code('calendar', calendar) })
    : days
}
