import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addressed, membershipOf } from '../../../../functions/domain/access/readers.ts'
import { answeringFor } from '../../../../functions/domain/directory/posts.ts'
import { waitsFor } from '../../../../functions/domain/reports/work-items.ts'
import { commandsFor } from '../../../../functions/domain/reports/worklist-row.ts'
import { nextLook } from '../../../../functions/domain/schedule/escalation.ts'
import { type CommandName, commandNames } from '../../../../schemas/commands/commands.ts'
import { alertPhases, openAnywhere } from '../../../../schemas/procedure/phases.ts'
import { mayAlert } from '../../../../schemas/procedure/ways.ts'
import { type PartyId, partnerKinds } from '../../../../schemas/values/parties.ts'
import { alarm } from '../../../parts/alarm.ts'
import {
  bodies,
  centre,
  consular,
  iom,
  istanbul,
  madrid,
  ministry,
  otherMission,
  partner,
  partnerOf,
} from '../../../parts/bodies.ts'
import {
  answerTo,
  type DomainReturn,
  give,
  inPhase,
  keptIn,
  raised,
  stateOf,
  after as stepped,
  timeOf,
} from '../../../parts/domain-return.ts'
import { given } from '../../../parts/given.ts'
import { rota } from '../../../parts/rota.ts'

const hotline = partnerOf.hotline
const alert = (urgency = 'none') => raised(hotline, istanbul, { urgency })
const uncovered = (urgency = 'none') => raised(hotline, consular, { urgency })
const minutes = (count: number) => new Date(Date.parse(timeOf(0)) + count * 60_000).toISOString()
const passTo = (to: PartyId) => ({ name: 'pass-alert', body: { to } }) as const

describe('who is told of an alert', () => {
  test('the post that it went to and who raised it read it; the consular department sees that it is there', () => {
    const made = alert()
    expect(addressed(stateOf(made))).toEqual([istanbul, consular, hotline])
    for (const slot of ['alert', 'callback'])
      expect(keptIn(made, slot).map(({ readers }) => readers)).toEqual([[istanbul, hotline, 'custodian']])
    for (const party of [otherMission, iom, centre, ministry, partner])
      expect([party, membershipOf(stateOf(made), party)]).toEqual([party, 'none'])
  })

  test('where no post covers the country the department opens nothing, and who raised it still reads it', () => {
    const made = uncovered()
    for (const slot of ['alert', 'callback'])
      expect(keptIn(made, slot).map(({ readers }) => readers)).toEqual([[hotline, 'custodian']])
    expect(waitsFor(stateOf(made)).map(({ party }) => party)).toEqual([consular])
  })

  test.each(alertPhases.map((phase) => [phase]))(
    'in clear a %s says no place, no number and no word',
    (phase) => {
      const steps: Record<string, CommandName[]> = {
        alert: [],
        'alert-acknowledged': ['acknowledge-alert'],
        'became-request': ['acknowledge-alert', 'become-request'],
        'alert-closed': ['close-alert'],
      }
      const made = stepped(
        alert('danger-today'),
        (steps[phase] ?? []).map((name) => [istanbul, name]),
      )
      expect(stateOf(made).phase).toBe(phase)
      const clear = JSON.stringify(made.events)
      for (const word of [
        'TR',
        alarm.case.place,
        alarm.contacts.phone,
        alarm.contacts.safeWay,
        'relatives',
        'false-alarm',
      ])
        expect([word, clear.includes(`"${word}"`)]).toEqual([word, false])
    },
  )

  test('mayAlert says which partners raise one, and a partner of another kind is refused', () => {
    for (const kind of partnerKinds) {
      const raise = () => raised(partnerOf[kind], istanbul)
      if (mayAlert('partner', kind)) expect(stateOf(raise()).phase).toBe('alert')
      else expect(raise).toThrow('not-yours')
    }
    expect(() => raised(iom, istanbul)).not.toThrow()
  })

  test('children are some of those who are there', () => {
    expect(() => raised(hotline, istanbul, { persons: 1, children: 2 } as object)).toThrow('bad-input')
  })
})

