import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DecryptCommand, ReEncryptCommand } from '@aws-sdk/client-kms'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import * as z from 'zod/mini'
import { functionNames } from '../../../infra/function-table.ts'
import { type Edge, startEdge } from '../../../infra/local/edge/edge.ts'
import { type Kms, startKms } from '../../../infra/local/emulators/kms.ts'
import { readTemplate, type Template } from '../../../infra/local/template/template.ts'
import { titled } from '../../../infra/logical-id.ts'
import { type DataClass, dataClassNames, grantsTo, mayRead } from '../../../schemas/values/classes.ts'
import { type HolderId, type HolderKind, holderKinds, kindOf } from '../../../schemas/values/parties.ts'
import { templateOf } from '../../infra/synthesized.ts'
import {
  centre,
  consular,
  iom,
  istanbul,
  ministry,
  otherCentre,
  otherMission,
  registry as otherPartner,
  partner,
} from '../../parts/bodies.ts'
import { clientsOf, type FunctionClients, outcomeOf, sessionOf } from '../../parts/function-clients.ts'
import { endpoints } from '../parts/running-edge.ts'

let directory: string
let template: Template
let edge: Edge
let kms: Kms
const granters: Partial<Record<HolderKind, FunctionClients>> = {}
const others = new Map<string, FunctionClients>()

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'acasa-grants-'))
  template = readTemplate(await templateOf(), endpoints)
  const nowhere = 'http://127.0.0.1:9'
  edge = await startEdge({ template, dynamodbUrl: nowhere, sqsUrl: nowhere, dataDir: directory })
  // Encrypts without the edge, with the same keys: a caller may re-wrap classes that it may not write.
  kms = startKms(template, directory)
  const stack = { edge, template }
  granters.mission = await sessionOf(stack, 'mission', '1XGE')
  granters.centre = await sessionOf(stack, 'centre', 'S0DS')
  granters.iom = clientsOf(stack, 'iom')
  granters.ministry = clientsOf(stack, 'ministry')
  for (const name of functionNames)
    if (name !== 'iom' && name !== 'ministry') others.set(name, clientsOf(stack, name))
})
afterAll(async () => {
  await edge.stop()
  await rm(directory, { recursive: true })
})

const ret = '1XGE0000000000000000000000000A'
const sec = '0000000000000001'
interface Side {
  cls: DataClass
  party: HolderId
}
const contextOf = ({ cls, party }: Side) => ({ ret, sec, cls, party })
const keyOf = (holder: HolderId) => template.arnOf(`${titled(kindOf(holder))}Key`)
const blobShape = z.object({ CiphertextBlob: z.string() })

async function wrapOf(side: Side): Promise<Uint8Array> {
  const call = {
    KeyId: keyOf(side.party),
    Plaintext: Buffer.alloc(32, 7).toString('base64'),
    EncryptionContext: contextOf(side),
  }
  const { body } = await kms.prepare('Encrypt', call).perform(AbortSignal.timeout(1000))
  return Buffer.from(blobShape.parse(JSON.parse(body)).CiphertextBlob, 'base64')
}

async function grant(by: FunctionClients | undefined, from: Side, to: Side): Promise<string> {
  if (!by) throw new Error('There is no granter.')
  const call = {
    CiphertextBlob: await wrapOf(from),
    SourceKeyId: keyOf(from.party),
    SourceEncryptionContext: contextOf(from),
    DestinationKeyId: keyOf(to.party),
    DestinationEncryptionContext: contextOf(to),
  }
  return outcomeOf(by.kms.send(new ReEncryptCommand(call)))
}

const denied = 'AccessDeniedException'
const own = { mission: istanbul, iom, centre, ministry } as const
/** A holder of each kind, other than the caller where the kind has another. */
const someone: Record<HolderKind, HolderId> = {
  mission: otherMission,
  consular: consular,
  iom,
  centre: otherCentre,
  ministry,
  partner,
  figures: 'figures',
  watch: 'watch',
  custodian: 'custodian',
}
const granterKinds = ['mission', 'iom', 'centre', 'ministry'] as const

