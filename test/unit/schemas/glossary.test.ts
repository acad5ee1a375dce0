import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import en from '../../../functions/desk/messages/en.json' with { type: 'json' }
import ro from '../../../functions/desk/messages/ro.json' with { type: 'json' }
import ru from '../../../functions/desk/messages/ru.json' with { type: 'json' }
import { membership } from '../../../schemas/api/answers.ts'
import { matchRecord } from '../../../schemas/api/matches.ts'
import { traitKinds } from '../../../schemas/api/search.ts'
import { workLists } from '../../../schemas/api/work.ts'
import { commandNames } from '../../../schemas/commands/commands.ts'
import { tableNames } from '../../../schemas/deployment/tables.ts'
import { eventTypes } from '../../../schemas/events/events.ts'
import { escalationNames } from '../../../schemas/events/watch-events.ts'
import { gateNames } from '../../../schemas/procedure/gates.ts'
import { phases } from '../../../schemas/procedure/phases.ts'
import { stepNames } from '../../../schemas/procedure/procedure.ts'
import { taskNames } from '../../../schemas/procedure/tasks.ts'
import { waysIn } from '../../../schemas/procedure/ways.ts'
import { otherItemNames } from '../../../schemas/procedure/work-items.ts'
import { sections } from '../../../schemas/sections/sections.ts'
import { purposes } from '../../../schemas/values/basis.ts'
import { dataClassNames, sectionClassNames } from '../../../schemas/values/classes.ts'
import { alert, categories, linkKind, outcomes } from '../../../schemas/values/codes.ts'
import { authorRoles, holderKinds, partnerKinds, partyKindNames } from '../../../schemas/values/parties.ts'

const glossary = readFileSync(join(import.meta.dirname, '../../../docs/glossary.md'), 'utf8')

/** The rows of the tables under each heading: the cells of each, without the head of the table. */
function rowsByHeading(): Map<string, string[][]> {
  const rows = new Map<string, string[][]>()
  let heading = ''
  for (const line of glossary.split('\n')) {
    if (line.startsWith('#')) heading = line.replace(/^#+ /, '')
    const cells = line.startsWith('| ') ? line.slice(2, -2).split(' | ') : []
    const isHead = cells.slice(1).join() === 'English,Romanian,Russian'
    if (cells.length > 0 && !isHead) rows.set(heading, [...(rows.get(heading) ?? []), cells])
  }
  return rows
}

const rows = rowsByHeading()
const termsUnder = (heading: string) =>
  (rows.get(heading) ?? []).map(([term = '']) => term.replaceAll('`', ''))

const groups: readonly [heading: string, codes: readonly string[]][] = [
  ['Categories (HG 948/2008)', categories],
  ['Tasks', taskNames],
  ['Outcomes of a return', outcomes],
  ['Alerts on a return', alert.options],
  ['Ways in', waysIn],
  ['Phases', phases],
  ['Commands', commandNames],
  ['Events', eventTypes],
  ['Gates', gateNames],
  ['Data classes', dataClassNames],
  ['Slots', [...new Set(sectionClassNames.flatMap((cls) => Object.keys(sections[cls])))]],
  ['Answers of a match', matchRecord.shape.state.options],
  ['Purposes of consent', purposes],
  ['Traits', traitKinds],
  ['Kinds of party', partyKindNames],
  ['Kinds of partner', partnerKinds],
  ['Roles', authorRoles],
  ['What a party owes', otherItemNames],
  ['Lists of what there is to do', workLists],
  ['What can be overdue', escalationNames],
  ['Tables', tableNames],
]

test.each(groups)('the glossary lists the codes under "%s", all of them and no other', (heading, codes) => {
  // The arranger is no kind of party, but pages name it among them.
  const listed = termsUnder(heading).filter((term) => term !== 'arranger')
  expect(listed.sort()).toEqual([...codes].sort())
})

test('the glossary lists every step, every holder that is no party, and the words of a link', () => {
  expect(termsUnder('Steps and other due days')).toEqual(expect.arrayContaining([...stepNames]))
  const parties: readonly string[] = partyKindNames
  expect(termsUnder('Holders that are no party')).toEqual(
    expect.arrayContaining(holderKinds.filter((kind) => !parties.includes(kind))),
  )
  expect(termsUnder('Links and membership')).toEqual([...linkKind.options, ...membership.options])
})

test('the glossary has the words that house and pages share', () => {
  const words =
    'request return party section basis wrap trail head claim relay inbox watch delivery confirmation gate fact arranger step deadline desk'
  const terms = [...rows.values()].flat().map(([term]) => term)
  expect(terms).toEqual(expect.arrayContaining(words.split(' ')))
})

test('every line of the glossary has English, Romanian and Russian, and no term stands twice under a heading', () => {
  const all = [...rows.values()].flat()
  expect(all.length).toBeGreaterThan(400)
  for (const cells of all) {
    expect([cells[0], cells.length]).toEqual([cells[0], 4])
    for (const cell of cells) expect(cell.trim()).not.toBe('')
    // An abbreviation of the state is the same in all three.
    if (cells[0] !== 'IDNP' && cells[3] !== 'IDNP') expect(cells[3]).toMatch(/\p{Script=Cyrillic}/u)
  }
  for (const heading of rows.keys())
    expect(new Set(termsUnder(heading)).size).toBe(termsUnder(heading).length)
})

/** Where the pages have the words of the codes under a heading. */
const wordsOf: Readonly<Record<string, (messages: typeof en) => Readonly<Record<string, string>>>> = {
  'Categories (HG 948/2008)': ({ values }) => values.category,
  Tasks: ({ codes }) => codes.task,
  'Outcomes of a return': ({ codes }) => codes.outcome,
  'Alerts on a return': ({ codes }) => codes.alert,
  'Ways in': ({ codes }) => codes.wayIn,
  Phases: ({ codes }) => codes.phase,
  Commands: ({ codes }) => codes.command,
  Events: ({ codes }) => codes.event,
  'Data classes': ({ codes }) => codes.class,
  Slots: ({ codes }) => codes.slot,
  'Answers of a match': ({ codes }) => codes.match,
  'Basis of a recipient': ({ codes }) => codes.basisStatus,
  'Purposes of consent': ({ values }) => values.purposes,
  Traits: ({ codes }) => codes.trait,
  'Kinds of party': ({ codes }) => codes.party,
  'Kinds of partner': ({ codes }) => codes.partner,
  Roles: ({ codes }) => codes.role,
  'Holders that are no party': ({ codes }) => codes.holder,
  'Steps and other due days': ({ codes }) => codes.step,
  'What can be overdue': ({ codes }) => codes.item,
  'Whom a level of the rota notifies': ({ codes }) => codes.notifies,
}

test.each(Object.entries(wordsOf))('the glossary says of "%s" what the pages say', (heading, wordsIn) => {
  const lines = (rows.get(heading) ?? []).map((cells) => `| ${cells.join(' | ')} |`)
  const onPages = termsUnder(heading).map((code) => {
    const words = [en, ro, ru].map((messages) => wordsIn(messages)[code])
    return `| \`${code}\` | ${words.join(' | ')} |`
  })
  expect(lines.length).toBeGreaterThan(1)
  expect(lines).toEqual(onPages)
})
