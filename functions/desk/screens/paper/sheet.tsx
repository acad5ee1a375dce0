import * as z from 'zod/mini'
import { fullName } from '../../../../schemas/sections/person.ts'
import { language } from '../../../../schemas/values/codes.ts'
import type { DeskContext } from '../../context.ts'
import { type Language, languages } from '../../messages/languages.ts'
import { type Messages, messagesIn } from '../../messages/messages.ts'
import { page } from '../../parts/page.tsx'
import { Print, PrintedPage } from '../../parts/paper.tsx'
import { sectionsOf } from '../../return/legs.ts'
import { paperAddress } from '../../return/papers.ts'
import { type PaperSource, paperScreen } from './paper-screen.tsx'
import { SheetText } from './sheet-text.tsx'

const asks = z.strictObject({
  paper: z.strictObject({
    /** Whether paper is safe for her. It is asked first, and after a no there is no paper. */
    safe: z.boolean(),
    language: z.union([z.enum(languages), z.strictObject({ other: language })]),
    version: z.enum(['full', 'discreet']),
    named: z.boolean(),
  }),
})
type SheetOptions = z.infer<typeof asks>['paper']

/** The sheet for the person: what happens next, who knows what, and that she may say no. On paper only if paper is safe. */
export const personSheet = paperScreen<SheetOptions>({
  name: 'sheet',
  asks,
  before: () => new Map([['paper.named', ['no']]]),
  classes: ({ named }) => (named ? ['identity'] : []),
  Above: InEachLanguage,
  made: sheet,
})

/** The first question to her, in each language of the desk. */
async function InEachLanguage({ messages }: { messages: Messages }) {
  const options = await Promise.all(languages.map((language) => messagesIn(language)))
  return (
    <>
      <p class="govuk-body">{messages('sheet.askHer')}</p>
      <ul class="govuk-list govuk-list--bullet">
        {options.map((each) => (
          <li lang={each.language}>{each('sheet.question')}</li>
        ))}
      </ul>
    </>
  )
}

/** Languages whose speakers read Russian sooner than Romanian or English. */
const nearRussian: readonly string[] =
  'ab av az ba be bg ce cv gag hy ka kk kv ky mk mn os rsl sr tg tk tt uk ukl uz'.split(' ')

/** The language of the sheet. `wanted`: the language that was wanted, if there is no sheet in it. */
function sheetIn(options: SheetOptions['language']): { language: Language; wanted?: string } {
  if (typeof options === 'string') return { language: options }
  const wanted = options.other
  const own = languages.find((language) => language === wanted)
  if (own) return { language: own }
  return { language: nearRussian.includes(wanted) ? 'ru' : 'en', wanted }
}

async function sheet(context: DeskContext, { seen, options, sections }: PaperSource<SheetOptions>) {
  const { messages, me } = context.var
  const { language: chosen, wanted } = sheetIn(options.language)
  const hers = await messagesIn(chosen)
  const discreet = options.version === 'discreet'
  const name = sectionsOf(sections, 'identity', 'person').at(-1)?.content.name
  const printing = { messages: hers, me, of: [seen], discreet }
  const text = (
    <SheetText
      messages={hers}
      version={options.version}
      seen={seen}
      onPaper={options.safe}
      name={fullName(name)}
    />
  )
  // A file that is saved from this page is named by its title.
  const title = messages(discreet ? 'sheet.discreet.heading' : options.safe ? 'sheet.title' : 'sheet.aloud')
  return page(
    context,
    { title, back: paperAddress(seen, 'sheet'), isPaper: true },
    <>
      <h1 class="govuk-heading-l no-print">{title}</h1>
      {wanted ? (
        <p class="govuk-inset-text no-print">
          {messages('sheet.nearest', {
            wanted: messages.languageName(wanted),
            nearest: messages.languageName(chosen),
          })}
        </p>
      ) : null}
      {options.safe ? (
        <>
          <Print messages={messages} />
          <PrintedPage {...printing}>{text}</PrintedPage>
        </>
      ) : (
        <>
          <p class="govuk-body no-print">{messages('sheet.aloudHow')}</p>
          <p class="only-print">{messages('sheet.noPaper')}</p>
          <article class="leaf no-print" lang={chosen}>
            {text}
          </article>
        </>
      )}
    </>,
  )
}
