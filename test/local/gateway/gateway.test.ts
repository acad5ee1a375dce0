import { once } from 'node:events'
import { createServer, request, type Server } from 'node:http'
import { exportJWK, generateKeyPair, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Front, openFront } from '../../../infra/local/gateway/front.ts'
import { openGateway } from '../../../infra/local/gateway/gateway.ts'
import { type LocalFunctions, openFunctions } from '../../../infra/local/lambda/functions.ts'
import { bundledFunction, invokePermission, templateWith } from '../parts/made-up-resources.ts'
import { temporaryDirectory } from '../parts/temporary-directory.ts'

const directory = temporaryDirectory()
const key = await generateKeyPair('RS256')
const stranger = await generateKeyPair('RS256')

const echo = `export const handler = async (event) => {
  if (event.rawPath === '/v1/throw') throw new Error('as asked')
  if (event.rawPath === '/v1/plain') return { seen: true }
  if (event.rawPath === '/v1/malformed') return { statusCode: 'yes' }
  if (event.rawPath === '/v1/cookies')
    return { statusCode: 201, headers: { 'X-One': 1 }, cookies: ['a=1', 'b=2'], body: 'AAEC', isBase64Encoded: true }
  return { statusCode: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(event) }
}`

let front: Front
let issuer: Server
let issuerUrl: string
let functions: LocalFunctions

