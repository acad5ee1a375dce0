import { Hono } from 'hono'
import type { DeskEnv } from '../../context.ts'
import { settingsOf } from '../../navigation.ts'
import { page } from '../../parts/page.tsx'

/** Screen 14: one place from which each party finds what it keeps itself, and what was settled for it. */
export const settings = new Hono<DeskEnv>().get('/settings', (visit) => {
  const [words, me] = [visit.get('words'), visit.get('me')]
  return page(
    visit,
    { title: words('settings.title') },
    <>
      <h1 class="govuk-heading-l">{words('settings.title')}</h1>
      <p class="govuk-body">{words('settings.intro')}</p>
      {settingsOf(me).map(({ href, text, about }) => (
        <>
          <h2 class="govuk-heading-m">
            <a class="govuk-link" href={href}>
              {words(text)}
            </a>
          </h2>
          <p class="govuk-body">{words(about)}</p>
        </>
      ))}
    </>,
  )
})
