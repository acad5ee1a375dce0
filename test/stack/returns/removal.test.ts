import { QueryCommand } from '@aws-sdk/client-dynamodb'
import { beforeAll, describe, expect } from 'vitest'
import { verifyExport } from '../../../functions/trail/verify.ts'
import { rewrap, unwrap, wrapId } from '../../../functions/vault/wraps.ts'
import { titled } from '../../../infra/logical-id.ts'
import { variable } from '../../../schemas/deployment/settings.ts'
import { dataClassNames, mayHold, mayRead } from '../../../schemas/values/classes.ts'
import { type HolderId, kindOf } from '../../../schemas/values/parties.ts'
import { centre, consent, everyone, filingWith, iom, istanbul, ministry, sample } from '../../parts/bodies.ts'
import { type Desk, lineOf, refusalOf } from '../../parts/desk.ts'
import { sessionOf } from '../../parts/function-clients.ts'
import { fileOne, type RunningStack } from '../../parts/running-stack.ts'
import { test } from '../../parts/shared-stack.ts'
import { bodies, withdrawalOf } from '../../parts/todays-bodies.ts'

let running: RunningStack
let mission: Desk
let iomDesk: Desk
let centreDesk: Desk
const sends: string[] = []
test.beforeAll(async ({ shared }) => {
  running = shared
  shared.onCall(({ operation, body }) => {
    if (operation === 'SendMessage') sends.push(JSON.stringify(body))
    return undefined
  })
  ;[mission, iomDesk, centreDesk] = await Promise.all([
    running.desk('istanbul'),
    running.desk('iom'),
    running.desk('centre'),
  ])
})

const wrapsOf = async (ret: string) =>
  (await running.stored.rows('keys', ret)).map((row) => row.wrap?.S ?? '').sort()
const sectionsOf = async (ret: string) =>
  (await running.stored.rows('sealed', ret)).map((row) => row.section?.S ?? '').sort()
const valid = async (desk: Desk, ret: string) => {
  const verdict = verifyExport(await desk.export(ret))
  if (verdict.kind === 'invalid') throw new Error(`The export has a flaw: ${verdict.flaw}.`)
  return verdict
}

/** A return on its way, with a section of every class that its parties share. */
async function onItsWay(): Promise<string> {
  const ret = await fileOne(mission, filingWith(everyone.map(([holder]) => [holder, consent])))
  for (const name of ['acknowledge', 'accept', 'assess-risk', 'plan-travel'] as const)
    await iomDesk.command(ret, name, bodies[name])
  await centreDesk.command(ret, 'hold-place', bodies['hold-place'])
  const asked = await centreDesk.command(ret, 'ask', { for: istanbul, talk: { text: 'Which one?' } })
  await mission.command(ret, 'answer', { question: asked.seq, talk: { text: 'That one.' } })
  await running.settled()
  return ret
}