describe.each(granterKinds)('%s', (kind) => {
  const to: readonly HolderKind[] = grantsTo[kind]
  const reads = (holder: HolderKind, cls: DataClass) =>
    to.includes(holder) && mayRead(holder, cls) && cls !== 'note' && cls !== 'talk'

  test('%s grants the classes that it reads to holders that may read them, and to no others', async () => {
    for (const holder of holderKinds)
      for (const cls of dataClassNames) {
        const expected = mayRead(kind, cls) && reads(holder, cls) ? 'allowed' : denied
        const outcome = await grant(
          granters[kind],
          { cls, party: own[kind] },
          { cls, party: someone[holder] },
        )
        expect([holder, cls, outcome]).toEqual([holder, cls, expected])
      }
  })

  test('%s grants the wraps of the custodian to other kinds that may read them, never to its own kind', async () => {
    for (const holder of holderKinds)
      for (const cls of dataClassNames) {
        const expected = holder !== kind && cls !== 'log' && reads(holder, cls) ? 'allowed' : denied
        const outcome = await grant(
          granters[kind],
          { cls, party: 'custodian' },
          { cls, party: someone[holder] },
        )
        expect([holder, cls, outcome]).toEqual([holder, cls, expected])
      }
  })

  test('%s brings no class that it does not hold under its own key, whatever class and party it names', async () => {
    for (const cls of dataClassNames)
      for (const named of dataClassNames)
        for (const party of [own[kind], someone[kind]]) {
          const outcome = await grant(granters[kind], { cls, party: 'custodian' }, { cls: named, party })
          expect([cls, named, party, outcome]).toEqual([cls, named, party, denied])
        }
  })

  test('%s grants from the wraps of no other party', async () => {
    const holders = [...Object.values(someone), ...Object.values(own)].filter(
      (party) => party !== own[kind] && party !== 'custodian',
    )
    for (const party of holders)
      expect([
        party,
        await grant(granters[kind], { cls: 'case', party }, { cls: 'case', party: otherPartner }),
      ]).toEqual([party, denied])
  })

  test.each<[string, Record<string, string | undefined>]>([
    ['one more pair', { more: 'yes' }],
    ['one pair less', { sec: undefined }],
  ])('the encryption context of both sides must be exact: a grant with %s is denied', async (_, change) => {
    const [from, there] = [
      { cls: 'case', party: own[kind] } as const,
      { cls: 'case', party: partner } as const,
    ]
    const changed = (side: Side) =>
      Object.fromEntries(
        Object.entries({ ...contextOf(side), ...change }).flatMap(([name, value]) =>
          value === undefined ? [] : [[name, value]],
        ),
      )
    const call = {
      CiphertextBlob: await wrapOf(from),
      SourceKeyId: keyOf(from.party),
      SourceEncryptionContext: contextOf(from),
      DestinationKeyId: keyOf(there.party),
      DestinationEncryptionContext: contextOf(there),
    }
    const send = (over: object) =>
      outcomeOf(granters[kind]?.kms.send(new ReEncryptCommand({ ...call, ...over })) ?? Promise.reject())
    expect(await send({})).toBe('allowed')
    expect(await send({ SourceEncryptionContext: changed(from) })).toBe(denied)
    expect(await send({ DestinationEncryptionContext: changed(there) })).toBe(denied)
  })
})

test('a mission never receives the classes protection or care, in one step or in two', async () => {
  for (const cls of ['protection', 'care'] as const) {
    for (const party of [istanbul, otherMission])
      for (const named of dataClassNames)
        expect(await grant(granters.mission, { cls, party: 'custodian' }, { cls: named, party })).toBe(denied)
    // A mission cannot take back a class that it granted to others.
    for (const party of [iom, centre, ministry, 'figures'] as const)
      for (const named of [cls, 'case'] as const)
        expect(await grant(granters.mission, { cls: named, party }, { cls: 'case', party: istanbul })).toBe(
          denied,
        )
  }
})

test('nobody opens the wraps of the custodian', async () => {
  for (const [name, caller] of [...Object.entries(granters), ...others])
    for (const cls of dataClassNames) {
      const side: Side = { cls, party: 'custodian' }
      const call = { CiphertextBlob: await wrapOf(side), EncryptionContext: contextOf(side) }
      expect([name, cls, await outcomeOf(caller.kms.send(new DecryptCommand(call)))]).toEqual([
        name,
        cls,
        denied,
      ])
    }
})

test('a role without a granting command re-wraps nothing: no base role, no carrier of messages, no reader', async () => {
  expect([...others.keys()]).toEqual(
    expect.arrayContaining(['mission', 'centre', 'consular', 'oversight', 'relay', 'inbox', 'watch']),
  )
  for (const [name, caller] of others)
    for (const cls of ['case', 'log'] as const)
      for (const party of [istanbul, centre, iom, 'custodian', 'watch', consular] as const)
        for (const holder of ['iom', 'mission', 'figures', 'consular'] as const)
          expect([
            name,
            party,
            holder,
            await grant(caller, { cls, party }, { cls, party: someone[holder] }),
          ]).toEqual([name, party, holder, denied])
})
