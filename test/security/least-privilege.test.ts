import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import deployment from '../../cdk.json' with { type: 'json' }
import type { RequiredPermission } from '../../infra/local/aws/prepared-call.ts'
import { type InjectedFault, type PendingCall, startEdge } from '../../infra/local/edge/edge.ts'
import { readAuthorization } from '../../infra/local/iam/authorization.ts'
import type { CallerIdentity } from '../../infra/local/iam/credentials.ts'
import type { Role } from '../../infra/local/iam/roles.ts'
import { readFunctions } from '../../infra/local/lambda/function-specs.ts'
import { type InvocationOutcome, openFunctions } from '../../infra/local/lambda/functions.ts'
import { readTemplate } from '../../infra/local/template/template.ts'
import { consent, filingWith, iom } from '../parts/bodies.ts'
import { daysAhead } from '../parts/days-ahead.ts'
import { twoCentres, useEveryGrant } from '../parts/every-grant.ts'
import { useEveryRight } from '../parts/every-right.ts'
import { type Grant, grantsOf, rightsIn, synthesizedIn, without, written } from '../parts/granted.ts'
import { fileOne, type OwnStack, startRunning, until } from '../parts/running-stack.ts'
import { bodies, withdrawalOf } from '../parts/todays-bodies.ts'

