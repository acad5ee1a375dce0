/**
 * A template as a synthesis writes it, of a small app with parts like ours: two kinds of party, a relay and an inbox.
 */
export function smallTemplate() {
  return {
    Resources: {
      MissionKey: key([
        useOf('MissionOpens', 'MissionSessionRole', 'kms:Decrypt', {
          StringEquals: {
            'kms:EncryptionContext:cls': ['label', 'case'],
            'kms:EncryptionContext:party': tag('mission:', 'code'),
          },
        }),
        useOf('IomSeals', 'IomRole', ['kms:Encrypt', 'kms:ReEncryptFrom'], {
          StringEquals: { 'kms:EncryptionContext:cls': 'case' },
          StringLike: { 'kms:EncryptionContext:party': 'mission:????' },
        }),
      ]),
      IomKey: key([
        useOf('MissionSeals', 'MissionSessionRole', 'kms:Encrypt', {
          StringEquals: {
            'kms:EncryptionContext:party': 'iom',
            'kms:EncryptionContext:cls': ['label', 'case'],
          },
        }),
      ]),
      TrailTable: table('ret', {
        SortKey: 'seq',
        StreamSpecification: { StreamViewType: 'KEYS_ONLY' },
        TableName: 'acasa-trail',
        denied: [
          'dynamodb:PutItem',
          'dynamodb:UpdateItem',
          'dynamodb:DeleteItem',
          'dynamodb:UpdateTimeToLive',
        ],
      }),
      HeadsTable: table('ret', {}),
      KeysTable: table('ret', { SortKey: 'wrap' }),
      WorklistsTable: table('party', { SortKey: 'ret', LocalIndex: 'rank', denied: ['dynamodb:Scan'] }),
      IomDeadQueue: { Type: 'AWS::SQS::Queue', Properties: { FifoQueue: true } },
      IomQueue: {
        Type: 'AWS::SQS::Queue',
        Properties: {
          FifoQueue: true,
          ContentBasedDeduplication: true,
          RedrivePolicy: { deadLetterTargetArn: arnOf('IomDeadQueue'), maxReceiveCount: 3 },
        },
        UpdateReplacePolicy: 'Delete',
        DeletionPolicy: 'Delete',
      },
      IomQueuePolicy: {
        Type: 'AWS::SQS::QueuePolicy',
        Properties: {
          PolicyDocument: policy([
            {
              Action: 'sqs:*',
              Condition: { Bool: { 'aws:SecureTransport': 'false' } },
              Effect: 'Deny',
              Principal: { AWS: '*' },
              Resource: arnOf('IomQueue'),
            },
          ]),
          Queues: [{ Ref: 'IomQueue' }],
        },
      },
      BreakGlassRole: role([{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { AWS: root } }]),
      MissionRole: role([byLambda]),
      MissionRolePolicy: rights('MissionRole', [
        {
          Action: ['sts:AssumeRole', 'sts:TagSession'],
          Effect: 'Allow',
          Resource: arnOf('MissionSessionRole'),
          Sid: 'Session',
        },
      ]),
      MissionSessionRole: role([
        {
          Action: ['sts:AssumeRole', 'sts:TagSession'],
          Condition: {
            'ForAllValues:StringEquals': { 'aws:TagKeys': ['code', 'filer'] },
            Null: { 'aws:RequestTag/code': 'false', 'aws:RequestTag/filer': 'false' },
            StringLike: { 'aws:RequestTag/code': '????', 'aws:RequestTag/filer': '????' },
          },
          Effect: 'Allow',
          Principal: { AWS: arnOf('MissionRole') },
        },
      ]),
      MissionSessionPolicy: rights('MissionSessionRole', [
        may('TrailQuery', 'dynamodb:Query', 'TrailTable', ownReturns),
        may('TrailPut', ['dynamodb:PutItem', 'dynamodb:UpdateTimeToLive'], 'TrailTable'),
        may('TrailInsert', 'dynamodb:PartiQLInsert', 'TrailTable', ownReturns, whole),
        may(
          'HeadsUpdate',
          ['dynamodb:PartiQLInsert', 'dynamodb:PartiQLUpdate'],
          'HeadsTable',
          ownReturns,
          whole,
        ),
        may('KeysRead', 'dynamodb:BatchGetItem', 'KeysTable', ownReturns),
        may('KeysDelete', 'dynamodb:PartiQLDelete', 'KeysTable', ownReturns, whole),
        may('Worklist', 'dynamodb:Query', 'WorklistsTable', {
          'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [tag('mission:', 'code')] },
          Null: { 'dynamodb:LeadingKeys': 'false' },
        }),
      ]),
      // A role that trusts a session; and below, a role that trusts IOM, but without tags.
      HelperRole: role([
        {
          Action: ['sts:AssumeRole', 'sts:TagSession'],
          Effect: 'Allow',
          Principal: { AWS: arnOf('MissionSessionRole') },
        },
      ]),
      HelperRolePolicy: rights('HelperRole', [may('TrailQuery', 'dynamodb:Query', 'TrailTable', ownReturns)]),
      PlainRole: role([{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { AWS: arnOf('IomRole') } }]),
      IomRole: role([byLambda]),
      IomRolePolicy: rights('IomRole', [may('TrailQuery', 'dynamodb:Query', 'TrailTable')]),
      RelayRole: role([byLambda]),
      RelayRolePolicy: rights('RelayRole', [
        {
          Action: [
            'dynamodb:DescribeStream',
            'dynamodb:GetRecords',
            'dynamodb:GetShardIterator',
            'dynamodb:ListStreams',
          ],
          Effect: 'Allow',
          Resource: { 'Fn::GetAtt': ['TrailTable', 'StreamArn'] },
          Sid: 'Stream',
        },
        { Action: 'sqs:SendMessage', Effect: 'Allow', Resource: arnOf('IomQueue'), Sid: 'Send' },
      ]),
      InboxRole: role([byLambda]),
      InboxRolePolicy: rights('InboxRole', [
        {
          Action: ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:GetQueueUrl'],
          Effect: 'Allow',
          Resource: arnOf('IomQueue'),
          Sid: 'Receive',
        },
        may('Rows', 'dynamodb:Scan', 'WorklistsTable'),
        may('Record', 'dynamodb:PutItem', 'WorklistsTable', {
          StringEquals: { 'dynamodb:EnclosingOperation': 'TransactWriteItems' },
        }),
      ]),
      MissionFunction: lambda('MissionRole'),
      IomFunction: lambda('IomRole'),
      RelayFunction: lambda('RelayRole'),
      InboxFunction: lambda('InboxRole'),
    },
  }
}

