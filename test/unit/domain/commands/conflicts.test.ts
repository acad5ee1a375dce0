import { describe, expect, test } from 'vitest'
import { commandFrom } from '../../../../functions/domain/command.ts'
import { conflictsWith } from '../../../../functions/domain/commands/conflicts.ts'
import type { LaterCommandName } from '../../../../schemas/commands/commands.ts'
import type { PartyId } from '../../../../schemas/values/parties.ts'
import { bodies, centre, config, iom, istanbul, ministry } from '../../../parts/bodies.ts'
import { type DomainReturn, type Given, give, upTo } from '../../../parts/domain-return.ts'

/** What of the events since a version touches the same as a command. */
function conflictsSince(
  before: DomainReturn,
  after: DomainReturn,
  by: PartyId,
  name: LaterCommandName,
  body: object = bodies[name],
) {
  const command = commandFrom(
    name,
    { ...body },
    { by: { party: by, role: 'officer', user: 'user-1' }, at: '2026-11-22T10:00:00.000Z', config },
  )
  return conflictsWith(command, after.events.slice(before.events.length)).map(({ type }) => type)
}

const accepted = upTo('accept')

describe('given two officers who read one version, when one has written', () => {
  test.each<[string, Given, PartyId, LaterCommandName, object | undefined]>([
    [
      'a risk assessment beside a document',
      { name: 'confirm-identity', by: istanbul },
      iom,
      'assess-risk',
      undefined,
    ],
    ['a plan beside an assignment', { name: 'take', by: istanbul }, iom, 'plan-travel', undefined],
    [
      'an assignment of one party beside that of another',
      { name: 'take', by: istanbul },
      iom,
      'take',
      undefined,
    ],
    [
      'one question beside another',
      { name: 'ask', by: iom, body: { for: istanbul, talk: { text: 'Where?' } } },
      iom,
      'ask',
      { for: istanbul, talk: { text: 'When?' } },
    ],
    ['a note beside a note', { name: 'note', by: iom }, iom, 'note', undefined],
    [
      'an amendment of the family beside one of the needs',
      { name: 'amend', by: istanbul, body: { slot: 'needs', care: bodies.file.care } },
      istanbul,
      'amend',
      { slot: 'family', contacts: bodies.file.contacts },
    ],
    ['one task beside another', { name: 'give-task', by: istanbul }, iom, 'give-task', undefined],
  ])('%s: nothing stands in the way of the other', (_, first, by, name, body) => {
    expect(conflictsSince(accepted, give(accepted, first), by, name, body)).toEqual([])
  })

  test.each<[string, Given, PartyId, LaterCommandName, object | undefined, string]>([
    [
      'the same document',
      { name: 'confirm-identity', by: istanbul },
      istanbul,
      'confirm-identity',
      undefined,
      'identity-confirmed',
    ],
    ['a ruling and a hold', { name: 'hold', by: ministry }, ministry, 'approve', undefined, 'put-on-hold'],
    ['the journey', { name: 'plan-travel', by: iom }, iom, 'change-travel', undefined, 'travel-planned'],
    ['the assignment of one party', { name: 'take', by: iom }, iom, 'assign', undefined, 'taken'],
    ['a place', { name: 'hold-place', by: centre }, centre, 'hold-place', undefined, 'place-held'],
    ['a departure', { name: 'depart', by: istanbul }, iom, 'depart', undefined, 'departed'],
    ['the family', { name: 'amend', by: istanbul }, istanbul, 'amend', undefined, 'amended'],
  ])('%s: the other is asked to read it first', (_, first, by, name, body, type) => {
    expect(conflictsSince(accepted, give(accepted, first), by, name, body)).toEqual([type])
  })
})