describe('what is done with an alert', () => {
  const ofAlerts = ['acknowledge-alert', 'pass-alert', 'become-request', 'close-alert'] as const
  const both = commandNames.filter((name) => {
    const others: CommandName[] = ['ask', 'answer', 'take', 'assign', 'note', 'answer-call', 'move-case']
    return others.includes(name)
  })

  test('no command of a return starts on one, whoever gives it and wherever it stands', () => {
    const there = [
      alert(),
      stepped(alert(), [[istanbul, 'acknowledge-alert']]),
      stepped(alert(), [[istanbul, 'close-alert']]),
      stepped(alert(), [[istanbul, 'become-request']]),
    ]
    const others = commandNames.filter(
      (name) => !both.includes(name) && !(ofAlerts as readonly string[]).includes(name),
    )
    for (const made of there)
      for (const by of [istanbul, hotline, consular])
        for (const name of others) {
          const answer = answerTo(made, { name, by })
          expect([name, by, ['wrong-phase', 'not-yours', 'nothing-to-do'].includes(answer)]).toEqual([
            name,
            by,
            true,
          ])
        }
  })

  test('and no command of an alert starts on a return', () => {
    for (const phase of openAnywhere.filter((item) => item in inPhase))
      for (const name of ofAlerts) {
        const made = inPhase[phase as keyof typeof inPhase]()
        expect([phase, name, answerTo(made, { name, by: istanbul })]).toEqual([phase, name, 'wrong-phase'])
      }
  })

  test.each<[CommandName, string, PartyId]>([
    ['acknowledge-alert', 'alert-acknowledged', istanbul],
    ['become-request', 'became-request', istanbul],
    ['close-alert', 'alert-closed', istanbul],
    ['close-alert', 'alert-closed', hotline],
  ])('%s leads to %s, given by %s', (name, phase, by) => {
    expect(stateOf(give(alert(), { name, by })).phase).toBe(phase)
  })

  test('it is acknowledged once, and closed once, and is nothing else afterwards', () => {
    const seen = stepped(alert(), [[istanbul, 'acknowledge-alert']])
    expect(answerTo(seen, { name: 'acknowledge-alert', by: istanbul })).toBe('wrong-phase')
    for (const end of ['close-alert', 'become-request'] as const) {
      const over = stepped(seen, [[istanbul, end]])
      for (const name of [...ofAlerts, ...both])
        for (const by of [istanbul, hotline, consular])
          expect([end, name, ['wrong-phase', 'not-yours'].includes(answerTo(over, { name, by }))]).toEqual([
            end,
            name,
            true,
          ])
      expect(commandsFor(stateOf(over), istanbul)).toEqual([])
      expect(waitsFor(stateOf(over))).toEqual([])
      expect(nextLook(stateOf(over), Date.parse(minutes(9)), rota)).toBeUndefined()
    }
  })

  test('who raised it neither acknowledges it nor files from it, and a stranger finds nothing', () => {
    expect(answerTo(raised(otherMission, istanbul), { name: 'acknowledge-alert', by: otherMission })).toBe(
      'not-yours',
    )
    expect(answerTo(raised(otherMission, istanbul), { name: 'become-request', by: otherMission })).toBe(
      'not-yours',
    )
    for (const name of ['acknowledge-alert', 'pass-alert', 'close-alert'] as const)
      expect([name, answerTo(alert(), { name, by: otherMission })]).toEqual([name, 'not-found'])
  })

  test('why it was closed is sealed for those who read it', () => {
    const body = { ...bodies['close-alert'], contacts: { text: 'She is with her aunt.' } }
    const made = give(alert(), { name: 'close-alert', by: istanbul, body })
    expect(keptIn(made, 'alert-end').map(({ readers }) => readers)).toEqual([
      [istanbul, hotline, 'custodian'],
      [istanbul, hotline, 'custodian'],
    ])
  })
})