beforeAll(async () => {
  issuer = createServer(async (request, response) => {
    const jwk = { ...(await exportJWK(key.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }
    const discovery = { issuer: issuerUrl, jwks_uri: `${issuerUrl}/keys` }
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(request.url === '/keys' ? { keys: [jwk] } : discovery))
  }).listen(0, '127.0.0.1')
  await once(issuer, 'listening')
  const address = issuer.address()
  issuerUrl = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`
  functions = openFunctions({ specs: [bundledFunction(directory, 'Echo', echo)], logs: directory })
  front = await openFront(0)
  const gateway = openGateway(
    templateWith(resources({ Permission: invokePermission('Echo', 'apigateway.amazonaws.com') })),
    functions,
  )
  const nowhere = () => {}
  front.open({ home: nowhere, signIn: nowhere, api: gateway.handle })
})
afterAll(async () => {
  await front.stop()
  await functions.stop()
  issuer.close()
})

function resources(more: Record<string, unknown>): Record<string, unknown> {
  const open = (routeKey: string) => ({ RouteKey: routeKey, Target: 'integrations/Integration' })
  const route = (properties: Record<string, unknown>) => ({
    Type: 'AWS::ApiGatewayV2::Route',
    Properties: properties,
  })
  const guarded = (routeKey: string) =>
    route({
      ...open(routeKey),
      AuthorizationType: 'JWT',
      AuthorizerId: { Ref: 'Authorizer' },
      AuthorizationScopes: ['acasa/mission'],
    })
  return {
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: {} },
    Authorizer: {
      Type: 'AWS::ApiGatewayV2::Authorizer',
      Properties: {
        AuthorizerType: 'JWT',
        IdentitySource: ['$request.header.Authorization'],
        JwtConfiguration: { Issuer: issuerUrl, Audience: ['desk', 'machine'] },
      },
    },
    Integration: {
      Type: 'AWS::ApiGatewayV2::Integration',
      Properties: {
        IntegrationType: 'AWS_PROXY',
        IntegrationUri: { 'Fn::GetAtt': ['Echo', 'Arn'] },
        PayloadFormatVersion: '2.0',
      },
    },
    Echo: { Type: 'AWS::Lambda::Function', Properties: {} },
    Guarded: guarded('GET /v1/returns/{id}'),
    Literal: guarded('GET /v1/returns/mine'),
    Open: route(open('POST /v1/{any}')),
    ...more,
  }
}

const now = Math.floor(Date.now() / 1000)
const claims = { iss: '', client_id: 'desk', scope: 'openid acasa/mission', exp: now + 600, iat: now }

function token(change: Record<string, unknown> = {}, signer = key.privateKey): Promise<string> {
  const payload: JWTPayload = { ...claims, iss: issuerUrl, ...change }
  return new SignJWT(payload).setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(signer)
}

function get(path: string, authorization?: string): Promise<Response> {
  return fetch(`${front.url}${path}`, { headers: authorization ? { authorization } : {} })
}

describe('a guarded route', () => {
  test('a guarded route accepts a token with or without the word Bearer', async () => {
    const good = await token()
    for (const header of [good, `Bearer ${good}`, `bearer ${good}`]) {
      expect((await get('/v1/returns/R1', header)).status).toBe(200)
    }
  })

  test.each<[string, () => Promise<string> | string | undefined]>([
    ['no token', () => undefined],
    ['a text that is not a JWT', () => 'Bearer nonsense'],
    ['no signature', () => new UnsecuredJWT({ ...claims, iss: issuerUrl }).encode()],
    [
      'a symmetric signature',
      () =>
        new SignJWT({ ...claims, iss: issuerUrl })
          .setProtectedHeader({ alg: 'HS256', kid: 'one' })
          .sign(Buffer.alloc(32)),
    ],
    ["another key's signature", () => token({}, stranger.privateKey)],
    [
      'a changed claim',
      async () =>
        (await token()).replace(
          /\.[^.]+\./,
          `.${Buffer.from(JSON.stringify({ ...claims, iss: issuerUrl, party: 'iom' })).toString('base64url')}.`,
        ),
    ],
    ['another issuer', () => token({ iss: 'http://issuer.invalid' })],
    ['another client', () => token({ client_id: 'other' })],
    ['another audience beside a valid client', () => token({ aud: 'other' })],
    ['no client and no audience', () => token({ client_id: undefined })],
    ['an expiry in the past', () => token({ exp: now - 1 })],
    ['no expiry', () => token({ exp: undefined })],
    ['a start in the future', () => token({ nbf: now + 300 })],
    ['an issue time in the future', () => token({ iat: now + 300 })],
  ])('a guarded route responds with 401 to %s', async (_what, make) => {
    const response = await get('/v1/returns/R1', await make())
    expect(response.status).toBe(401)
    expect(await response.json()).toEqual({ message: 'Unauthorized' })
    expect(response.headers.get('acasa-stage')).toBe('TRIAL')
  })

  test.each([['openid'], ['acasa/iom'], ['acasa/missions'], ['']])(
    'a guarded route responds with 403 to the scope %j',
    async (scope) => {
      const response = await get('/v1/returns/R1', await token({ scope }))
      expect(response.status).toBe(403)
      expect(await response.json()).toEqual({ message: 'Forbidden' })
    },
  )

  test('the gateway passes claims on as strings, with lists in brackets', async () => {
    const groups = ['mission:K7QX', 'role:officer']
    const response = await get('/v1/returns/R1', await token({ 'cognito:groups': groups, version: 2 }))
    expect(await response.json()).toMatchObject({
      requestContext: {
        authorizer: {
          jwt: {
            claims: { 'cognito:groups': '[mission:K7QX role:officer]', version: '2', exp: String(now + 600) },
            scopes: ['acasa/mission'],
          },
        },
      },
    })
  })
})

describe('an event', () => {
  test('an event has payload format 2.0', async () => {
    const response = await fetch(`${front.url}/v1/thing?a=1&b=x%20y&a=2`, {
      method: 'POST',
      headers: { 'X-Mixed-Case': 'Kept', cookie: 'one=1; two=2', 'content-type': 'application/json' },
      body: '{"name":"Ștefan"}',
    })
    const event: unknown = await response.json()
    expect(event).toMatchObject({
      version: '2.0',
      routeKey: 'POST /v1/{any}',
      rawPath: '/v1/thing',
      rawQueryString: 'a=1&b=x%20y&a=2',
      cookies: ['one=1', 'two=2'],
      headers: { 'x-mixed-case': 'Kept', 'x-amzn-trace-id': expect.stringMatching(/^Root=1-/) },
      queryStringParameters: { a: '1,2', b: 'x y' },
      pathParameters: { any: 'thing' },
      requestContext: {
        http: { method: 'POST', path: '/v1/thing', sourceIp: '127.0.0.1' },
        stage: '$default',
      },
      body: '{"name":"Ștefan"}',
      isBase64Encoded: false,
    })
    expect(event).not.toHaveProperty('headers.cookie')
    expect(event).not.toHaveProperty('requestContext.authorizer')
  })

  test.each([
    ['application/octet-stream', Buffer.from([0, 255]), true],
    ['application/json', Buffer.from([0x22, 0xff, 0x22]), true],
    ['text/plain;charset=utf-8', Buffer.from('ș'), false],
    ['application/problem+json', Buffer.from('{}'), false],
  ])('an event carries a body of %s', async (type, bytes, isBase64Encoded) => {
    const response = await fetch(`${front.url}/v1/thing`, {
      method: 'POST',
      headers: { 'content-type': type },
      body: bytes,
    })
    const body = isBase64Encoded ? bytes.toString('base64') : bytes.toString()
    expect(await response.json()).toMatchObject({ body, isBase64Encoded })
  })

  test('an event carries the trace id of the request', async () => {
    const headers = { 'x-amzn-trace-id': 'Root=1-00000000-000000000000000000000001' }
    const response = await fetch(`${front.url}/v1/thing`, { method: 'POST', headers })
    expect(await response.json()).toMatchObject({ headers })
  })
})

describe('a route', () => {
  test('the gateway prefers the more specific route', async () => {
    const response = await get('/v1/returns/mine', await token())
    expect(await response.json()).toMatchObject({ routeKey: 'GET /v1/returns/mine' })
  })

  test('the gateway decodes the value of a path variable', async () => {
    const response = await get('/v1/returns/a%2Fb', await token())
    expect(await response.json()).toMatchObject({ pathParameters: { id: 'a/b' } })
  })

  test.each(['/v1', '/v1/returns/', '/v1/returns/R1/more', '/v2/returns/R1', '/v1/returns/%'])(
    'the gateway finds no route for %s',
    async (path) => {
      const response = await get(path, await token())
      expect(response.status).toBe(404)
      expect(await response.json()).toEqual({ message: 'Not Found' })
    },
  )
})

describe('a response', () => {
  const post = (path: string) => fetch(`${front.url}${path}`, { method: 'POST' })

  test('a response has the status, headers, cookies and bytes that the function returned', async () => {
    const response = await post('/v1/cookies')
    expect(response.status).toBe(201)
    expect(response.headers.get('x-one')).toBe('1')
    expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2'])
    expect(Buffer.from(await response.arrayBuffer())).toEqual(Buffer.from([0, 1, 2]))
  })

  test('a result without a status is the body of the response', async () => {
    const response = await post('/v1/plain')
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(await response.json()).toEqual({ seen: true })
  })

  test.each(['/v1/throw', '/v1/malformed'])(
    'a function that fails gives a 500 without detail: %s',
    async (path) => {
      const response = await post(path)
      expect(response.status).toBe(500)
      expect(await response.text()).toBe('{"message":"Internal Server Error"}')
    },
  )

  test('the gateway responds with 413 to a body over 10 MB', async () => {
    const sent = request(`${front.url}/v1/thing`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    })
    sent.end(Buffer.alloc(10 * 1024 * 1024 + 1, 0x20))
    const [response] = await once(sent, 'response')
    response.resume()
    expect(response.statusCode).toBe(413)
  })
})

test('the gateway does not open when it may not invoke a function', () => {
  const elsewhere = invokePermission('Echo', 'events.amazonaws.com')
  expect(() => openGateway(templateWith(resources({ Permission: elsewhere })), functions)).toThrow(
    /no permission to invoke Echo/,
  )
})
