import { Hono } from 'hono'
import type { DeskEnv } from '../../context.ts'
import { settingsOf } from '../../parts/navigation.ts'
import { page } from '../../parts/page.tsx'

/** Screen 14: the links to what each party keeps itself, and to what was decided for it. */
export const settings = new Hono<DeskEnv>().get('/settings', (context) => {
  const { messages, me } = context.var
  return page(
    context,
    { title: messages('settings.title') },
    <>
      <h1 class="govuk-heading-l">{messages('settings.title')}</h1>
      <p class="govuk-body">{messages('settings.intro')}</p>
      {settingsOf(me).map(({ href, text, about }) => (
        <>
          <h2 class="govuk-heading-m">
            <a class="govuk-link" href={href}>
              {messages(text)}
            </a>
          </h2>
          <p class="govuk-body">{messages(about)}</p>
        </>
      ))}
    </>,
  )
})