describe('an alert that is passed on', () => {
  test('the post that has it passes it to another, which reads the same words, and leaves', () => {
    const seen = stepped(alert(), [[istanbul, 'acknowledge-alert']])
    const made = give(seen, { by: istanbul, ...passTo(otherMission) })
    expect(stateOf(made)).toMatchObject({ phase: 'alert', responsible: otherMission })
    expect(keptIn(made, 'alert')).toMatchObject([
      { content: alarm.case, readers: [otherMission, hotline, 'custodian'] },
    ])
    expect(keptIn(made, 'callback')).toMatchObject([{ content: alarm.contacts }])
    expect(membershipOf(stateOf(made), istanbul)).toBe('ended')
    expect(made.kept.flatMap(({ readers }) => readers)).not.toContain(istanbul)
    expect(answerTo(made, { name: 'acknowledge-alert', by: istanbul })).toBe('basis-ended')
    // And back again.
    const back = give(made, { by: otherMission, ...passTo(istanbul) })
    expect(membershipOf(stateOf(back), istanbul)).toBe('on')
    expect(keptIn(back, 'callback')).toMatchObject([{ readers: [istanbul, hotline, 'custodian'] }])
  })

  test('without a post only where the consular department has said so, and to no other than it said', () => {
    expect(answerTo(uncovered(), { by: hotline, ...passTo(istanbul) })).toBe('not-yours')
    expect(answerTo(uncovered(), { by: consular, name: 'move-case', body: { to: consular } })).toBe(
      'unknown-target',
    )
    const said = give(uncovered(), { by: consular, name: 'move-case', body: { to: istanbul } })
    expect(waitsFor(stateOf(said)).map(({ party }) => party)).toEqual([hotline])
    expect(answerTo(said, { by: hotline, ...passTo(otherMission) })).toBe('not-yours')
    const made = give(said, { by: hotline, ...passTo(istanbul) })
    expect(stateOf(made)).toMatchObject({ responsible: istanbul, phase: 'alert' })
    expect(waitsFor(stateOf(made)).map(({ party }) => party)).toEqual([istanbul])
    expect(keptIn(made, 'callback')).toMatchObject([
      { content: alarm.contacts, readers: [istanbul, hotline, 'custodian'] },
    ])
  })

  test('who raised it never stops reading it, to whomever it is passed', () => {
    const posts = [istanbul, otherMission] as const
    fc.assert(
      fc.property(
        fc.array(fc.nat(3), { maxLength: 12 }),
        fc.constantFrom(hotline, istanbul, iom),
        (steps, by) => {
          const made = steps.reduce<DomainReturn>(
            (changed, number) => {
              const { responsible } = stateOf(changed)
              const to = posts[number % 2] ?? istanbul
              const given = { by: responsible, ...passTo(to) }
              return answerTo(changed, given) === 'accepted' ? give(changed, given) : changed
            },
            raised(by, istanbul),
          )
          const { responsible } = stateOf(made)
          for (const slot of ['alert', 'callback'])
            expect(new Set(keptIn(made, slot)[0]?.readers)).toEqual(new Set([responsible, by, 'custodian']))
          expect(stateOf(made).lacking.size).toBe(0)
        },
      ),
    )
  })
})

describe('the post that answers for a country', () => {
  const of = (post: PartyId, countries: string[], covers: string[] = [], open = true) => ({
    post,
    countries,
    covers,
    open,
  })
  const posts = [of(otherMission, ['TR', 'LB']), of(istanbul, ['TR']), of(madrid, ['ES'], ['AD'], false)]

  test.each<[string, PartyId, PartyId | undefined]>([
    ['LB', hotline, otherMission],
    ['TR', hotline, otherMission],
    // The post that raises it itself, where it is one of several.
    ['TR', istanbul, istanbul],
    // Closed, or nobody's, or our own.
    ['ES', hotline, undefined],
    ['AD', hotline, undefined],
    ['NP', hotline, undefined],
    ['MD', hotline, undefined],
  ])('%s, asked by %s, is %s', (country, by, found) => {
    expect(answeringFor([...posts, of(madrid, ['MD'])], country, by)).toBe(found)
  })
})

test('given an alert, when its post passes it on, then the same words are sealed for the other post', () => {
  given(raised(iom, istanbul))
    .when({ name: 'pass-alert', by: istanbul, body: { to: otherMission } })
    .thenEvent({
      type: 'alert-passed',
      data: { to: otherMission },
      for: otherMission,
      sections: { case: 'alert', contacts: 'callback' },
    })
  given(raised(iom, istanbul))
    .when({ name: 'pass-alert', by: istanbul, body: { to: istanbul } })
    .thenRefused('unknown-target', ['to'])
  given(raised(iom, istanbul))
    .when({ name: 'pass-alert', by: iom, body: { to: otherMission } })
    .thenRefused('not-yours')
})
