import * as z from 'zod/mini'

/** The names that the tables of commands, steps and gates share. */

/** The steps of a return, in the order in which pages show them. */
export const stepNames = [
  'acknowledge',
  'accept',
  'confirm-identity',
  'issue-document',
  'assess-risk',
  'decide',
  'fund',
  'plan-travel',
  'hold-place',
  'confirm-travel',
  'depart',
  'arrive',
  'receive',
  'close',
] as const
export type StepName = (typeof stepNames)[number]

/** The gates, in the order in which they are checked (`gates.ts`). */
export const gateNames = [
  'wants-to-return',
  'basis-holds',
  'person-named',
  'identity-confirmed',
  'identified',
  'official-request',
  'document-valid',
  'exit-checked',
  'risk-assessed',
  'decided',
  'funded',
  'place-held',
  'wants-the-centre',
  'fit-to-travel',
  'child-protected',
  'parent-papers',
  'companion',
] as const
export type GateName = (typeof gateNames)[number]

/** Every version of the procedure that a return can have begun with, the newest last (`procedure.ts`). */
const procedureVersions: readonly string[] = ['2026-11']
export const procedureVersion = z.enum(procedureVersions)