describe.each<[HolderId, string | undefined]>([
  [centre, 'centre'],
  [iom, 'iom'],
  [ministry, 'ministry'],
  ['figures', undefined],
])('a person who shares with %s no longer', (holder, user) => {
  let ret = ''
  let had: string[] = []
  let version = 0
  beforeAll(async () => {
    ret = await onItsWay()
    // What was opened a moment ago is in the function's memory: it must not answer from there.
    if (user) await (await running.desk(user)).open(ret, ['case'])
    had = await wrapsOf(ret)
    version = (await mission.command(ret, 'withdraw', withdrawalOf(holder))).version
    await running.settled()
  })

  test('has no wrap left for it but the log key, and every other wrap', async () => {
    const gone = had.filter((wrap) => wrap.startsWith(`${holder}#`) && !wrap.startsWith(`${holder}#log#`))
    expect(gone.length).toBeGreaterThan(0)
    const left = await wrapsOf(ret)
    expect(left.filter((wrap) => had.includes(wrap))).toEqual(had.filter((wrap) => !gone.includes(wrap)))
    // The withdrawal's own section was never wrapped for whom it leaves out.
    expect(left.filter((wrap) => wrap.startsWith(`${holder}#`) && !wrap.includes('#log#'))).toEqual([])
  })

  test('is opened, asked and commanded by it no more, and told of to it no more', async () => {
    await mission.command(ret, 'depart', bodies.depart)
    await running.settled()
    expect((await wrapsOf(ret)).filter((wrap) => wrap.startsWith(`${holder}#case#`))).toEqual([])
    if (!user) return
    const desk = await running.desk(user)
    expect(await refusalOf(desk.open(ret, ['case']))).toMatchObject({ status: 403, code: 'basis-ended' })
    const question = { for: istanbul, talk: { text: 'Why?' } }
    expect(await refusalOf(desk.command(ret, 'ask', question))).toMatchObject({ code: 'basis-ended' })
    const line = await lineOf(desk, ret)
    expect(line).toMatchObject({ membership: 'ended', version })
    expect(line?.label).toBeUndefined()
    const seen = await desk.see(ret)
    expect([seen.membership, seen.label, seen.commands]).toEqual(['ended', undefined, ['answer-withdrawal']])
    // The last that it learns is that it is left out.
    const { events } = await desk.events(ret)
    expect(events.at(-1)?.type).toBe('withdrawn')
    const messages = sends.filter((text) => text.includes(ret) && text.includes(`recipient\\":\\"${holder}`))
    expect(messages.filter((text) => text.includes('departed'))).toEqual([])
  })

  test('leaves it an export without sections, which is valid', async () => {
    if (!user) return
    const taken = await (await running.desk(user)).export(ret)
    expect(taken.sections).toEqual([])
    const verdict = verifyExport(taken)
    expect(verdict).toMatchObject({ kind: 'valid', events: version, checked: 0 })
    expect((await valid(mission, ret)).checked).toBeGreaterThan(0)
  })
})

test('the centre that held a place for who leaves it holds none, and its credentials read no key', async () => {
  const ret = await onItsWay()
  expect((await mission.see(ret)).placeHeld).toBe(true)
  await mission.command(ret, 'withdraw', withdrawalOf(centre))
  const seen = await mission.see(ret)
  expect([seen.placeHeld, seen.questions]).toEqual([false, []])

  const { db } = await sessionOf(running.stack, 'centre', 'S0DS')
  const environment = Object.assign({}, ...running.stack.functions.specs.map((spec) => spec.environment))
  const { Items: rows = [] } = await db.send(
    new QueryCommand({
      TableName: environment[variable.table('keys')],
      KeyConditionExpression: 'ret = :ret AND begins_with(wrap, :own)',
      ExpressionAttributeValues: { ':ret': { S: ret }, ':own': { S: `${centre}#` } },
    }),
  )
  expect(rows.map((row) => row.wrap?.S?.split('#')[1])).toEqual(['log'])
})

test('what the custodian keeps opens to whom somebody else grants it, and not to the one left out alone', async () => {
  const ret = await onItsWay()
  await mission.command(ret, 'withdraw', withdrawalOf(centre))
  const left = await sessionOf(running.stack, 'centre', 'S0DS')
  const granter = await sessionOf(running.stack, 'mission', '1XGE')
  const keyArnOf = (holder: HolderId) => running.stack.template.arnOf(`${titled(kindOf(holder))}Key`)
  const kept = (await running.stored.rows('keys', ret)).flatMap((row) => {
    const [party, name, sec = ''] = (row.wrap?.S ?? '').split('#')
    const cls = dataClassNames.find((dataClassName) => dataClassName === name)
    if (party !== 'custodian' || !cls || !row.blob?.B) return []
    const wrap = wrapId({ party, cls, sec })
    return [{ row: { wrap, blob: row.blob.B }, from: { ret, cls, sec, party } as const }]
  })
  expect(new Set(kept.map(({ from }) => from.cls))).toEqual(
    new Set(dataClassNames.filter((cls) => mayHold('custodian', cls))),
  )
  for (const { row, from } of kept) {
    const denied = { name: 'AccessDeniedException' }
    await expect(unwrap(left.kms, keyArnOf('custodian'), row, from)).rejects.toMatchObject(denied)
    await expect(rewrap(left.kms, keyArnOf, row, from, centre)).rejects.toMatchObject(denied)
    if (!mayRead('centre', from.cls)) continue
    const granted = await rewrap(granter.kms, keyArnOf, row, from, centre)
    expect(await unwrap(left.kms, keyArnOf(centre), granted, { ...from, party: centre })).toHaveLength(32)
  }
})