/** What is granted and never used on this machine, by the statement and action, and why it is granted all the same. */
const unused: [RegExp, string][] = [
  [
    /^(Mission|Centre|Partner)Policy#Session /,
    'The trust of the session role names the function’s own, which is enough in one account.',
  ],
  [/^RelayPolicy#Stream dynamodb:ListStreams$/, 'Lambda asks for it when it connects a stream.'],
  [/^InboxPolicy#Receive sqs:GetQueueAttributes\b/, 'Lambda asks for it when it connects a queue.'],
  [
    /^RelayPolicy#ReportFailures /,
    'Only after ten attempts; test/local/triggers/sources.test.ts gives a record up.',
  ],
  [/^\w+Key#(Administration|Deletion) /, 'People look after keys; functions do not.'],
  [/^StorageKey#/, 'The services themselves encrypt at rest; nothing here does.'],
  [/^BreakGlassRole#/, 'Two people take it by hand.'],
]

let running: OwnStack
let clock: ReturnType<typeof daysAhead.open>
let synthesized: unknown
let rights: unknown
/** A return with sections that nobody can read any more. */
let locked = ''
let ret = ''
let request = ''
let fault: (call: PendingCall) => InjectedFault | undefined = () => undefined
interface Demand {
  caller: CallerIdentity
  needs: readonly RequiredPermission[]
  call: PendingCall
}
/** Each different thing that somebody was allowed: by role, tags and needs. */
const demands = new Map<string, Demand>()
const refusal: InjectedFault = {
  status: 400,
  body: { __type: 'com.amazon.coral.validate#ValidationException' },
}

beforeAll(async () => {
  clock = daysAhead.open()
  running = await startRunning({
    visibilitySeconds: 2,
    context: twoCentres(deployment.context.centres),
    replace: {
      'functions/exchange/overdue-deliveries.ts': 'test/parts/replacements/impatient.ts',
      ...daysAhead.replace,
    },
    intercept(call) {
      const { caller, permissions: needs } = call
      demands.set(JSON.stringify([caller.role.name, caller.tags, needs]), { caller, needs, call })
      return fault(call)
    },
  })
  synthesized = synthesizedIn(running.dataDir)
  rights = rightsIn(synthesized)
})
beforeAll(() => useEveryRight(running))
beforeAll(async () => {
  locked = await useEveryGrant(running)
})
beforeAll(() => useEveryRightOfWatch())
beforeAll(async () => {
  const mission = await running.desk('istanbul')
  ret = await fileOne(mission)
  await running.settled()
  request = (await mission.see(ret)).request
})
afterAll(() => running.stop())

/** What the inbox leaves undone, watch does: it sends again, and takes off what everyone has. It calls IOM, and erases. */
async function useEveryRightOfWatch(): Promise<void> {
  await running.settled()
  await running.stack.tick('watch')
  const ofInbox = ({ service, function: name }: PendingCall) =>
    service === 'dynamodb' && name === 'InboxFunction'
  fault = (call) => (ofInbox(call) ? refusal : undefined)
  const mission = await running.desk('istanbul')
  const late = await fileOne(mission)
  await mission.command(late, 'give-task', bodies['give-task'])
  await running.stack.tick('watch')
  fault = (call) => (ofInbox(call) && call.operation === 'DeleteItem' ? refusal : undefined)
  await running.stack.tick('watch')
  await until('Not everyone got it.', async () => (await mission.events(late)).deliveries.length === 6)
  await running.stack.tick('watch')
  fault = () => undefined
  const { lockDays, missionDays } = deployment.context.rota.limits
  clock.be(lockDays + 1)
  await running.stack.tick('watch')
  // Of whom a mission alone could read there is nothing left to find her by.
  const forgotten = await fileOne(mission, filingWith([[iom, consent]]))
  await (await running.desk('iom')).command(forgotten, 'arrive', bodies.arrive)
  await mission.command(forgotten, 'withdraw', withdrawalOf(iom))
  for (const days of [missionDays + 1, missionDays + lockDays + 2]) {
    await running.settled()
    clock.be(days)
    await running.stack.tick('watch')
  }
  clock.be(0)
  const left = (await running.stored.rows('sealed', locked)).map(({ section }) => section?.S)
  expect(left).not.toContainEqual(expect.stringMatching(/^care#/))
}

const endpoints = {
  sqsUrl: 'http://edge.invalid',
  issuer: 'http://issuer.invalid',
  apiUrl: 'http://api.invalid',
  deskUrl: 'http://desk.invalid',
}

/** Whether the policies of another template deny any of what was allowed before, or the start of a function. */
function denies(template: unknown, allowed: readonly Demand[]): boolean {
  const read = readTemplate(template, endpoints)
  const evaluated = readAuthorization(read)
  const roles = read.ofType('AWS::Lambda::Function').map(({ properties }) => properties.Role)
  const trusted = (role: Role) => !roles.includes(role.arn) || evaluated.trusts(role, 'lambda.amazonaws.com')
  const isAllowed = ({ caller, needs, call }: Demand) => {
    try {
      evaluated.requireAll(call.service, { ...caller, role: evaluated.role(caller.role.logicalId) }, needs)
      return true
    } catch {
      return false
    }
  }
  return !evaluated.roles.every(trusted) || !allowed.every(isAllowed)
}

/** The template without several grants, such as a table's indexes by which the same is read. */
const withoutAll = (grants: readonly Grant[]) =>
  grants.toReversed().reduce<unknown>((template, grant) => without(template, grant), synthesized)

/** Whether somebody misses a grant that is taken out: of what was allowed, only the same action can have needed it. */
function isMissed(grant: Grant): boolean {
  const same = [...demands.values()].filter(({ needs }) =>
    needs.some(({ action }) => action === grant.action),
  )
  return denies(without(rights, grant), same)
}

test('nothing that was used is denied by the template as it is, and what is denied is not for want of trying', () => {
  expect(demands.size).toBeGreaterThan(200)
  expect(denies(synthesized, [...demands.values()])).toBe(false)
})

test('each action of each statement of every role and key is used, and taken out of the template it is missed', () => {
  const needless = grantsOf(synthesized).filter((grant) => !isMissed(grant))
  const unexplained = needless.map(written).filter((item) => !unused.some(([pattern]) => pattern.test(item)))
  expect(unexplained).toEqual([])
  // And no exception stands for what is used after all, or is not there.
  for (const [pattern] of unused) expect(needless.map(written).some((item) => pattern.test(item))).toBe(true)
})

test('the edge itself says the same of the roles', () => {
  const { granted, exercised } = running.stack.edge
  const rest = [...granted()].filter((item) => !exercised().has(item))
  const place = (item: string) => item.replace(/^[^|]*\|(?:key:)?([^|]*)\|/, '$1 ')
  expect(rest.map(place).filter((item) => !unused.some(([pattern]) => pattern.test(item)))).toEqual([])
})

/** Invokes a function's real bundle, on the real tables, behind an edge with the policies of another template. */
async function invokeUnder(template: unknown, name: string, event: unknown): Promise<InvocationOutcome> {
  const { dynamodbUrl, sqsUrl, url, issuer, functions } = running.stack
  const places = { issuer, apiUrl: url, deskUrl: url }
  const edge = await startEdge({
    template: readTemplate(template, { ...places, sqsUrl: 'http://edge.invalid' }),
    dynamodbUrl,
    sqsUrl,
    dataDir: join(running.dataDir, 'edge'),
  })
  const read = readTemplate(template, { ...places, sqsUrl: edge.url })
  const specs = readFunctions(read, join(running.dataDir, 'template'), edge)
    .map(({ spec }) => spec)
    .filter((spec) => spec.name.endsWith(`-${name}`))
  const started = openFunctions({ specs, logs: join(running.dataDir, 'logs') })
  try {
    expect(functions.specs.map((spec) => spec.name)).toContain(specs[0]?.name)
    return await started.invoke(specs[0]?.name ?? '', event)
  } finally {
    await started.stop()
    await edge.stop()
  }
}

describe('a function whose role lacks one statement fails, on the real tables, and only then', () => {
  const claims = (party: string) => {
    const user = running.stack.users.find(
      (user) => user.party === party && user.groups.includes('role:officer'),
    )
    return { sub: user?.sub, party, role: 'officer', iat: '4000000000' }
  }
  const http = (party: string, routeKey: string) => ({
    routeKey,
    headers: {},
    pathParameters: { ret, request },
    requestContext: { authorizer: { jwt: { claims: claims(party) } } },
  })
  const listed = (party: string) => () => http(party, `GET /v1/${party.split(':')[0]}/returns`)
  const together = (party: string) => () => http(party, `GET /v1/${party.split(':')[0]}/requests/{request}`)
  const seen = (party: string) => () => http(party, `GET /v1/${party.split(':')[0]}/returns/{ret}`)
  const stream = () => ({
    Records: [{ dynamodb: { Keys: { ret: { S: ret } }, SequenceNumber: '1' }, eventSource: 'aws:dynamodb' }],
  })
  const queue = () => {
    const sent = [...demands.values()].find(({ call }) => call.operation === 'SendMessage')?.call.body
    const { MessageBody: body } = { MessageBody: '', ...(typeof sent === 'object' ? sent : {}) }
    return {
      Records: [{ messageId: 'm', body, attributes: { MessageGroupId: ret }, eventSource: 'aws:sqs' }],
    }
  }
  /** What a function answers when it could not do its work, in the way of its kind. */
  const failed = (outcome: InvocationOutcome) => {
    const text = JSON.stringify(outcome)
    return outcome.kind === 'failed' || text.includes('internal') || /"batchItemFailures":\[\{/.test(text)
  }

  test.each<[string, string, string, () => unknown]>([
    ['MissionSessionRole#0', 'sts:AssumeRole', 'mission', listed('mission:1XGE')],
    ['MissionSessionRole#0', 'sts:TagSession', 'mission', listed('mission:1XGE')],
    ['MissionSessionPolicy#Work', 'dynamodb:Query', 'mission', listed('mission:1XGE')],
    ['MissionSessionPolicy#Worklists', 'dynamodb:Query', 'mission', together('mission:1XGE')],
    ['MissionSessionPolicy#Worklists', 'dynamodb:BatchGetItem', 'mission', listed('mission:1XGE')],
    ['MissionKey#MissionDecrypts', 'kms:Decrypt', 'mission', seen('mission:1XGE')],
    ['CentreSessionRole#0', 'sts:AssumeRole', 'centre', listed('centre:S0DS')],
    ['CentreSessionPolicy#Keys', 'dynamodb:BatchGetItem', 'centre', listed('centre:S0DS')],
    ['IomPolicy#Trail', 'dynamodb:Query', 'iom', seen('iom')],
    ['IomKey#IomDecrypts', 'kms:Decrypt', 'iom', seen('iom')],
    ['MinistryPolicy#Work', 'dynamodb:Query', 'ministry', listed('ministry')],
    ['MinistryPolicy#Worklists', 'dynamodb:Query', 'ministry', together('ministry')],
    ['MinistryPolicy#Worklists', 'dynamodb:BatchGetItem', 'ministry', listed('ministry')],
    ['ConsularPolicy#Trail', 'dynamodb:Query', 'consular', seen('consular')],
    ['OversightPolicy#Work', 'dynamodb:Query', 'oversight', listed('oversight')],
    ['OversightPolicy#Worklists', 'dynamodb:Query', 'oversight', together('oversight')],
    ['OversightPolicy#Worklists', 'dynamodb:BatchGetItem', 'oversight', listed('oversight')],
    ['RelayPolicy#TrailQuery', 'dynamodb:Query', 'relay', stream],
    ['InboxPolicy#TrailQuery', 'dynamodb:Query', 'inbox', queue],
    ['WatchPolicy#PendingQuery', 'dynamodb:Query', 'watch', () => ({})],
    ['WatchPolicy#DueQuery', 'dynamodb:Query', 'watch', () => ({})],
    ['MatchingPolicy#UnmatchedScanDeleteItem', 'dynamodb:Scan', 'matching', () => ({})],
    ['FiguresPolicy#HeadsScan', 'dynamodb:Scan', 'figures', () => ({})],
    ['FiguresKey#FiguresDecrypts', 'kms:Decrypt', 'figures', () => ({})],
  ])('%s %s', async (statement, action, name, event) => {
    const [logicalId = '', what = ''] = statement.split('#')
    // A statement is known by its name, or by a table that it is about.
    const found = grantsOf(synthesized).filter(
      (grant) =>
        grant.logicalId === logicalId &&
        grant.action === action &&
        (grant.sid === what || grant.about.includes(`"${what}Table"`)),
    )
    const [grant] = found
    if (!grant) throw new Error('The template grants no such thing.')
    const whole = running.stack.functions.specs.find((spec) => spec.name.endsWith(`-${name}`))?.name ?? ''
    expect(failed(await running.stack.functions.invoke(whole, event()))).toBe(false)
    expect(failed(await invokeUnder(withoutAll(found), name, event()))).toBe(true)
  })
})
