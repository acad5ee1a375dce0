import type { Forecast, Use } from '../../../../schemas/api/forecast.ts'
import type { Messages } from '../../messages/messages.ts'

type Day = Forecast['days'][number]

/** The parts of a bar from below, each with its pattern; nothing is shown by colour alone. */
const layers = [
  ['occupied', '#14507a'],
  ['held', 'url(#held)'],
  ['blocked', 'url(#blocked)'],
  ['free', '#fff'],
  ['short', '#b3140c'],
] as const satisfies readonly (readonly [keyof Use, string])[]

/** Sizes in the units of the drawing. */
const [barWidth, step, height, left, below] = [14, 18, 130, 26, 20]
/** A day that is written below its bar; between two of them there is room for the text. */
const everyWeek = 7

/** The beds of the whole house on the coming days: a bar for each, drawn by the server. What it says stands beside it in words. */
export function Outlook({ messages, days }: { messages: Messages; days: Forecast['days'] }) {
  const most = Math.max(...days.map(({ beds }) => beds.all + beds.short))
  if (most === 0) return null
  const width = left + days.length * step
  return (
    <section aria-labelledby="outlook">
      <h2 class="govuk-heading-m" id="outlook">
        {messages('board.outlook', { n: messages.number(days.length) })}
      </h2>
      <p class="govuk-body" id="outlook-words">
        {inWords(messages, days)}
      </p>
      <svg
        class="outlook"
        role="img"
        aria-labelledby="outlook-title outlook-words"
        viewBox={`0 0 ${width} ${height + below}`}
        width={width}
        height={height + below}
      >
        <title id="outlook-title">{messages('board.chart')}</title>
        <defs>
          <pattern id="held" width="6" height="6" patternUnits="userSpaceOnUse">
            <path d="M0 0h6v6H0z" fill="#ffe9a8" stroke="none" />
            <path d="M0 3h6" stroke="#6a4a00" />
          </pattern>
          <pattern id="blocked" width="6" height="6" patternUnits="userSpaceOnUse">
            <path d="M0 0h6v6H0z" fill="#e1e2e3" stroke="none" />
            <path d="M0 6 6 0" stroke="#383f43" />
          </pattern>
        </defs>
        {layers.map(([use, fill], layer) => (
          <path fill={fill} stroke="#0b0c0c" d={bars(days, layer, height / most)} data-use={use} />
        ))}
        <text x="0" y="12">
          {messages.number(most)}
        </text>
        <text x="0" y={height}>
          {messages.number(0)}
        </text>
        {days.map(({ day }, index) =>
          index % everyWeek === 0 ? (
            <text x={left + index * step} y={height + 15}>
              {messages.shortDay(day)}
            </text>
          ) : null,
        )}
      </svg>
    </section>
  )
}

/** One layer of all bars as a path: each bar begins where the layers below it end. */
function bars(days: readonly Day[], layer: number, scale: number): string {
  const round = (value: number) => Math.round(value * 10) / 10
  return days
    .map(({ beds }, index) => {
      const [use] = layers[layer] ?? ['free']
      if (beds[use] === 0) return ''
      const under = layers.slice(0, layer).reduce((sum, [lower]) => sum + beds[lower], 0)
      const top = height - (under + beds[use]) * scale
      return `M${left + index * step} ${round(top)}h${barWidth}v${round(beds[use] * scale)}h-${barWidth}z`
    })
    .join('')
}

/** What the chart says: on which day the fewest beds are free, and on how many days some are short. */
function inWords(messages: Messages, days: readonly Day[]): string {
  const [fewest] = days.toSorted((day, other) => day.beds.free - other.beds.free)
  const short = days.filter(({ beds }) => beds.short > 0).length
  return [
    fewest
      ? messages('board.fewest', {
          free: messages.number(fewest.beds.free),
          all: messages.number(fewest.beds.all),
          day: messages.day(fewest.day),
        })
      : '',
    ...(short > 0 ? [messages.count('board.shortOn', short)] : []),
    messages('board.outlookTable'),
  ].join(' ')
}
