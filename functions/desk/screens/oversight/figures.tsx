import { Hono } from 'hono'
import {
  type Dimension,
  dimensions,
  type Figures,
  figureScope,
  figureScopes,
  figuresAnswer,
  readingFigures,
} from '../../../../schemas/api/figures.ts'
import type { DeskEnv } from '../../context.ts'
import type { Messages } from '../../messages/messages.ts'
import { notFound } from '../../parts/error-page.tsx'
import { page } from '../../parts/page.tsx'
import { Table } from '../../parts/table.tsx'

/** Screen 13: fixed tables of counts. A count that is too small is not shown, and cannot be computed from the others. */
export const figures = new Hono<DeskEnv>().get('/figures', async (context) => {
  const { messages, me } = context.var
  if (!readingFigures.some((kind) => kind === me.kind)) return notFound(context)
  const scope = figureScope.safeParse(context.req.query('for')).data ?? 'internal'
  const made = await me.api.get(['figures'], figuresAnswer, { for: scope })
  const years = [...new Set(made.figures.flatMap(({ year }) => year ?? []))].sort()
  return page(
    context,
    { title: messages('figures.title'), back: '/desk' },
    <>
      <h1 class="govuk-heading-l">{messages('figures.title')}</h1>
      <ul class="parts">
        {figureScopes.map((figureScope) => (
          <li>
            <a
              class="govuk-link"
              href={`/desk/figures?for=${figureScope}`}
              {...(figureScope === scope ? { 'aria-current': 'page' } : {})}
            >
              {messages.code('figureScope', figureScope)}
            </a>
          </li>
        ))}
      </ul>
      {made.at ? (
        <p class="govuk-body">
          {messages('figures.made', {
            at: messages.instant(made.at),
            least: messages.number(made.threshold ?? 0),
          })}
        </p>
      ) : (
        <p class="govuk-inset-text">{messages('figures.notYet')}</p>
      )}
      {made.at ? dimensions.map((dimension) => <Counts {...{ messages, made, dimension, years }} />) : null}
    </>,
  )
})

/** A value of a dimension in words. */
function valueIn(messages: Messages, dimension: Dimension, value: string): string {
  switch (dimension) {
    case 'country':
      return messages.country(value)
    case 'days':
      return messages.code('dayBand', value)
    case 'places':
      return messages.code('placeBand', value)
    case 'age':
      return messages.value(['ageBand'], value)
    case 'sex':
    case 'category':
      return messages.value([dimension], value)
  }
}

interface CountsProps {
  messages: Messages
  made: Figures
  dimension: Dimension
  years: readonly string[]
}

function Counts({ messages, made, dimension, years }: CountsProps) {
  const own = made.figures.filter((figure) => figure.dimension === dimension)
  const values = [...new Set(own.flatMap(({ value }) => value ?? []))].sort()
  const cell = (value: string, year: string | undefined) => {
    const found = own.find((figure) => figure.value === value && figure.year === year)
    return found ? messages.number(found.count) : messages('figures.tooSmall')
  }
  return (
    <>
      <Table
        caption={messages.code('dimension', dimension)}
        heads={[messages('figures.value'), ...years, messages('figures.all')]}
        rows={values.map((value) => [
          valueIn(messages, dimension, value),
          ...[...years, undefined].map((year) => cell(value, year)),
        ])}
        numbers
      />
      {values.length === 0 ? <p class="govuk-body">{messages('figures.none')}</p> : null}
    </>
  )
}
