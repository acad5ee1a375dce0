import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { Session } from '../../../functions/api/http/session.ts'
import { type Prepared, prepareSections } from '../../../functions/api/returns/prepare-sections.ts'
import { type EventWrite, writeEvent } from '../../../functions/api/returns/write-event.ts'
import { commandFrom } from '../../../functions/domain/command.ts'
import { decideFiling, planFiling } from '../../../functions/domain/commands/request.ts'
import type { Decision, Seal } from '../../../functions/domain/plan.ts'
import { genesis } from '../../../functions/trail/chain.ts'
import { claimHash } from '../../../functions/trail/claim.ts'
import { newReturnId, newSectionId, requestIdFrom } from '../../../functions/trail/ids.ts'
import { readTrail } from '../../../functions/trail/read.ts'
import { newDataKey } from '../../../functions/vault/section.ts'
import { readSections, readWraps } from '../../../functions/vault/stored.ts'
import { rewrapAll, type Wrap, wrapId } from '../../../functions/vault/wraps.ts'
import { variable } from '../../../schemas/deployment/settings.ts'
import { tableNames } from '../../../schemas/deployment/tables.ts'
import { holderKinds } from '../../../schemas/values/parties.ts'
import { centre, config, iom, istanbul, otherCentre, sample } from '../../parts/bodies.ts'
import { startDynamodb, type TestDynamodb } from '../../parts/dynamodb.ts'
import { startTestKms, type TestKms } from '../../parts/kms.ts'

let dynamodb: TestDynamodb
let kms: TestKms
let session: Session
beforeAll(async () => {
  ;[dynamodb, kms] = await Promise.all([startDynamodb(), startTestKms()])
  for (const name of tableNames) vi.stubEnv(variable.table(name), dynamodb.names[name])
  for (const kind of holderKinds) vi.stubEnv(variable.key(kind), kms.keyArnOfKind(kind))
  const by = { party: istanbul, role: 'officer', user: '00000000-0000-4000-8000-000000000001' } as const
  const roster = Promise.resolve({ party: istanbul, version: 1, begun: at, people: [] })
  session = { by, db: dynamodb.client(), kms: kms.client(), roster }
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await Promise.all([dynamodb.stop(), kms.stop()])
})

const at = '2026-11-21T09:00:00.000Z'

/** A filing that is decided on and prepared, and not yet written. */
async function decidedFiling(): Promise<
  Omit<EventWrite, 'decision'> & { decision: Decision; prepared: Prepared[] }
> {
  const ret = newReturnId('1XGE')
  const log = { ...newDataKey(), sec: newSectionId() }
  const command = commandFrom('file', sample, { by: session.by, at, config })
  const idem = claimHash([ret])
  const ids = { request: requestIdFrom(idem), log: { sec: log.sec, kid: log.kid } }
  const decision = decideFiling(command, planFiling(command), ids)
  return {
    ...{ end: { ret, events: [], lastHash: genesis }, at, idem, mac: claimHash(['body']) },
    ...{ decision, prepared: await prepareSections(session, ret, decision.seals), logKey: log.key },
  }
}

const seals = (decision: Decision, change: (seal: Seal) => Seal[]): Decision => ({
  ...decision,
  seals: decision.seals.flatMap(change),
})
const wrapsOf = async (ret: string) =>
  (await readWraps(session.db, dynamodb.names.keys, ret)).map(({ wrap }) => wrap)

test('each reader of each section gets the wrap that was made for it', async () => {
  const filing = await decidedFiling()
  expect((await writeEvent(session, filing)).appended.kind).toBe('appended')
  const expected = filing.prepared.flatMap(({ cls, sec, readers }) =>
    readers.map((party) => wrapId({ party, cls, sec })),
  )
  expect(await wrapsOf(filing.end.ret)).toEqual(expected.sort())
})

test('a reader that the decision drops gets no wrap, although it was made', async () => {
  const filing = await decidedFiling()
  const decision = seals(filing.decision, (seal) => [
    { ...seal, readers: seal.readers.filter((reader) => seal.cls !== 'care' || reader !== centre) },
  ])
  expect((await writeEvent(session, { ...filing, decision })).appended.kind).toBe('appended')
  const wraps = await wrapsOf(filing.end.ret)
  expect(wraps.filter((wrap) => wrap.startsWith(`${centre}#care#`))).toEqual([])
  expect(wraps.filter((wrap) => wrap.startsWith(`${iom}#care#`))).toHaveLength(1)
  expect(wraps.filter((wrap) => wrap.startsWith(`${centre}#protection#`))).toHaveLength(1)
})

test('a section that the decision does not seal is neither stored, nor wrapped, nor named by the event', async () => {
  const filing = await decidedFiling()
  const decision = seals(filing.decision, (seal) => (seal.cls === 'care' ? [] : [seal]))
  await writeEvent(session, { ...filing, decision })
  expect((await wrapsOf(filing.end.ret)).filter((wrap) => wrap.includes('#care#'))).toEqual([])
  expect(await readSections(session.db, dynamodb.names.sealed, filing.end.ret, 'care')).toEqual([])
  const { rows } = await readTrail(session.db, dynamodb.names.trail, filing.end.ret)
  const named = rows.flatMap(({ event }) => event.sections).map(({ cls }) => cls)
  expect(named).toEqual(decision.seals.map(({ cls }) => cls))
})

test.each<[string, (seal: Seal) => Seal[]]>([
  ['a section that was not prepared', (seal) => [seal, { ...seal, cls: 'travel', slot: 'itinerary' }]],
  ['a reader that was not wrapped for', (seal) => [{ ...seal, readers: [...seal.readers, 'watch'] }]],
])('a decision that seals %s writes nothing', async (_, change) => {
  const filing = await decidedFiling()
  const decision = seals(filing.decision, change)
  await expect(writeEvent(session, { ...filing, decision })).rejects.toMatchObject({ code: 'internal' })
  expect(await wrapsOf(filing.end.ret)).toEqual([])
})

/** All that IOM holds of a filing, wrapped for another Centre. */
function grantsOf({ end: { ret }, prepared }: Pick<EventWrite, 'end' | 'prepared'>): Promise<Wrap[]> {
  const rows = prepared.flatMap(({ cls, sec, wraps }) => {
    const from = { ret, sec, cls, party: iom }
    const row = wraps.find(({ wrap }) => wrap === wrapId(from))
    return row ? [{ row, from }] : []
  })
  return rewrapAll(session.kms, kms.keyArnOf, rows, otherCentre)
}
const ofOtherCentre = async (ret: string) =>
  (await wrapsOf(ret)).filter((wrap) => wrap.startsWith(`${otherCentre}#`))

test('wraps that an event grants are written with it', async () => {
  const filing = await decidedFiling()
  const granted = await grantsOf(filing)
  expect(granted).toHaveLength(7)
  await writeEvent(session, { ...filing, wraps: granted })
  expect(await ofOtherCentre(filing.end.ret)).toEqual(granted.map(({ wrap }) => wrap).sort())
})

test('an event that is not written grants nothing', async () => {
  const filing = await decidedFiling()
  const first = await writeEvent(session, filing)
  const again = await writeEvent(session, { ...filing, wraps: await grantsOf(filing) })
  expect([first.appended.kind, again.appended.kind]).toEqual(['appended', 'claimed'])
  expect(await ofOtherCentre(filing.end.ret)).toEqual([])
})
