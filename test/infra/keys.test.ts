import { beforeAll, describe, expect, test } from 'vitest'
import { dataClasses, dataClassNames, grantsTo } from '../../schemas/values/classes.ts'
import { addressedKinds, type HolderKind, holderKinds } from '../../schemas/values/parties.ts'
import { ofType, type Resources, resourcesOf, type Statement, statementsIn } from './synthesized.ts'

let resources: Resources
beforeAll(async () => {
  resources = await resourcesOf()
})

const title = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`
const many = ['mission', 'centre', 'partner']
const worker = (kind: string) => `<${title(kind)}${many.includes(kind) ? 'SessionRole' : 'Role'}.Arn>`
const policyOf = (key: string) => statementsIn(resources[key]?.Properties.KeyPolicy)
const uses = (key: string) =>
  policyOf(key).filter(({ Sid }) => Sid !== 'Administration' && Sid !== 'Deletion')

const whole = {
  'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['ret', 'sec', 'cls', 'party'] },
  Null: {
    'kms:EncryptionContext:ret': 'false',
    'kms:EncryptionContext:sec': 'false',
    'kms:EncryptionContext:cls': 'false',
    'kms:EncryptionContext:party': 'false',
  },
}
const classesOf = ({ Condition }: Statement) =>
  [Condition?.StringEquals?.['kms:EncryptionContext:cls']].flat()
const partyOf = ({ Condition }: Statement) =>
  Condition?.StringEquals?.['kms:EncryptionContext:party'] ??
  Condition?.StringLike?.['kms:EncryptionContext:party']

const sameKey = ({ Condition }: Statement) => Condition?.Bool?.['kms:ReEncryptOnSameKey']
const kept = dataClassNames.filter((cls) => !['note', 'talk', 'log'].includes(cls))
const granters = Object.entries(grantsTo) as [string, readonly HolderKind[]][]

/** Who may do what on a holder's key, as the tables of classes and grants have it. */
function expected(holder: HolderKind) {
  const held = dataClassNames.filter((cls) =>
    holder === 'custodian'
      ? kept.includes(cls)
      : (dataClasses[cls].readers as readonly string[]).includes(holder),
  )
  const grantable = held.filter((cls) => cls !== 'note' && cls !== 'talk')
  const reader = holder === 'watch' || holder === 'figures' || addressedKinds.some((kind) => kind === holder)
  const writable = (kind: string) =>
    held.filter((cls) => (dataClasses[cls].writers as readonly string[]).includes(kind))
  const own = many.includes(holder) ? `${holder}:\${aws:PrincipalTag/code}` : holder
  const any = many.includes(holder) ? `${holder}:????` : holder
  const drafting = ['mission', 'iom', 'centre', 'partner'].includes(holder)
  const opened = drafting ? [...held, 'draft'] : held
  return [
    ...(reader ? [{ by: worker(holder), action: 'kms:Decrypt', party: own, classes: opened }] : []),
    // What a post writes before it files is for itself: no other post can even seal something for it.
    ...(drafting ? [{ by: worker(holder), action: 'kms:Encrypt', party: own, classes: ['draft'] }] : []),
    ...addressedKinds
      .filter((kind) => writable(kind).length > 0)
      .map((kind) => ({ by: worker(kind), action: 'kms:Encrypt', party: any, classes: writable(kind) })),
    ...granters
      .filter(([kind]) => kind === holder || holder === 'custodian')
      .map(([kind]) => ({
        by: worker(kind),
        action: 'kms:ReEncryptFrom',
        party: own,
        classes: grantable,
      })),
    ...granters
      .filter(([, to]) => to.includes(holder))
      .map(([kind]) => ({
        by: worker(kind),
        action: 'kms:ReEncryptTo',
        party: any,
        classes: grantable,
        ...(kind === holder ? { sameKey: 'true' } : {}),
      })),
  ]
}

describe('the key of each kind of holder', () => {
  test.each(holderKinds)(
    '%s: its uses are those of the tables of classes and grants, and no others',
    (holder) => {
      const found = uses(`${title(holder)}Key`).map((use) => ({
        by: Object.values(use.Principal ?? {}).flat(),
        action: use.Action,
        party: partyOf(use),
        classes: classesOf(use),
        ...(sameKey(use) ? { sameKey: sameKey(use) } : {}),
      }))
      expect(found).toEqual(
        expected(holder).map(({ by, action, ...use }) => ({ by: [by], action: [action], ...use })),
      )
    },
  )

  test.each(holderKinds)(
    '%s: every use requires the whole encryption context and nothing beside it',
    (holder) => {
      for (const { Condition } of uses(`${title(holder)}Key`)) expect(Condition).toMatchObject(whole)
    },
  )

  test.each(holderKinds)(
    '%s: the account looks after it, and can neither use it nor hand out its use',
    (holder) => {
      const root = policyOf(`${title(holder)}Key`).filter(({ Principal }) =>
        JSON.stringify(Principal).includes(':root'),
      )
      const actions = root.flatMap(({ Action }) => Action)
      expect(actions).toContain('kms:PutKeyPolicy')
      expect(
        actions.filter((action) => /\*|crypt|Data|Sign|Mac|CreateGrant|ScheduleKeyDeletion/.test(action)),
      ).toEqual([])
    },
  )

  test('the custodian keeps every class but notes, talk and log keys, and nobody opens what it keeps', () => {
    const custodian = uses('CustodianKey')
    const actions = custodian.flatMap(({ Action }) => Action)
    expect(new Set(actions)).toEqual(new Set(['kms:Encrypt', 'kms:ReEncryptFrom']))
    for (const use of custodian) {
      expect(partyOf(use)).toBe('custodian')
      for (const cls of classesOf(use)) expect(kept).toContain(cls)
    }
  })

  test('what a kind of party re-wraps to its own key came from that key', () => {
    for (const holder of holderKinds) {
      const toItself = uses(`${title(holder)}Key`).filter(
        ({ Action, Principal }) =>
          Action.includes('kms:ReEncryptTo') && JSON.stringify(Principal).includes(worker(holder)),
      )
      for (const use of toItself) expect(sameKey(use)).toBe('true')
      const grants = grantsTo[holder as keyof typeof grantsTo] as readonly HolderKind[] | undefined
      expect([holder, toItself.length > 0]).toEqual([holder, grants?.includes(holder) ?? false])
    }
  })

  test('the Centre opens what the table lets it read, for itself; the ministry opens no name', () => {
    const centre = uses('CentreKey').find(({ Action }) => Action.includes('kms:Decrypt'))
    expect(centre?.Condition?.StringEquals).toEqual({
      'kms:EncryptionContext:party': `centre:\${aws:PrincipalTag/code}`,
      'kms:EncryptionContext:cls': [
        'label',
        'case',
        'identity',
        'contacts',
        'safety',
        'travel',
        'protection',
        'care',
        'note',
        'talk',
        'log',
        'draft',
      ],
    })
    const ministry = uses('MinistryKey').find(({ Action }) => Action.includes('kms:Decrypt'))
    expect(ministry && classesOf(ministry)).toEqual([
      'case',
      'safety',
      'travel',
      'decision',
      'note',
      'talk',
      'log',
    ])
  })
})

test('who carries messages, shows rows or gives tokens is on no key of a party', () => {
  const keys = holderKinds.map((holder) => JSON.stringify(policyOf(`${title(holder)}Key`)))
  for (const role of [
    'Relay',
    'Inbox',
    'Oversight',
    'Contract',
    'AccessToken',
    'Mission',
    'Centre',
    'Partner',
  ])
    for (const key of keys) expect(key).not.toContain(`<${role}Role.Arn>`)
})

test('watch opens its own wraps of log keys, and is on no other key', () => {
  const own = uses('WatchKey').find(({ Action }) => Action.includes('kms:Decrypt'))
  expect(own && [partyOf(own), classesOf(own)]).toEqual(['watch', ['log']])
  for (const holder of holderKinds.filter((holderKind) => holderKind !== 'watch'))
    expect(JSON.stringify(policyOf(`${title(holder)}Key`))).not.toContain('<WatchRole.Arn>')
})

test('figures opens its own wraps of class case, and is on no other key', () => {
  const own = uses('FiguresKey').filter(({ Principal }) =>
    JSON.stringify(Principal).includes('<FiguresRole.Arn>'),
  )
  expect(own.map((use) => [use.Action, partyOf(use), classesOf(use)])).toEqual([
    [['kms:Decrypt'], 'figures', ['case']],
  ])
  for (const holder of holderKinds.filter((holderKind) => holderKind !== 'figures'))
    expect(JSON.stringify(policyOf(`${title(holder)}Key`))).not.toContain('<FiguresRole.Arn>')
})

test('keys keep their names, turn over, and outlive the stack', () => {
  const keys = ofType(resources, 'AWS::KMS::Key')
  // A key that changed its id would be a new key: nothing wrapped before could be opened under its policy.
  expect(keys.map(([id]) => id).sort()).toEqual([
    'CentreKey',
    'ConsularKey',
    'CustodianKey',
    'FiguresKey',
    'IomKey',
    'MinistryKey',
    'MissionKey',
    'PartnerKey',
    'StorageKey',
    'TagKey',
    'WatchKey',
  ])
  for (const [id, key] of keys) {
    // What was tagged before a turn would not be found after it.
    expect(key.Properties.EnableKeyRotation).toBe(id === 'TagKey' ? undefined : true)
    expect([key.DeletionPolicy, key.UpdateReplacePolicy]).toEqual(['Retain', 'Retain'])
  }
})

test('who files and who searches makes tags, and nobody compares them with this key', () => {
  expect(resources.TagKey?.Properties).toMatchObject({ KeySpec: 'HMAC_256', KeyUsage: 'GENERATE_VERIFY_MAC' })
  expect(
    uses('TagKey').map(({ Principal, Action, Condition }) => [
      Object.values(Principal ?? {}).flat(),
      Action,
      Condition,
    ]),
  ).toEqual(
    ['mission', 'iom', 'centre', 'partner'].map((kind) => [
      [worker(kind)],
      ['kms:GenerateMac'],
      { StringEquals: { 'kms:MacAlgorithm': 'HMAC_SHA_256' } },
    ]),
  )
})

test('the storage key is used through services only', () => {
  const direct = policyOf('StorageKey').filter(
    ({ Sid, Principal, Condition }) =>
      !['Administration', 'Deletion'].includes(Sid ?? '') &&
      !Condition?.StringEquals?.['kms:ViaService'] &&
      !Object.keys(Principal ?? {}).includes('Service'),
  )
  expect(direct).toEqual([])
})
