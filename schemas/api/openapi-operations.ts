import { rotaConfig } from '../deployment/rota.ts'
import {
  alertedAnswer,
  commandAnswer,
  exportAnswer,
  filedAnswer,
  htcdsAnswer,
  openedAnswer,
  returnAnswer,
  timelineAnswer,
  withdrawalPreview,
} from './answers.ts'
import { auditAnswer } from './audit.ts'
import { checkAnswer, checkedRange } from './check.ts'
import { draft, drafts, draftVersion } from './drafts.ts'
import { figuresAnswer } from './figures.ts'
import { forecast } from './forecast.ts'
import { matchOperations } from './openapi-matches.ts'
import { peopleOperations } from './openapi-people.ts'
import { body, type OperationDescription, ofReturn } from './operation-description.ts'
import type { Operation } from './operations.ts'
import { post, postChanges, postsAnswer } from './posts.ts'
import { roomChanges, rooms } from './rooms.ts'
import { workAnswer, workCountAnswer, workListAnswer, worklistAnswer } from './work-answers.ts'

/** The description of each operation in the OpenAPI document. */
export const operationDescriptions: Record<Operation, OperationDescription> = {
  file: {
    summary: 'File a request for one or more persons. Each person gets a return.',
    status: 201,
    answer: filedAnswer,
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
    summary: 'Raise an alert. It goes to the post that covers the country.',
    status: 201,
    answer: alertedAnswer,
    problems: [...body, 'bad-header', 'check-failed', 'key-reused', 'too-large', 'not-yours', 'trail-broken'],
  },
  drafts: {
    summary: 'A page of the drafts of your party, newest first.',
    status: 200,
    answer: drafts,
    problems: ['bad-cursor'],
  },
  'begin-draft': {
    summary: 'Begin a draft of a request. Half-filled values are accepted.',
    status: 201,
    answer: draftVersion,
    problems: [...body, 'bad-header', 'key-reused', 'too-large'],
  },
  draft: {
    summary: 'A draft in full. Everybody in your party can continue it.',
    status: 200,
    answer: draft,
    problems: ['not-found', 'draft-sent', 'section-unreadable'],
  },
  'save-draft': {
    summary: 'Save the whole draft, on the version that was read. Its expiry starts again.',
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
    summary: 'Delete a draft, on the version that was read. Nothing of it is kept.',
    status: 200,
    answer: draftVersion,
    problems: [...body, 'bad-header', 'not-found', 'draft-sent', 'version-lost', 'version-stale'],
  },
  list: {
    summary:
      'A page of all returns of your party, what it owes first. With filters, a bounded number of rows is read for a page.',
    status: 200,
    answer: worklistAnswer,
    problems: ['bad-cursor', 'bad-input'],
  },
  work: {
    summary: 'What your party has to do: every list, counted over all returns, with its first rows.',
    status: 200,
    answer: workAnswer,
    problems: [],
  },
  'work-list': {
    summary: 'A page of one list of what your party has to do, and its count.',
    status: 200,
    answer: workListAnswer,
    problems: ['bad-cursor', 'not-found'],
  },
  'work-count': {
    summary: 'How many returns wait for you.',
    status: 200,
    answer: workCountAnswer,
    problems: [],
  },
  manifest: {
    summary:
      'The returns of a request, as far as your party is on them: the phase of each, a page at a time.',
    status: 200,
    answer: worklistAnswer,
    problems: ['bad-cursor', 'not-found'],
  },
  view: {
    summary: 'A return: its clear data and its label.',
    status: 200,
    answer: returnAnswer,
    problems: ofReturn,
  },
  open: {
    summary: 'Open sections, with a reason. Every party on the return can see that you did.',
    status: 200,
    answer: openedAnswer,
    problems: [...ofReturn, ...body, 'not-readable', 'section-unreadable'],
  },
  events: {
    summary: 'The timeline of a return, with deliveries, access records and refusals.',
    status: 200,
    answer: timelineAnswer,
    problems: ofReturn,
  },
  export: {
    summary: 'The trail as a file that anyone can check.',
    status: 200,
    answer: exportAnswer,
    problems: [...ofReturn, 'bad-input', 'guardian-suspected', 'not-readable', 'not-yours'],
  },
  htcds: {
    summary:
      'What you can open of a return, as a record of HTCDS 2.0. Every party on the return can see that you took it.',
    status: 200,
    answer: htcdsAnswer,
    problems: [...ofReturn, 'bad-input', 'section-unreadable'],
  },
  check: {
    summary: 'Check the trail from its stored bytes: whether it is unchanged and, if not, where it breaks.',
    status: 200,
    answer: checkAnswer,
    problems: ['not-found'],
  },
  'withdrawal-preview': {
    summary: 'A preview of what a withdrawal from a recipient would stop.',
    status: 200,
    answer: withdrawalPreview,
    problems: [...ofReturn, 'bad-input', 'not-yours', 'unknown-target', 'nothing-to-do'],
  },
  command: {
    summary: '',
    status: 200,
    answer: commandAnswer,
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
      'same-person',
      'version-lost',
      'version-stale',
      'too-large',
    ],
  },
  posts: {
    summary: 'Every post at present, and the countries that no open post covers.',
    status: 200,
    answer: postsAnswer,
    problems: ['trail-broken'],
  },
  post: { summary: 'Your own post at present.', status: 200, answer: post, problems: ['trail-broken'] },
  'change-post': {
    summary: 'Change a post: countries, staff, duty officers, whether it is open.',
    status: 200,
    answer: post,
    problems: [...body, 'bad-header', 'not-found', 'trail-broken', 'version-lost', 'version-stale'],
  },
  'post-changes': {
    summary: 'Every change of every post, in one chain, a page at a time.',
    status: 200,
    answer: postChanges,
    problems: ['bad-cursor', 'trail-broken'],
  },
  rooms: {
    summary: 'The rooms of your centre at present.',
    status: 200,
    answer: rooms,
    problems: ['trail-broken'],
  },
  'change-room': {
    summary:
      'Change a room: beds, cots, whom it is for, what is blocked. The version counts changes of all rooms.',
    status: 200,
    answer: rooms,
    problems: [...body, 'bad-header', 'not-found', 'trail-broken', 'version-lost', 'version-stale'],
  },
  'room-changes': {
    summary: 'Every change of every room, in one chain, a page at a time.',
    status: 200,
    answer: roomChanges,
    problems: ['bad-cursor', 'trail-broken'],
  },
  forecast: {
    summary: 'What is free on each coming day, who has a place, and who is expected and has none.',
    status: 200,
    answer: forecast,
    problems: ['bad-input', 'section-unreadable', 'trail-broken'],
  },
  figures: {
    summary: 'Counts of returns, as last made. Small counts are left out.',
    status: 200,
    answer: figuresAnswer,
    problems: ['bad-input'],
  },
  rota: {
    summary: 'Who is called and notified, and when; which periods end by themselves.',
    status: 200,
    answer: rotaConfig,
    problems: [],
  },
  audit: {
    summary:
      'Access records and refusals of all returns, newest first. With `as=mlog`: one JSON object a line (application/x-ndjson), the next page in the header Link.',
    status: 200,
    answer: auditAnswer,
    problems: ['bad-cursor', 'bad-input'],
  },
  'audit-check': {
    summary: 'Check whether the access records of a subject are unchanged, from a given number on.',
    status: 200,
    answer: checkedRange,
    problems: ['bad-input', 'not-found'],
  },
  ...matchOperations,
  ...peopleOperations,
  contract: { summary: 'This document.', status: 200, problems: [] },
}
