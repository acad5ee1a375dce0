import type { FC } from 'hono/jsx'
import type { CommandName } from '../../../../schemas/commands/commands.ts'
import { Fields } from '../../form/fields.tsx'
import type { FormDataMap } from '../../form/form-data.ts'
import type { FormState } from '../../form/form-group.tsx'
import type { Shape } from '../../form/shape.ts'
import { withWhatFollows } from '../../return/legs-typed.ts'
import { ItineraryFields } from '../travel/itinerary-fields.tsx'

/** How the fields of a command stand on its page, and what follows from what was typed in them. */
export interface Layout {
  Layout: FC<{ state: FormState; shape: Shape }>
  typed: (formData: FormDataMap) => FormDataMap
}

const plain: Layout = {
  Layout: ({ state, shape }) => Fields({ state, shape, path: [] }),
  typed: (formData) => formData,
}

const itinerary: Layout = { Layout: ItineraryFields, typed: withWhatFollows }

/** The commands whose fields stand in a way of their own. */
const layouts: Readonly<Partial<Record<CommandName, Layout>>> = {
  'plan-travel': itinerary,
  'change-travel': itinerary,
}

export const layoutOf = (command: CommandName): Layout => layouts[command] ?? plain
