import { rota } from '../deployment/rota.ts'
import {
  alerted,
  commanded,
  exported,
  filed,
  htcds,
  opened,
  seen,
  timeline,
  withdrawalPreview,
  worklist,
} from './answers.ts'
import { audit } from './audit.ts'
import { checked, checkedRange } from './check.ts'
import { draft, drafts, draftVersion } from './drafts.ts'
import { figures } from './figures.ts'
import { forecast } from './forecast.ts'
import { matchOperations } from './openapi-matches.ts'
import { peopleOperations } from './openapi-people.ts'
import { body, type OperationDescription, ofReturn } from './operation-description.ts'
import type { Operation } from './operations.ts'
import { changes, post, register } from './posts.ts'
import { roomChanges, rooms } from './rooms.ts'

/** What the contract tells of each act. */
export const operationDescriptions: Record<Operation, OperationDescription> = {
  file: {
    summary: 'File a request for one or more persons; each has a return of their own.',
    status: 201,
    answer: filed,
    problems: [
      ...body,
      'bad-header',
      'check-failed',
      'key-reused',
      'too-large',
      'not-found',
      'not-yours',
      'basis-ended',
      'wrong-phase',
      'guardian-suspected',
      'draft-sent',
      'version-lost',
      'version-stale',
    ],
  },
  alert: {
    summary: 'Raise an alert: it goes to the post that covers the country.',
    status: 201,
    answer: alerted,
    problems: [...body, 'bad-header', 'check-failed', 'key-reused', 'too-large', 'not-yours', 'trail-broken'],
  },
  drafts: {
    summary: 'A page of the filings that your party is writing, the one begun last first.',
    status: 200,
    answer: drafts,
    problems: ['bad-cursor'],
  },
  'begin-draft': {
    summary: 'Begin a draft of a filing: whatever is typed so far.',
    status: 201,
    answer: draftVersion,
    problems: [...body, 'bad-header', 'key-reused', 'too-large'],
  },
  draft: {
    summary: 'A draft in full. Whoever of your party reads it can go on with it.',
    status: 200,
    answer: draft,
    problems: ['not-found', 'draft-sent', 'section-unreadable'],
  },
  'save-draft': {
    summary: 'Save a draft whole, on the version that was read. It stays for as long again.',
    status: 200,
    answer: draftVersion,
    problems: [
      ...body,
      'bad-header',
      'not-found',
      'draft-sent',
      'section-unreadable',
      'too-large',
      'version-lost',
      'version-stale',
    ],
  },
  'delete-draft': {
    summary: 'Delete a draft, on the version that was read. Nothing of it is left.',
    status: 200,
    answer: draftVersion,
    problems: [...body, 'bad-header', 'not-found', 'draft-sent', 'version-lost', 'version-stale'],
  },
  list: { summary: 'A page of the worklist.', status: 200, answer: worklist, problems: ['bad-cursor'] },
  manifest: {
    summary: 'The returns of a request that you are on, a page at a time: where each stands.',
    status: 200,
    answer: worklist,
    problems: ['bad-cursor', 'not-found'],
  },
  view: {
    summary: 'A return: what is in clear, and the label.',
    status: 200,
    answer: seen,
    problems: ofReturn,
  },
  open: {
    summary: 'Open sections, for a reason. Everyone on the return sees that you did.',
    status: 200,
    answer: opened,
    problems: [...ofReturn, ...body, 'not-readable', 'section-unreadable'],
  },
  events: {
    summary: 'The timeline, with deliveries, who looked, and who was refused.',
    status: 200,
    answer: timeline,
    problems: ofReturn,
  },
  export: {
    summary: 'The trail as a file that anyone can check.',
    status: 200,
    answer: exported,
    problems: [...ofReturn, 'bad-input', 'guardian-suspected', 'not-readable', 'not-yours'],
  },
  htcds: {
    summary:
      'What you can open of a return, as a record of HTCDS 2.0. Everyone on the return sees that you took it.',
    status: 200,
    answer: htcds,
    problems: [...ofReturn, 'bad-input', 'section-unreadable'],
  },
  check: {
    summary:
      'Whether the record is unchanged, reckoned anew from its stored bytes; where it breaks, if it does.',
    status: 200,
    answer: checked,
    problems: ['not-found'],
  },
  'withdrawal-preview': {
    summary: 'What a withdrawal from a recipient would stop; asked before it is given.',
    status: 200,
    answer: withdrawalPreview,
    problems: [...ofReturn, 'bad-input', 'not-yours', 'unknown-target', 'nothing-to-do'],
  },
  command: {
    summary: '',
    status: 200,
    answer: commanded,
    problems: [
      ...ofReturn,
      ...body,
      'bad-header',
      'check-failed',
      'key-reused',
      'not-readable',
      'wrong-phase',
      'gate-closed',
      'no-place',
      'nothing-to-do',
      'unknown-target',
      'guardian-suspected',
      'no-reader',
      'not-yours',
      'not-your-role',
      'version-lost',
      'version-stale',
      'too-large',
    ],
  },
  posts: {
    summary: 'Every post as it stands, and the countries that no open post answers for.',
    status: 200,
    answer: register,
    problems: ['trail-broken'],
  },
  post: { summary: 'Your own post as it stands.', status: 200, answer: post, problems: ['trail-broken'] },
  'change-post': {
    summary: 'How a post stands from now on: countries, staff, who is on duty, whether it is open.',
    status: 200,
    answer: post,
    problems: [...body, 'bad-header', 'not-found', 'trail-broken', 'version-lost', 'version-stale'],
  },
  'post-changes': {
    summary: 'Who changed which post, when and how: one chain, a page at a time.',
    status: 200,
    answer: changes,
    problems: ['bad-cursor', 'trail-broken'],
  },
  rooms: {
    summary: 'The rooms of your centre as they are.',
    status: 200,
    answer: rooms,
    problems: ['trail-broken'],
  },
  'change-room': {
    summary:
      'How a room is from now on: beds, cots, whom it is for, what is blocked. The version is that of all rooms.',
    status: 200,
    answer: rooms,
    problems: [...body, 'bad-header', 'not-found', 'trail-broken', 'version-lost', 'version-stale'],
  },
  'room-changes': {
    summary: 'Who changed which room, when and how: one chain, a page at a time.',
    status: 200,
    answer: roomChanges,
    problems: ['bad-cursor', 'trail-broken'],
  },
  forecast: {
    summary:
      'What is free on each coming day, who has a place, and for whom of those to come no room has one.',
    status: 200,
    answer: forecast,
    problems: ['bad-input', 'section-unreadable', 'trail-broken'],
  },
  figures: {
    summary: 'Counts of returns, small ones left out, as they were last made.',
    status: 200,
    answer: figures,
    problems: ['bad-input'],
  },
  rota: {
    summary: 'Whom call-outs and what is overdue go to, and when; what runs out by itself.',
    status: 200,
    answer: rota,
    problems: [],
  },
  audit: {
    summary:
      'Who looked, exported, searched or was refused, over all returns, newest first. With `as=mlog` one JSON object a line (application/x-ndjson), the next page in the header Link.',
    status: 200,
    answer: audit,
    problems: ['bad-cursor', 'bad-input'],
  },
  'audit-check': {
    summary: 'Whether the access records of a subject of the audit are unchanged, from a number on.',
    status: 200,
    answer: checkedRange,
    problems: ['bad-input', 'not-found'],
  },
  ...matchOperations,
  ...peopleOperations,
  contract: { summary: 'This document.', status: 200, problems: [] },
}
