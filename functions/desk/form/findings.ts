import * as z from 'zod/mini'
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
  const valid = validPartOf(schema, contentWithOverrides(schema, formData, path))
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

/** What of a content has the form of its schema already, as the schema reads it. */
function validPartOf(schema: z.core.$ZodType, content: unknown): unknown {
  if (schema instanceof z.ZodMiniOptional) return validPartOf(schema.def.innerType, content)
  if (schema instanceof z.ZodMiniObject) return validMembersOf(schema, content)
  if (schema instanceof z.ZodMiniArray && Array.isArray(content))
    return content.map((item: unknown) => validPartOf(schema.def.element, item))
  return z.safeParse(schema, content).data
}

function validMembersOf(schema: z.ZodMiniObject, content: unknown): unknown {
  if (typeof content !== 'object' || content === null) return undefined
  const members = new Map<string, unknown>(Object.entries(content))
  return Object.fromEntries(
    Object.entries(schema.shape).flatMap(([name, member]) => {
      const valid = validPartOf(member, members.get(name))
      return valid === undefined ? [] : [[name, valid]]
    }),
  )
}
