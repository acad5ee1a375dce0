import { expect, test } from 'vitest'
import deployment from '../../../cdk.json' with { type: 'json' }
import { sampleRequest } from '../../../infra/local/sample/sample-request.ts'
import { requestBody } from '../../../schemas/commands/bodies.ts'
import { sample, today } from '../../parts/bodies.ts'
import { filed } from '../../parts/domain-return.ts'

test('the sample is a request that can be filed, on any day', () => {
  expect(requestBody.safeParse(sampleRequest()).success).toBe(true)
  for (const day of ['2026-01-01', '2026-03-01', '2028-02-29', '2026-12-31'])
    expect(requestBody.safeParse(sampleRequest({ today: day })).success).toBe(true)
  expect(filed(sample).events).toHaveLength(1)
})

test('it names the Centre that is given, else the first of the deployment', () => {
  const [first] = deployment.context.centres
  expect(JSON.stringify(sampleRequest())).toContain(`"centre:${first?.code}"`)
  expect(JSON.stringify(sampleRequest({ centre: 'centre:T1ET' }))).toContain('"centre:T1ET"')
})

test('its days lie before the day that is given', () => {
  const days = JSON.stringify(sampleRequest({ today })).match(/\d{4}-\d\d-\d\d/g) ?? []
  expect(days.length).toBeGreaterThan(0)
  for (const day of days) expect(day < today).toBe(true)
})

test('it says that it is made up', () => {
  expect(sample.identity.name).toEqual({ family: 'Exemplescu', given: 'Proba' })
  expect(sample.identity.idnp).toBe('2000000000004')
  for (const { phone } of sample.contacts.persons) expect(phone).toMatch(/^\+447700900\d{3}$/)
})
