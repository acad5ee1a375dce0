import type * as z from 'zod/mini'
import type { CommandName } from '../../../schemas/commands/commands.ts'
import { checks, type Finding } from '../../../schemas/values/checks.ts'
import { findingsIn } from '../../checks/check-body.ts'
import type { FormDataMap } from './form-data.ts'
import type { Path } from './shape.ts'
import { contentWithOverrides } from './validate.ts'

/** What the checks find in what was typed so far: what cannot be so, and what the officer is asked about. */
export interface Findings {
  impossible: readonly Finding[]
  unlikely: readonly Finding[]
}

/**
 * Asks of what was typed what the API will ask of what is sent. `path`: where the body stands on the page; the fields of
 * what is found are named from there. What has not the right form yet is left out: the page names it anyway.
 */
export async function findingsInForm(
  command: CommandName,
  kind: string,
  schema: z.ZodMiniType,
  formData: FormDataMap,
  path: Path = [],
): Promise<Findings> {
  const content = contentWithOverrides(schema, formData, path)
  const parsed = schema.safeParse(content)
  const issues = parsed.success ? [] : parsed.error.issues.map(({ path }) => path.map(String))
  const valid = parsed.success ? parsed.data : issues.reduce<unknown>(withoutAt, content)
  if (typeof valid !== 'object' || valid === null) return { impossible: [], unlikely: [] }
  const found = await findingsIn(command, kind, { ...valid }, { now: Date.now() })
  const onPage = found.map(({ check, fields }) => ({
    check,
    fields: fields.map((field) => [...path, field].join('.')),
  }))
  return {
    impossible: onPage.filter(({ check }) => checks[check] === 'impossible'),
    unlikely: onPage.filter(({ check }) => checks[check] === 'unlikely'),
  }
}

/** A content without what stands at a path. */
function withoutAt(content: unknown, [step, ...rest]: readonly string[]): unknown {
  if (step === undefined || typeof content !== 'object' || content === null) return undefined
  const inside = (name: string, member: unknown) => (name === step ? withoutAt(member, rest) : member)
  if (Array.isArray(content)) return content.map((member: unknown, index) => inside(String(index), member))
  return Object.fromEntries(
    Object.entries(content).flatMap(([name, member]: [string, unknown]) => {
      const left = inside(name, member)
      return left === undefined ? [] : [[name, left]]
    }),
  )
}
