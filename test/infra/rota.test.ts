import { App } from 'aws-cdk-lib'
import { describe, expect, test } from 'vitest'
import deployment from '../../cdk.json' with { type: 'json' }
import { readDeployment } from '../../infra/context.ts'
import { rotaConfig as form } from '../../schemas/deployment/rota.ts'

const { rota } = deployment.context
const read = (changed: unknown) =>
  readDeployment(new App({ context: { ...deployment.context, rota: changed } }).node).rota

test('the rota of cdk.json is read as it stands', () => {
  expect(read(rota)).toEqual(rota)
})

test('parties of the deployment can have lines of their own', () => {
  const own = { calls: [{ line: 'night-desk', afterMinutes: 5 }] }
  expect(read({ ...rota, parties: { 'mission:1XGE': own, iom: own } }).parties).toEqual({
    'mission:1XGE': own,
    iom: own,
  })
})

describe('a rota that is wrong is refused by the name of the field', () => {
  const line = { line: 'duty', afterMinutes: 0 }
  test.each<[string, unknown, string]>([
    ['missing', undefined, 'rota'],
    ['without a line', { ...rota, calls: [] }, 'rota.calls'],
    ['with a line that has no name', { ...rota, calls: [{ ...line, line: '' }] }, 'rota.calls.0.line'],
    [
      'with a phone number for a name',
      { ...rota, calls: [{ ...line, line: '+37369000000' }] },
      'rota.calls.0.line',
    ],
    ['with half a minute', { ...rota, calls: [{ ...line, afterMinutes: 0.5 }] }, 'rota.calls.0.afterMinutes'],
    ['with lines out of order', { ...rota, calls: [{ ...line, afterMinutes: 10 }, line] }, 'rota.calls'],
    ['that calls again at once', { ...rota, againMinutes: 0 }, 'rota.againMinutes'],
    ['that tells nobody', { ...rota, overdue: [] }, 'rota.overdue'],
    [
      'that tells a stranger',
      { ...rota, overdue: [{ afterDays: 0, notifies: 'press' }] },
      'rota.overdue.0.notifies',
    ],
    ['with levels out of order', { ...rota, overdue: rota.overdue.toReversed() }, 'rota.overdue'],
    ['with a night of 25 hours', { ...rota, night: { from: 0, to: 25 } }, 'rota.night.to'],
    ['with a field that nobody knows', { ...rota, phones: [] }, 'rota'],
    ['with a party that is none', { ...rota, parties: { police: { calls: [line] } } }, 'rota.parties'],
    [
      'with a mission that is not here',
      { ...rota, parties: { 'mission:0000': { calls: [line] } } },
      'rota.parties.mission:0000',
    ],
  ])('%s', (_, changed, field) => {
    expect(() => read(changed)).toThrow(`cdk.json: context.${field}`)
  })
})

test('the form holds no phone number and no name of a person: these subscribe to the topic', () => {
  expect(
    form.safeParse({ ...rota, calls: [{ line: 'duty', afterMinutes: 0, phone: '+37369000000' }] }).success,
  ).toBe(false)
})
