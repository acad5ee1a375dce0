import { describe, expect, test } from 'vitest'
import { openLink, returnToEndOf } from '../../../../functions/domain/matching/links.ts'
import { waitsFor } from '../../../../functions/domain/reports/work-items.ts'
import { bodies, centre, consular, iom, istanbul } from '../../../parts/bodies.ts'
import { filed, give, stateOf } from '../../../parts/domain-return.ts'
import { given } from '../../../parts/given.ts'

const match = 'a'.repeat(64)
const linkTo = (toEnd: 'this' | 'other' | 'either' | 'none') =>
  ({ name: 'link', by: iom, body: { match, link: 'same', toEnd } }) as const

describe('a return of a person who has another one', () => {
  test('given that they are one person, when IOM links them, then everybody on the return is told, and nothing of the other', () => {
    const linked = given(filed())
      .when(linkTo('this'))
      .thenEvent({ type: 'linked', data: { match, link: 'same', toEnd: 'this' } })
    expect(linked.events.at(-1)?.to).toEqual(expect.arrayContaining([istanbul, consular, iom, centre]))
    expect(linked.events.at(-1)?.sections).toEqual([])
  })

  test.each(['this', 'either'] as const)(
    'given that %s may be void, then the responsible party answers for it',
    (toEnd) => {
      const linked = give(filed(), linkTo(toEnd))
      const isWaiting = (made: typeof linked) =>
        waitsFor(stateOf(made)).some(({ party }) => party === istanbul)
      expect(openLink(stateOf(linked))?.toEnd).toBe(toEnd)
      expect(isWaiting(linked)).toBe(true)
      const kept = given(linked)
        .when({ name: 'keep-return', by: istanbul, body: {} })
        .thenEvent({ type: 'return-kept', data: {} })
      const ended = give(linked, { name: 'cancel', by: istanbul, body: bodies.cancel })
      for (const made of [kept, ended]) expect(openLink(stateOf(made))).toBeUndefined()
      given(linked).when({ name: 'keep-return', by: iom, body: {} }).thenRefused('not-yours', undefined)
    },
  )

  test.each(['other', 'none'] as const)('given that %s is to end, then nothing is asked here', (toEnd) => {
    const linked = give(filed(), linkTo(toEnd))
    expect(openLink(stateOf(linked))).toBeUndefined()
    given(linked)
      .when({ name: 'keep-return', by: istanbul, body: {} })
      .thenRefused('nothing-to-do', undefined)
  })

  test('given a link, when it is undone, then nothing of it is left; and none is undone or made twice', () => {
    const linked = give(filed(), linkTo('this'))
    given(linked).when(linkTo('this')).thenRefused('nothing-to-do', undefined)
    const undone = given(linked)
      .when({ name: 'unlink', by: iom, body: { match } })
      .thenEvent({ type: 'unlinked', data: { match } })
    expect(stateOf(undone).links).toEqual([])
    given(undone).when({ name: 'unlink', by: iom, body: { match } }).thenRefused('nothing-to-do', undefined)
  })
})

const abroad = { phase: 'accepted' } as const
const home = { phase: 'arrived', arrivedAt: '2026-11-21T09:00:00.000Z' } as const
const cameBefore = { phase: 'arrived' } as const
const ended = { phase: 'cancelled' } as const

test.each([
  ['a request on hold, of a person who came by herself', abroad, home, 'same', 'this'],
  ['the return of a person who came by herself, of whom a request waits', home, abroad, 'same', 'other'],
  ['a request, of a person who was home before she was registered', abroad, cameBefore, 'same', 'this'],
  ['one of two requests', abroad, abroad, 'same', 'either'],
  ['one of two returns of a person who is home', home, home, 'same', 'either'],
  ['a return that has ended', ended, abroad, 'same', 'none'],
  ['a return beside one that has ended', abroad, ended, 'same', 'none'],
  ['a return years after another', abroad, home, 'repeat', 'none'],
] as const)('%s: which of the two may be void', (_, own, other, link, expected) => {
  expect(returnToEndOf(own, other, link)).toBe(expected)
})
