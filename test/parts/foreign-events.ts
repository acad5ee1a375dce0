import fc from 'fast-check'
import { type StoredEvent, storedEvent } from '../../schemas/events/events.ts'
import type { PartyId } from '../../schemas/values/parties.ts'
import { centre, iom, istanbul, ministry, ngo, otherCentre, otherMission, partner } from './bodies.ts'
import { filed } from './domain-return.ts'

const [first] = filed().events

const parties: readonly PartyId[] = [istanbul, otherMission, iom, centre, otherCentre, ministry, ngo, partner]
const party = fc.constantFrom(...parties)
const seq = fc.integer({ min: 0, max: 30 })

/** Events that no decision makes: they point at what is not there, or at what must not be left out. */
export const foreignEvents: fc.Arbitrary<StoredEvent[]> = fc.array(
  fc
    .record({ seq, target: seq, kind: fc.nat(30), by: party, who: party, keeps: fc.boolean() })
    .map(({ seq, target, kind, by, who, keeps }) => {
      const sec = String(target).padStart(16, '0')
      const grants = [sec]
      const lock = { sections: [sec], until: '2026-12-21' }
      const data = [
        ['corrected', { corrects: target }],
        ['struck', { strikes: [sec] }],
        ['answered', { question: target }],
        ['amended', { slot: 'person', supersedes: sec, urgency: 2 }],
        ['asked', {}],
        ['reopened', {}],
        ['closed', { due: [] }],
        ['cancelled', {}],
        ['departed', { unseen: [] }],
        ['arrived', { unseen: [] }],
        ['travel-changed', {}],
        ['place-released', {}],
        ['wish-recorded', {}],
        ['agreed', { recipient: who, basis: 'consent', grants }],
        ['agreed', { recipient: 'figures', basis: 'other-basis', grants: [] }],
        ['shared', { recipient: who, grants }],
        ['to-be-asked', { recipients: [who], due: [{ step: 'ask-person', day: '2026-11-23' }] }],
        [
          'withdrawn',
          { recipient: who, accessRemoved: true, stillReads: keeps ? ['safety', 'travel'] : [], lock },
        ],
        ['withdrawn', { recipient: who, accessRemoved: false, stillReads: [] }],
        ['withdrawal-answered', { answer: 'deleted' }],
        ['task-given', { partner: who, task: 'arrange', basis: 'consent', grants }],
        ['task-given', { partner: who, task: 'accompany', basis: 'other-basis', grants: [] }],
        ['task-reported', { task: target, lock }],
        ['task-declined', { task: target }],
        ['task-ended', { task: target }],
        ['case-offered', { to: who, basis: 'other-basis', grants }],
        ['case-accepted', {}],
        ['move-ordered', { to: who }],
        ['arranger-chosen', { arranger: who }],
        ['attested', { gates: ['companion', 'fit-to-travel'] }],
        ['call-answered', { call: target }],
      ] as const
      const [type, reported] = data[kind] ?? data[0]
      const author = { party: by, role: 'officer', user: 'user-1' }
      return storedEvent.parse({ ...first, seq, type, by: author, data: reported, sections: [] })
    }),
  { maxLength: 10 },
)
