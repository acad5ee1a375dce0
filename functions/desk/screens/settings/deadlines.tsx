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
import type { Words } from '../../messages/messages.ts'
import { page } from '../../parts/page.tsx'
import { Table } from '../../parts/table.tsx'

/** Every step's deadline in words, as the procedure has it that returns begin with today. */
export const deadlines = new Hono<DeskEnv>().get('/settings/deadlines', (visit) => {
  const words = visit.get('words')
  const procedure = procedureOn(words.dayOf(new Date().toISOString()))
  const { version, effectiveFrom, placeholder, asking, checkDocument, monitorChild } = procedure
  const heads = ['step', 'owner', 'from', 'long', 'basis'] as const
  return page(
    visit,
    { title: words('deadlines.title'), back: '/desk/settings' },
    <>
      <h1 class="govuk-heading-l">{words('deadlines.title')}</h1>
      <p class="govuk-body">{words('deadlines.version', { version, day: words.day(effectiveFrom) })}</p>
      {placeholder ? <p class="govuk-inset-text">{words('deadlines.placeholder')}</p> : null}
      <Table
        caption={words('deadlines.caption')}
        heads={heads.map((head) => words(`deadlines.${head}`))}
        rows={stepNames.flatMap((name) => rowsOf(words, procedure, name))}
      />
      <h2 class="govuk-heading-m">{words('deadlines.other')}</h2>
      <ul class="govuk-list govuk-list--bullet">
        <li>{words('deadlines.asking', { long: inWords(words, asking) })}</li>
        <li>{words('deadlines.checkDocument', { long: inWords(words, checkDocument) })}</li>
        <li>{words('deadlines.monitorChild', { long: inWords(words, monitorChild) })}</li>
      </ul>
      <h2 class="govuk-heading-m">{words('deadlines.how')}</h2>
      <p class="govuk-body">{words('deadlines.howText')}</p>
    </>,
  )
})

/** A step's lines: one, where it is the same in every category; else one for each way it is, with its categories. */
function rowsOf(words: Words, { steps }: Procedure, name: StepName): string[][] {
  const told = (category: Category) => cellsOf(words, steps[category][name])
  const ways = Map.groupBy(categories, (category) => JSON.stringify(told(category)))
  return [...ways.values()].flatMap((alike) => {
    const [first] = alike
    if (first === undefined) return []
    const step = words.code('step', name)
    const of = alike.map((category) => words.value(['category'], category)).join(', ')
    return [[ways.size === 1 ? step : words('deadlines.only', { step, categories: of }), ...told(first)]]
  })
}

function cellsOf(words: Words, { owner, after, deadline, basis }: Step): string[] {
  const before = after.map((step) => words.code('step', step)).join(', ')
  return [
    words.code('party', owner),
    before ? words('deadlines.stepsDone', { steps: before }) : words('deadlines.filing'),
    deadline ? inWords(words, deadline) : words('deadlines.none'),
    words.code('basis', basis),
  ]
}

function inWords(words: Words, { amount, unit, calendar }: Deadline): string {
  if (unit !== 'working-days') return words.count(`deadlines.${unit}`, amount)
  const days = words.count('deadlines.workingDays', amount)
  return calendar ? words('deadlines.workingBy', { days, calendar: words.code('calendar', calendar) }) : days
}
