import { Hono } from 'hono'
import { type PlacedPost, postChanges, postsAnswer } from '../../../../schemas/api/posts.ts'
import type { DeskEnv } from '../../context.ts'
import type { Messages } from '../../messages/messages.ts'
import { notFound } from '../../parts/error-page.tsx'
import { seesPosts } from '../../parts/navigation.ts'
import { SuccessBanner } from '../../parts/notice.tsx'
import { page } from '../../parts/page.tsx'
import { PagingLinks, pagedRows, pagingIn } from '../../parts/paging.tsx'
import { partyName } from '../../parts/parties.ts'
import { Table } from '../../parts/table.tsx'

/** Screen 14: all posts as they stand, which countries have none, and who changed what. */
export const posts = new Hono<DeskEnv>()
  .get('/settings/posts', async (context) => {
    const { messages, me } = context.var
    if (!seesPosts(me.kind)) return notFound(context)
    const { posts: all, uncovered } = await me.api.get(['posts'], postsAnswer)
    const { compare } = new Intl.Collator(messages.language)
    const names = new Map(all.map(({ post }) => [post, partyName(messages, post)]))
    const nameOf = ({ post }: PlacedPost) => names.get(post) ?? post
    const heads = ['post', 'countries', 'state', 'duty', 'staff'] as const
    const paging = pagingIn(context)
    const shown = pagedRows(
      all.toSorted((first, second) => compare(nameOf(first), nameOf(second))),
      paging,
    )
    return page(
      context,
      { title: messages('posts.title'), back: '/desk/settings' },
      <>
        <SuccessBanner
          messages={messages}
          text={context.req.query('done') === 'changed' ? messages('posts.changed') : undefined}
        />
        <h1 class="govuk-heading-l">{messages('posts.title')}</h1>
        {uncovered.length > 0 ? (
          <p class="govuk-inset-text">
            <strong>{messages.count('posts.uncovered', uncovered.length)}</strong>{' '}
            <a class="govuk-link" href="/desk/settings/posts/uncovered">
              {messages('posts.which')}
            </a>
          </p>
        ) : (
          <p class="govuk-body">{messages('posts.allCovered')}</p>
        )}
        <p class="govuk-body">
          <a class="govuk-link" href="/desk/settings/posts/changes">
            {messages('posts.history')}
          </a>
        </p>
        <Table
          caption={messages('posts.caption')}
          heads={heads.map((head) => messages(`posts.${head}`))}
          rows={shown.rows.map((post) => [
            <a class="govuk-link" href={`/desk/settings/posts/${post.post}`}>
              {nameOf(post)}
            </a>,
            countriesIn(messages, [...post.countries, ...post.covers]),
            messages(post.open ? 'posts.open' : 'posts.closed'),
            messages.number(post.duty.length),
            messages.number(post.staff.length),
          ])}
        />
        <PagingLinks
          context={context}
          paging={paging}
          rows={shown.rows.length}
          next={shown.next}
          total={shown.total}
        />
      </>,
    )
  })
  .get('/settings/posts/uncovered', async (context) => {
    const { messages, me } = context.var
    if (!seesPosts(me.kind)) return notFound(context)
    const { uncovered } = await me.api.get(['posts'], postsAnswer)
    return page(
      context,
      { title: messages('posts.which'), back: '/desk/settings/posts' },
      <>
        <h1 class="govuk-heading-l">{messages('posts.which')}</h1>
        <p class="govuk-body">
          {uncovered.length > 0
            ? messages.count('posts.uncovered', uncovered.length)
            : messages('posts.allCovered')}
        </p>
        <p class="govuk-body">{uncovered.length > 0 ? countriesIn(messages, uncovered) : null}</p>
      </>,
    )
  })
  .get('/settings/posts/changes', async (context) => {
    const { messages, me } = context.var
    if (!seesPosts(me.kind)) return notFound(context)
    const paging = pagingIn(context)
    const log = await me.api.get(['posts', 'changes'], postChanges, { cursor: paging.cursor })
    const heads = ['n', 'when', 'who', 'post', 'how'] as const
    return page(
      context,
      { title: messages('posts.history'), back: '/desk/settings/posts' },
      <>
        <h1 class="govuk-heading-l">{messages('posts.history')}</h1>
        {log.changes.length === 0 ? <p class="govuk-inset-text">{messages('posts.noHistory')}</p> : null}
        {log.changes.length > 0 ? (
          <Table
            caption={messages('posts.historyCaption')}
            heads={heads.map((head) => messages(`posts.${head}`))}
            rows={log.changes.map(({ n, at, by, post, ...then }) => [
              messages.number(n),
              messages.instant(at),
              `${partyName(messages, by.party)}, ${messages.code('role', by.role)}`,
              partyName(messages, post),
              messages('posts.stood', {
                state: messages(then.open ? 'posts.open' : 'posts.closed'),
                covers: countriesIn(messages, then.covers),
                staff: then.staff.length,
                duty: then.duty.length,
              }),
            ])}
          />
        ) : null}
        <PagingLinks context={context} paging={paging} rows={log.changes.length} next={log.next} />
      </>,
    )
  })

/** Countries by name, in the order of the names. */
export function countriesIn(messages: Messages, countries: readonly string[]): string {
  const { compare } = new Intl.Collator(messages.language)
  const named = countries.map((code) => messages.country(code)).toSorted(compare)
  return named.length > 0 ? named.join(', ') : messages('posts.none')
}
