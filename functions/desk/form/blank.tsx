import type { Child } from 'hono/jsx'
import type { Messages } from '../messages/messages.ts'
import type { Path, Shape } from './shape.ts'

interface Props {
  messages: Messages
  shape: Shape
  path: Path
  /** Whether a field has to be filled in. On a paper that is not sent, no field has to be. */
  isRequired?: ((path: Path, shape: Shape) => boolean) | undefined
}

/** The rows of a list that fit on a paper. For more rows people take a second paper. */
const roomFor = 2

/**
 * A shape to be filled in by hand: choices are boxes to tick, the rest is room to write. It asks on paper what
 * `form/fields.tsx` asks on a page, so a new field of the contract appears on both.
 */
export function Blank(props: Props): Child {
  const { messages, shape, path } = props
  switch (shape.kind) {
    case 'constant':
      return null
    case 'group':
      return (
        <Group {...props} shape={shape}>
          <Members {...(shape.optional ? unneeded(props) : props)} shape={shape} />
        </Group>
      )
    case 'choice':
    case 'choices':
      return <Ticks {...props} values={shape.values.map((value) => messages.value(path, value))} />
    case 'yes-no':
      return <Ticks {...props} values={[messages('form.yes'), messages('form.no')]} />
    case 'union':
      return <UnionBlank {...props} shape={shape} />
    case 'array': {
      const kinds = countedIn(shape.item)
      if (kinds) return <Counts {...props} kinds={kinds} />
      return (
        <Group {...props}>
          {Array.from({ length: Math.min(roomFor, shape.most) }, (_, index) => (
            <div class="row">
              <p>{messages('form.rowOf', { n: index + 1 })}</p>
              {shape.item.kind === 'group' ? (
                <Members {...unneeded(props)} shape={shape.item} />
              ) : (
                <Blank {...unneeded(props)} shape={shape.item} />
              )}
            </div>
          ))}
        </Group>
      )
    }
    case 'text':
    case 'lines':
    case 'countries':
      return <Line {...props} lines={2} />
    case 'day':
      return (
        <Line
          {...props}
          within={[messages('form.dayOf'), messages('form.month'), messages('form.year')].join(' / ')}
        />
      )
    case 'time':
    case 'moment':
      return (
        <Line
          {...props}
          within={[
            messages('form.dayOf'),
            messages('form.month'),
            messages('form.year'),
            messages('form.clock'),
          ].join(' / ')}
        />
      )
    default:
      return <Line {...props} />
  }
}

/** Of a group that may be left out, no field is required. */
const unneeded = (props: Props): Props => ({ ...props, isRequired: undefined })

/** The kinds of a list that counts things by kind. Any other list has none. */
function countedIn(item: Shape): { name: string; values: readonly string[] } | undefined {
  if (item.kind !== 'group' || item.members.length !== 2) return undefined
  const kind = item.members.find(({ shape }) => shape.kind === 'choice')
  const isCounted = item.members.some(({ shape }) => shape.kind === 'number')
  return isCounted && kind?.shape.kind === 'choice'
    ? { name: kind.name, values: kind.shape.values }
    : undefined
}

/** The kinds of things, each with room for their number. */
function Counts(props: Props & { kinds: { name: string; values: readonly string[] } }) {
  const { messages, path, kinds } = props
  return (
    <div class="asks">
      <p>
        <Name {...props} />
      </p>
      <ul class="ticks">
        {kinds.values.map((value) => (
          <li class="write">
            {messages.value([...path, kinds.name], value)}
            <i />
          </li>
        ))}
      </ul>
    </div>
  )
}

function Members(props: Props & { shape: Shape & { kind: 'group' } }) {
  return (
    <>
      {props.shape.members.map(({ name, shape }) => (
        <Blank {...props} shape={shape} path={[...props.path, name]} />
      ))}
    </>
  )
}

function Name({ messages, shape, path, isRequired }: Props) {
  return (
    <>
      {messages.field(path)}
      {isRequired?.(path, shape) ? <b> *</b> : null}
    </>
  )
}

function Group(props: Props & { children?: Child }) {
  return (
    <div>
      <h4>
        <Name {...props} />
      </h4>
      {props.children}
    </div>
  )
}

function Ticks(props: Props & { values: readonly string[] }) {
  return (
    <div class="asks">
      <p>
        <Name {...props} />
      </p>
      <ul class="ticks">
        {props.values.map((text) => (
          <li>{text}</li>
        ))}
      </ul>
    </div>
  )
}

/** The options of a union, each with its fields behind it. Options with the same fields share them. */
function UnionBlank(props: Props & { shape: Shape & { kind: 'union' } }) {
  const { messages, shape, path } = props
  const forms = Map.groupBy(shape.options, (option) => option.shape)
  return (
    <div class="asks">
      <p>
        <Name {...props} />
      </p>
      {[...forms].map(([form, options]) => (
        <>
          <ul class="ticks">
            {options.map(({ tag }) => (
              <li>{messages.value(path, tag)}</li>
            ))}
          </ul>
          {form ? (
            <div class="row">
              {form.kind === 'group' ? (
                <Members {...props} shape={form} />
              ) : form.kind === 'country' || form.kind === 'language' ? (
                <div class="write">
                  <i />
                </div>
              ) : (
                <Blank {...props} shape={form} />
              )}
            </div>
          ) : null}
        </>
      ))}
    </div>
  )
}

function Line(props: Props & { lines?: number; within?: string }) {
  const { lines = 1, within } = props
  return (
    <div class="write">
      <span>
        <Name {...props} />
        {within ? ` (${within})` : ''}
      </span>
      {Array.from({ length: lines }, () => (
        <i />
      ))}
    </div>
  )
}
