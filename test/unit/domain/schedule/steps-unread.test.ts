import { describe, expect, test } from 'vitest'
import { dueOf } from '../../../../functions/domain/schedule/due.ts'
import { commandNames, commandShape } from '../../../../schemas/commands/commands.ts'
import { isOpen, returnPhases } from '../../../../schemas/procedure/phases.ts'
import { type SectionClass, sectionClassNames } from '../../../../schemas/values/classes.ts'
import {
  bodies,
  centre,
  consent,
  everyone,
  filingWith,
  happened,
  iom,
  istanbul,
  legalDuty,
  ministry,
  otherCentre,
  refused,
  withdrawalOf,
} from '../../../parts/bodies.ts'
import {
  after,
  type DomainReturn,
  decided,
  dueNow,
  everythingOpened,
  filed,
  give,
  inPhase,
  lastDues,
  ownersOf,
  stateOf,
  upTo,
} from '../../../parts/domain-return.ts'
import { given } from '../../../parts/given.ts'

const facts = commandNames.filter((name) => commandShape(name).states === 'fact')
const open = returnPhases.filter(isOpen)
const unread: [what: string, classes: readonly SectionClass[]][] = [
  ...sectionClassNames.map((cls): [string, SectionClass[]] => [cls, [cls]]),
  ['everything', sectionClassNames],
]

/** What can be opened of a return by somebody who does not read some classes. */
function openedWithout(made: DomainReturn, classes: readonly SectionClass[]) {
  const { opened } = everythingOpened(made)
  return { opened: opened.filter(({ section }) => !classes.includes(section.cls)), unseen: [...classes] }
}

describe.each(unread)('a fact that is told without reading %s', (_what, classes) => {
  test.each(facts)('begins and ends the same steps on the same days in every phase: %s', (name) => {
    for (const phase of open)
      for (const by of ownersOf(name)) {
        const made = inPhase[phase]()
        const read = decided(made, { name, by }, everythingOpened(made)).data
        const blind = decided(made, { name, by }, openedWithout(made, classes)).data
        expect([phase, by, blind.due, blind.ends]).toEqual([phase, by, read.due, read.ends])
      }
  })
})

const onTheWay = () => upTo('depart', filed(filingWith(everyone.map(([holder]) => [holder, consent]))))
const arrived = {
  case: { happened: happened('2026-12-05T16:20'), point: 'RMO', companionPresent: 'yes' },
} as const
const left = (party: typeof iom) => ({ name: 'withdraw', by: istanbul, body: withdrawalOf(party) }) as const

test('given a woman who left IOM out on the way, when IOM says that she arrived, then she is to be received', () => {
  const made = given(onTheWay(), left(iom))
    .when({ name: 'arrive', by: iom, body: arrived })
    .thenEvent({
      type: 'arrived',
      data: { unseen: ['case'], due: [{ step: 'receive', day: '2026-11-22' }] },
      sections: { case: 'arrival' },
    })
  expect(dueOf(stateOf(made))).toEqual([{ step: 'receive', owner: 'centre', day: '2026-11-22' }])
})

test('given a woman who left IOM out on the way, when her post says that she arrived, then she is to be received', () => {
  const without = give(onTheWay(), left(iom))
  expect(dueOf(stateOf(without))).toEqual([{ step: 'arrive', owner: 'mission', day: '2026-11-23' }])
  given(without)
    .when({ name: 'arrive', by: istanbul, body: arrived })
    .thenEvent({
      type: 'arrived',
      data: { unseen: [], due: [{ step: 'receive', day: '2026-11-22' }] },
      sections: { case: 'arrival' },
    })
})

test('given a woman who left the Centre out, when she arrives, then IOM is to receive her', () => {
  const made = give(give(onTheWay(), left(centre)), { name: 'arrive', by: iom })
  expect(dueOf(stateOf(made))).toEqual([{ step: 'receive', owner: 'iom', day: '2026-11-22' }])
})

test('given nobody who can receive her, when a centre is brought in after the arrival, then it is to receive her', () => {
  const alone = filed(
    filingWith([
      [iom, refused],
      [ministry, legalDuty],
    ]),
  )
  const arrivedAlone = give(give(alone, { name: 'depart', by: istanbul }), { name: 'arrive', by: istanbul })
  expect(dueNow(arrivedAlone)).not.toHaveProperty('receive')
  const joined = give(arrivedAlone, { name: 'agree', by: istanbul, body: bodies.agree })
  expect(stateOf(joined).basis.has(otherCentre)).toBe(true)
  expect(lastDues(joined)).toEqual({ receive: '2026-11-22' })
})

test('given a confirmed journey, when she does not come, then it has to be confirmed anew by a day', () => {
  const made = after(upTo('clear-to-leave'), [[istanbul, 'did-not-come']])
  expect(lastDues(made)).toEqual({ 'confirm-travel': '2026-11-26' })
})
