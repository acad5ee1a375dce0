import { Hono } from 'hono'
import {
  type Dimension,
  dimensions,
  type Figures,
  figureScope,
  figureScopes,
  figures as figuresAnswer,
  readingFigures,
} from '../../../../schemas/api/figures.ts'
import type { DeskEnv } from '../../context.ts'
import type { Words } from '../../messages/messages.ts'
import { trouble } from '../../parts/error-page.tsx'
import { page } from '../../parts/page.tsx'
import { Table } from '../../parts/table.tsx'

/** Screen 13: fixed tables of counts; what is too small to tell says so, and nothing can be reckoned from the rest. */
export const figures = new Hono<DeskEnv>().get('/figures', async (visit) => {
  const [words, me] = [visit.get('words'), visit.get('me')]
  if (!readingFigures.some((kind) => kind === me.kind)) return trouble(visit, 'trouble.notFound', 404)
  const scope = figureScope.safeParse(visit.req.query('for')).data ?? 'internal'
  const made = await me.api.get(['figures'], figuresAnswer, { for: scope })
  const years = [...new Set(made.figures.flatMap(({ year }) => year ?? []))].sort()
  return page(
    visit,
    { title: words('figures.title'), back: '/desk' },
    <>
      <h1 class="govuk-heading-l">{words('figures.title')}</h1>
      <ul class="parts">
        {figureScopes.map((figureScope) => (
          <li>
            <a
              class="govuk-link"
              href={`/desk/figures?for=${figureScope}`}
              {...(figureScope === scope ? { 'aria-current': 'page' } : {})}
            >
              {words.code('figureScope', figureScope)}
            </a>
          </li>
        ))}
      </ul>
      {made.at ? (
        <p class="govuk-body">
          {words('figures.made', { at: words.instant(made.at), least: words.number(made.threshold ?? 0) })}
        </p>
      ) : (
        <p class="govuk-inset-text">{words('figures.notYet')}</p>
      )}
      {made.at ? dimensions.map((dimension) => <Counts {...{ words, made, dimension, years }} />) : null}
    </>,
  )
})

/** How a value of a dimension is written; a country by its name. */
function valueIn(words: Words, dimension: Dimension, value: string): string {
  switch (dimension) {
    case 'country':
      return words.country(value)
    case 'days':
      return words.code('dayBand', value)
    case 'places':
      return words.code('placeBand', value)
    case 'age':
      return words.value(['ageBand'], value)
    case 'sex':
    case 'category':
      return words.value([dimension], value)
  }
}

interface Counted {
  words: Words
  made: Figures
  dimension: Dimension
  years: readonly string[]
}

function Counts({ words, made, dimension, years }: Counted) {
  const own = made.figures.filter((figure) => figure.dimension === dimension)
  const values = [...new Set(own.flatMap(({ value }) => value ?? []))].sort()
  const cell = (value: string, year: string | undefined) => {
    const found = own.find((one) => one.value === value && one.year === year)
    return found ? words.number(found.count) : words('figures.untold')
  }
  return (
    <>
      <Table
        caption={words.code('dimension', dimension)}
        heads={[words('figures.value'), ...years, words('figures.all')]}
        rows={values.map((value) => [
          valueIn(words, dimension, value),
          ...[...years, undefined].map((year) => cell(value, year)),
        ])}
        numbers
      />
      {values.length === 0 ? <p class="govuk-body">{words('figures.none')}</p> : null}
    </>
  )
}
