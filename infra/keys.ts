import { ArnFormat, RemovalPolicy, Stack } from 'aws-cdk-lib'
import {
  AccountRootPrincipal,
  Effect,
  type IPrincipal,
  PolicyDocument,
  PolicyStatement,
  ServicePrincipal,
} from 'aws-cdk-lib/aws-iam'
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms'
import { Construct } from 'constructs'
import { type HolderKind, holderKinds, partyKindNames } from '../schemas/values/parties.ts'
import { contextKeys, type KeyUse, usesOf } from './key-policies.ts'
import { pinned, titled } from './logical-id.ts'
import { makesTags } from './party-permissions.ts'
import type { Roles } from './roles.ts'

/**
 * What the account may do with a key: administer it. Not CreateGrant, which would pass the use of the key on without a
 * policy, and not ScheduleKeyDeletion, which would erase every person at once. A role with PutKeyPolicy can give itself
 * the rest, and CloudTrail records it; without PutKeyPolicy nobody could ever change the policy.
 */
const administration = [
  'CancelKeyDeletion',
  'DescribeKey',
  'DisableKey',
  'DisableKeyRotation',
  'EnableKey',
  'EnableKeyRotation',
  'GetKeyPolicy',
  'GetKeyRotationStatus',
  'ListGrants',
  'ListKeyPolicies',
  'ListKeyRotations',
  'ListResourceTags',
  'PutKeyPolicy',
  'RevokeGrant',
  'TagResource',
  'UntagResource',
  'UpdateKeyDescription',
].map((action) => `kms:${action}`)

const storageUse = ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*']

/**
 * The keys that wrap data keys, one for each kind of holder, so that the cost does not grow with the number of
 * missions.
 */
export function createPartyKeys(parent: Construct, roles: Roles): Record<HolderKind, Key> {
  const scope = new Construct(parent, 'Keys')
  const keyOf = (holder: HolderKind) =>
    key(scope, `${titled(holder)}Key`, `Wraps data keys for ${holder}.`, [
      ...administrationStatements(roles),
      ...usesOf(holder).map((use) => useStatement(use, roles)),
    ])
  return Object.fromEntries(holderKinds.map((holder) => [holder, keyOf(holder)])) as Record<HolderKind, Key>
}

/**
 * The key with which parties that file and search make tags. It never leaves KMS, so nobody can guess the content of a
 * leaked table of tags. It has no rotation, because earlier tags would then match nothing.
 */
export function createTagKey(parent: Construct, roles: Roles): Key {
  const scope = new Construct(parent, 'Tags')
  const description = 'Makes the tags by which returns are found.'
  return key(
    scope,
    'TagKey',
    description,
    [
      ...administrationStatements(roles),
      ...partyKindNames.filter(makesTags).map((kind) =>
        statement(`${titled(kind)}Tags`, [roles.working(kind)], ['kms:GenerateMac'], {
          StringEquals: { 'kms:MacAlgorithm': 'HMAC_SHA_256' },
        }),
      ),
    ],
    { keySpec: KeySpec.HMAC_256, keyUsage: KeyUsage.GENERATE_VERIFY_MAC },
  )
}

/** The key that encrypts tables, queues, topics and logs. Services of AWS use it for the functions of this stack. */
export function createStorageKey(parent: Construct, roles: Roles, stage: string): Key {
  const { account, region } = Stack.of(parent)
  const through = (...services: string[]) => ({
    StringEquals: { 'kms:ViaService': services.map((service) => `${service}.${region}.amazonaws.com`) },
  })
  const working = [...Object.values(roles.base), ...Object.values(roles.session)]
  return key(parent, 'StorageKey', 'Encrypts tables, queues, topics and logs at rest.', [
    ...administrationStatements(roles),
    // AWS requires this for a table with a customer's key: the creator of the table grants its use to DynamoDB.
    statement('TablesOfTheAccount', [new AccountRootPrincipal()], storageUse, through('dynamodb')),
    statement('GrantsToTables', [new AccountRootPrincipal()], ['kms:CreateGrant'], {
      ...through('dynamodb'),
      Bool: { 'kms:GrantIsForAWSResource': 'true' },
    }),
    statement('Functions', working, storageUse, through('dynamodb', 'sns', 'sqs')),
    statement('Logs', [new ServicePrincipal(`logs.${region}.amazonaws.com`)], storageUse, {
      ArnLike: {
        'kms:EncryptionContext:aws:logs:arn': Stack.of(parent).formatArn({
          service: 'logs',
          resource: 'log-group',
          resourceName: `/acasa/${stage}/*`,
          arnFormat: ArnFormat.COLON_RESOURCE_NAME,
        }),
      },
    }),
    statement(
      'Alarms',
      [new ServicePrincipal('cloudwatch.amazonaws.com')],
      ['kms:Decrypt', 'kms:GenerateDataKey*'],
      { StringEquals: { 'aws:SourceAccount': account } },
    ),
  ])
}

function key(
  scope: Construct,
  id: string,
  description: string,
  statements: PolicyStatement[],
  spec: { keySpec?: KeySpec; keyUsage?: KeyUsage } = {},
): Key {
  const created = new Key(scope, id, {
    description,
    ...spec,
    // KMS rotates only keys that encrypt.
    ...(spec.keySpec ? {} : { enableKeyRotation: true }),
    removalPolicy: RemovalPolicy.RETAIN,
    policy: new PolicyDocument({ statements, minimize: false }),
  })
  return pinned(created, id)
}

function administrationStatements(roles: Roles): PolicyStatement[] {
  return [
    statement('Administration', [new AccountRootPrincipal()], administration),
    statement('Deletion', [roles.breakGlass], ['kms:ScheduleKeyDeletion']),
  ]
}

const verbs = {
  'kms:Decrypt': 'Decrypts',
  'kms:Encrypt': 'Encrypts',
  'kms:ReEncryptFrom': 'GrantsFrom',
  'kms:ReEncryptTo': 'GrantsTo',
} as const satisfies Record<KeyUse['action'], string>

/** The statement of a use. It requires exactly the keys of the encryption context. */
function useStatement(
  { by, action, party, like, classes, fromItself, forItself }: KeyUse,
  roles: Roles,
): PolicyStatement {
  const name = 'kms:EncryptionContext:party'
  return statement(
    `${titled(by)}${verbs[action]}${forItself ? 'ForItself' : ''}`,
    [roles.working(by)],
    [action],
    {
      StringEquals: { 'kms:EncryptionContext:cls': classes, ...(like ? {} : { [name]: party }) },
      ...(like ? { StringLike: { [name]: party } } : {}),
      ...(fromItself ? { Bool: { 'kms:ReEncryptOnSameKey': 'true' } } : {}),
      'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': contextKeys },
      Null: Object.fromEntries(contextKeys.map((part) => [`kms:EncryptionContext:${part}`, 'false'])),
    },
  )
}

function statement(
  sid: string,
  principals: IPrincipal[],
  actions: string[],
  conditions: Record<string, Record<string, unknown>> = {},
): PolicyStatement {
  // In a key policy `*` is the key itself.
  return new PolicyStatement({
    sid,
    effect: Effect.ALLOW,
    principals,
    actions,
    resources: ['*'],
    conditions,
  })
}
