/**
 * The values of references to a resource, by CloudFormation type ("Return values" in its reference).
 * `{name}` is the physical name: the property `named` if it is set, else the pattern `physical`, else the logical id.
 * `replaces`: an address that constructs spell by hand, and the local endpoint that replaces it.
 */
export interface ResourceKind {
  named?: string
  physical?: string
  /** The value of `Ref`; the name by default. */
  ref?: string
  arn?: string
  attributes?: Record<string, string>
  replaces?: { cloud: string; local: string }
}

/** CloudFormation chooses the label when it creates a stream; here it is fixed. */
export const streamLabel = 'local'

const table = 'arn:aws:dynamodb:{region}:{account}:table/{name}'
const lambda = 'arn:aws:lambda:{region}:{account}:function:{name}'
const topic = 'arn:aws:sns:{region}:{account}:{name}'
const pool = 'cognito-idp.{region}.amazonaws.com/{name}'

export const resourceKinds: Record<string, ResourceKind> = {
  'AWS::ApiGatewayV2::Api': {
    attributes: { ApiId: '{name}', ApiEndpoint: '{apiUrl}' },
    replaces: { cloud: 'https://{name}.execute-api.{region}.amazonaws.com', local: '{apiUrl}' },
  },
  'AWS::CloudWatch::Alarm': { named: 'AlarmName', arn: 'arn:aws:cloudwatch:{region}:{account}:alarm:{name}' },
  'AWS::Cognito::UserPool': {
    physical: '{region}_{name}',
    arn: 'arn:aws:cognito-idp:{region}:{account}:userpool/{name}',
    attributes: { ProviderName: pool, ProviderURL: '{issuer}', UserPoolId: '{name}' },
    replaces: { cloud: `https://${pool}`, local: '{issuer}' },
  },
  'AWS::Cognito::UserPoolClient': { attributes: { ClientId: '{name}' } },
  'AWS::Cognito::UserPoolDomain': {
    named: 'Domain',
    replaces: { cloud: 'https://{name}.auth.{region}.amazoncognito.com', local: '{issuer}' },
  },
  'AWS::Cognito::UserPoolGroup': { named: 'GroupName' },
  'AWS::Cognito::UserPoolResourceServer': { named: 'Identifier' },
  'AWS::DynamoDB::GlobalTable': {
    named: 'TableName',
    arn: table,
    attributes: { StreamArn: `${table}/stream/${streamLabel}`, TableId: '{name}' },
  },
  'AWS::Events::Rule': { named: 'Name', arn: 'arn:aws:events:{region}:{account}:rule/{name}' },
  'AWS::IAM::ManagedPolicy': {
    named: 'ManagedPolicyName',
    ref: 'arn:aws:iam::{account}:policy/{name}',
    arn: 'arn:aws:iam::{account}:policy/{name}',
  },
  'AWS::IAM::Policy': { named: 'PolicyName' },
  'AWS::IAM::Role': {
    named: 'RoleName',
    arn: 'arn:aws:iam::{account}:role/{name}',
    attributes: { RoleId: 'AROA{name}' },
  },
  'AWS::KMS::Alias': { named: 'AliasName', arn: 'arn:aws:kms:{region}:{account}:{name}' },
  'AWS::KMS::Key': {
    arn: 'arn:aws:kms:{region}:{account}:key/{name}',
    attributes: { KeyId: '{name}' },
  },
  'AWS::Lambda::EventSourceMapping': { attributes: { Id: '{name}' } },
  'AWS::Lambda::Function': { named: 'FunctionName', arn: lambda },
  'AWS::Logs::LogGroup': { named: 'LogGroupName', arn: 'arn:aws:logs:{region}:{account}:log-group:{name}:*' },
  'AWS::SNS::Topic': {
    named: 'TopicName',
    ref: topic,
    arn: topic,
    attributes: { TopicArn: topic, TopicName: '{name}' },
  },
  'AWS::SQS::Queue': {
    named: 'QueueName',
    ref: '{sqsUrl}/{account}/{name}',
    arn: 'arn:aws:sqs:{region}:{account}:{name}',
    attributes: { QueueName: '{name}', QueueUrl: '{sqsUrl}/{account}/{name}' },
  },
  'AWS::Scheduler::Schedule': {
    named: 'Name',
    arn: 'arn:aws:scheduler:{region}:{account}:schedule/default/{name}',
  },
  'AWS::Scheduler::ScheduleGroup': {
    named: 'Name',
    arn: 'arn:aws:scheduler:{region}:{account}:schedule-group/{name}',
  },
}
