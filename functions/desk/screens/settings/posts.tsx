import { Hono } from 'hono'
import { changes, type PlacedPost, register } from '../../../../schemas/api/posts.ts'
import type { DeskEnv } from '../../context.ts'
import type { Words } from '../../messages/messages.ts'
import { seesPosts } from '../../navigation.ts'
import { trouble } from '../../parts/error-page.tsx'
import { Done } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'
import { partyName } from '../../parts/parties.ts'
import { Table } from '../../parts/table.tsx'

/** Screen 14: all posts as they stand, which countries have none, and who changed what. */
export const posts = new Hono<DeskEnv>()
  .get('/settings/posts', async (visit) => {
    const [words, me] = [visit.get('words'), visit.get('me')]
    if (!seesPosts(me.kind)) return trouble(visit, 'trouble.notFound', 404)
    const { posts: all, uncovered } = await me.api.get(['posts'], register)
    const { compare } = new Intl.Collator(words.language)
    const names = new Map(all.map(({ post }) => [post, partyName(words, post)]))
    const nameOf = ({ post }: PlacedPost) => names.get(post) ?? post
    const heads = ['post', 'countries', 'state', 'duty', 'staff'] as const
    return page(
      visit,
      { title: words('posts.title'), back: '/desk/settings' },
      <>
        <Done
          words={words}
          text={visit.req.query('done') === 'changed' ? words('posts.changed') : undefined}
        />
        <h1 class="govuk-heading-l">{words('posts.title')}</h1>
        {uncovered.length > 0 ? (
          <p class="govuk-inset-text">
            <strong>{words.count('posts.uncovered', uncovered.length)}</strong>{' '}
            <a class="govuk-link" href="/desk/settings/posts/uncovered">
              {words('posts.which')}
            </a>
          </p>
        ) : (
          <p class="govuk-body">{words('posts.allCovered')}</p>
        )}
        <p class="govuk-body">
          <a class="govuk-link" href="/desk/settings/posts/changes">
            {words('posts.history')}
          </a>
        </p>
        <Table
          caption={words('posts.caption')}
          heads={heads.map((head) => words(`posts.${head}`))}
          rows={all
            .toSorted((one, other) => compare(nameOf(one), nameOf(other)))
            .map((post) => [
              <a class="govuk-link" href={`/desk/settings/posts/${post.post}`}>
                {nameOf(post)}
              </a>,
              countriesIn(words, [...post.countries, ...post.covers]),
              words(post.open ? 'posts.open' : 'posts.closed'),
              words.number(post.duty.length),
              words.number(post.staff.length),
            ])}
        />
      </>,
    )
  })
  .get('/settings/posts/uncovered', async (visit) => {
    const [words, me] = [visit.get('words'), visit.get('me')]
    if (!seesPosts(me.kind)) return trouble(visit, 'trouble.notFound', 404)
    const { uncovered } = await me.api.get(['posts'], register)
    return page(
      visit,
      { title: words('posts.which'), back: '/desk/settings/posts' },
      <>
        <h1 class="govuk-heading-l">{words('posts.which')}</h1>
        <p class="govuk-body">
          {uncovered.length > 0
            ? words.count('posts.uncovered', uncovered.length)
            : words('posts.allCovered')}
        </p>
        <p class="govuk-body">{uncovered.length > 0 ? countriesIn(words, uncovered) : null}</p>
      </>,
    )
  })
  .get('/settings/posts/changes', async (visit) => {
    const [words, me] = [visit.get('words'), visit.get('me')]
    if (!seesPosts(me.kind)) return trouble(visit, 'trouble.notFound', 404)
    const told = await me.api.get(['posts', 'changes'], changes, { cursor: visit.req.query('from') })
    const heads = ['n', 'when', 'who', 'post', 'how'] as const
    return page(
      visit,
      { title: words('posts.history'), back: '/desk/settings/posts' },
      <>
        <h1 class="govuk-heading-l">{words('posts.history')}</h1>
        {told.changes.length === 0 ? <p class="govuk-inset-text">{words('posts.noHistory')}</p> : null}
        {told.changes.length > 0 ? (
          <Table
            caption={words('posts.historyCaption')}
            heads={heads.map((head) => words(`posts.${head}`))}
            rows={told.changes.map(({ n, at, by, post, ...then }) => [
              words.number(n),
              words.instant(at),
              `${partyName(words, by.party)}, ${words.code('role', by.role)}`,
              partyName(words, post),
              words('posts.stood', {
                state: words(then.open ? 'posts.open' : 'posts.closed'),
                covers: countriesIn(words, then.covers),
                staff: then.staff.length,
                duty: then.duty.length,
              }),
            ])}
          />
        ) : null}
        {told.next ? (
          <a
            class="govuk-link"
            href={`/desk/settings/posts/changes?from=${encodeURIComponent(told.next)}`}
            rel="next"
          >
            {words('list.next-page')}
          </a>
        ) : null}
      </>,
    )
  })

/** Countries by name, in the order of the names. */
export function countriesIn(words: Words, countries: readonly string[]): string {
  const { compare } = new Intl.Collator(words.language)
  const named = countries.map((code) => words.country(code)).toSorted(compare)
  return named.length > 0 ? named.join(', ') : words('posts.none')
}