describe('a section about the wrong person', () => {
  let ret = ''
  let sec = ''
  beforeAll(async () => {
    ret = await onItsWay()
    const { sections } = await mission.open(ret, ['identity'])
    sec = sections[0]?.sec ?? ''
  })

  test('is struck by nobody but its author', async () => {
    for (const desk of [iomDesk, centreDesk]) {
      const refusal = await refusalOf(desk.command(ret, 'strike', { strikes: [sec] }))
      expect(refusal).toMatchObject({ code: 'unknown-target', problem: { fields: ['strikes'] } })
    }
  })

  test('struck, is gone: ciphertext, every wrap, every answer; and the trail is valid without it', async () => {
    const before = await valid(iomDesk, ret)
    expect((await wrapsOf(ret)).filter((wrap) => wrap.endsWith(sec))).toHaveLength(4)
    await mission.command(ret, 'strike', { strikes: [sec] })
    await running.settled()
    expect((await wrapsOf(ret)).filter((wrap) => wrap.endsWith(sec))).toEqual([])
    expect((await sectionsOf(ret)).filter((section) => section.endsWith(sec))).toEqual([])
    for (const desk of [mission, iomDesk, centreDesk]) {
      expect((await desk.open(ret, ['identity'])).sections).toEqual([])
      expect(JSON.stringify((await desk.export(ret)).sections)).not.toContain(sec)
    }
    const after = await valid(iomDesk, ret)
    // The label says who the person is, in short: it goes with her.
    expect([after.checked, after.absent]).toEqual([before.checked - 2, before.absent + 2])
    for (const desk of [mission, iomDesk, centreDesk]) {
      expect((await desk.see(ret)).label).toBeUndefined()
      expect((await lineOf(desk, ret))?.label).toBeUndefined()
    }
  })

  test('struck once, cannot be struck again, or amended', async () => {
    const again = await refusalOf(mission.command(ret, 'strike', { strikes: [sec] }))
    expect(again.code).toBe('unknown-target')
    const body = { slot: 'person', identity: sample.identity, supersedes: sec }
    expect((await refusalOf(mission.command(ret, 'amend', body))).code).toBe('unknown-target')
    const anew = await mission.command(ret, 'amend', { slot: 'person', identity: sample.identity })
    expect(anew.phase).toBe('planned')
    expect((await iomDesk.open(ret, ['identity'])).sections).toHaveLength(1)
  })
})

test('a fact that was wrong is left out of what stands, and stays on the trail', async () => {
  const ret = await onItsWay()
  const { seq, phase } = await iomDesk.command(ret, 'arrive', bodies.arrive)
  expect(phase).toBe('arrived')
  expect((await mission.see(ret)).alerts).toEqual(['came-unannounced'])
  expect((await refusalOf(centreDesk.command(ret, 'correct', { corrects: seq }))).code).toBe('unknown-target')
  expect((await iomDesk.command(ret, 'correct', { corrects: seq })).phase).toBe('planned')
  expect((await mission.see(ret)).alerts).toEqual([])
  expect((await refusalOf(iomDesk.command(ret, 'correct', { corrects: seq }))).code).toBe('unknown-target')
  await running.settled()
  expect((await lineOf(centreDesk, ret))?.phase).toBe('planned')
  const { events } = await mission.events(ret)
  expect(events.slice(-2).map(({ type }) => type)).toEqual(['arrived', 'corrected'])
  expect((await valid(centreDesk, ret)).absent).toBeGreaterThan(0)
})

test('an amendment stands in the place of what it names, in what is opened and on every list', async () => {
  const ret = await fileOne(mission)
  const first = (await iomDesk.open(ret, ['identity'])).sections[0]
  const named = { ...filingWith().identity, name: { family: 'Modelescu', given: 'Ana' } }
  const body = { slot: 'person', identity: named, supersedes: first?.sec }
  await mission.command(ret, 'amend', body)
  await running.settled()
  for (const desk of [mission, iomDesk, centreDesk]) {
    const { sections } = await desk.open(ret, ['identity'])
    expect(sections.map(({ content }) => content)).toEqual([named])
    const line = await lineOf(desk, ret)
    expect(line?.label?.initials).toBe('A. M.')
  }
  // What stood before is not lost: whoever could open it can show it.
  expect((await valid(iomDesk, ret)).checked).toBe(9)
})