const root = {
  'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root']],
}
const byLambda = {
  Action: 'sts:AssumeRole',
  Effect: 'Allow',
  Principal: { Service: 'lambda.amazonaws.com' },
}
const whole = { StringEquals: { 'dynamodb:EnclosingOperation': 'ExecuteTransaction' } }
const ownReturns = {
  'ForAllValues:StringLike': { 'dynamodb:LeadingKeys': [tag('', 'filer', '*')] },
  Null: { 'dynamodb:LeadingKeys': 'false' },
}

function arnOf(logicalId: string) {
  return { 'Fn::GetAtt': [logicalId, 'Arn'] }
}
function tag(before: string, name: string, after = '') {
  return `${before}\${aws:PrincipalTag/${name}}${after}`
}
function policy(statements: unknown[]) {
  return { Statement: statements, Version: '2012-10-17' }
}
function role(trust: unknown[]) {
  return { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: policy(trust) } }
}
function rights(roleId: string, statements: unknown[]) {
  const name = `${roleId}DefaultPolicy`
  return {
    Type: 'AWS::IAM::Policy',
    Properties: { PolicyDocument: policy(statements), PolicyName: name, Roles: [{ Ref: roleId }] },
  }
}
function lambda(roleId: string) {
  return { Type: 'AWS::Lambda::Function', Properties: { Role: arnOf(roleId), Runtime: 'nodejs24.x' } }
}

function may(
  Sid: string,
  Action: string | string[],
  tableId: string,
  ...conditions: Record<string, object>[]
) {
  const index = { 'Fn::Join': ['', [arnOf(tableId), '/index/by-rank']] }
  const Resource = tableId === 'WorklistsTable' ? [arnOf(tableId), index] : arnOf(tableId)
  const Condition = Object.assign({}, ...conditions)
  return { Sid, Action, Effect: 'Allow', Resource, ...(conditions.length > 0 && { Condition }) }
}

function useOf(Sid: string, roleId: string, Action: string | string[], condition: Record<string, object>) {
  const parts = ['ret', 'sec', 'cls', 'party']
  return {
    Sid,
    Action,
    Condition: {
      ...condition,
      'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': parts },
      Null: Object.fromEntries(parts.map((part) => [`kms:EncryptionContext:${part}`, 'false'])),
    },
    Effect: 'Allow',
    Principal: { AWS: arnOf(roleId) },
    Resource: '*',
  }
}
function key(uses: unknown[]) {
  const administration = {
    Action: ['kms:DescribeKey', 'kms:PutKeyPolicy'],
    Effect: 'Allow',
    Principal: { AWS: root },
    Resource: '*',
    Sid: 'Administration',
  }
  return {
    Type: 'AWS::KMS::Key',
    Properties: { EnableKeyRotation: true, KeyPolicy: policy([administration, ...uses]) },
    UpdateReplacePolicy: 'Retain',
    DeletionPolicy: 'Retain',
  }
}

interface TableParts {
  SortKey?: string
  LocalIndex?: string
  TableName?: string
  StreamSpecification?: object
  denied?: string[]
}
function table(hash: string, parts: TableParts) {
  const { SortKey, LocalIndex, denied, ...rest } = parts
  const hashKey = { AttributeName: hash, KeyType: 'HASH' }
  const attributes = [hash, SortKey, LocalIndex].filter((name) => name !== undefined)
  return {
    Type: 'AWS::DynamoDB::GlobalTable',
    Properties: {
      AttributeDefinitions: attributes.map((name) => ({
        AttributeName: name,
        AttributeType: name === 'seq' ? 'N' : 'S',
      })),
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [hashKey, ...(SortKey ? [{ AttributeName: SortKey, KeyType: 'RANGE' }] : [])],
      ...(LocalIndex && {
        LocalSecondaryIndexes: [
          {
            IndexName: 'by-rank',
            KeySchema: [hashKey, { AttributeName: LocalIndex, KeyType: 'RANGE' }],
            Projection: { ProjectionType: 'ALL' },
          },
        ],
      }),
      Replicas: [
        {
          Region: 'eu-central-1',
          ...(denied && {
            ResourcePolicy: {
              PolicyDocument: policy([
                {
                  Action: denied,
                  Condition: { ArnNotEquals: { 'aws:PrincipalArn': arnOf('BreakGlassRole') } },
                  Effect: 'Deny',
                  Principal: { AWS: '*' },
                  Resource: '*',
                  Sid: 'NobodyElse',
                },
              ]),
            },
          }),
        },
      ],
      ...rest,
    },
    UpdateReplacePolicy: 'Retain',
    DeletionPolicy: 'Retain',
  }
}
