import * as z from 'zod/mini'
import { language } from '../../../../schemas/values/codes.ts'
import type { Visit } from '../../context.ts'
import { type Language, languages } from '../../messages/languages.ts'
import { type Words, wordsIn } from '../../messages/messages.ts'
import { page } from '../../parts/page.tsx'
import { Leaf, Print } from '../../parts/paper.tsx'
import { told } from '../travel/legs.ts'
import { askedPaper, type Made } from './asked.tsx'
import { paperAddress } from './rights.ts'
import { SheetText } from './sheet-text.tsx'

const asks = z.strictObject({
  paper: z.strictObject({
    /** Whether paper is safe for her: it is asked first, and a no leads to no paper. */
    safe: z.boolean(),
    language: z.union([z.enum(languages), z.strictObject({ other: language })]),
    version: z.enum(['full', 'discreet']),
    named: z.boolean(),
  }),
})
type Asked = z.infer<typeof asks>['paper']

/** For the person herself: what happens next, who knows what, and that she may say no; on paper where paper is safe. */
export const personSheet = askedPaper<Asked>({
  name: 'sheet',
  asks,
  before: () => new Map([['paper.named', ['no']]]),
  classes: ({ named }) => (named ? ['identity'] : []),
  Above: InEachLanguage,
  made: sheet,
})

/** The question that comes first, in each language that she may be asked it in. */
async function InEachLanguage({ words }: { words: Words }) {
  const asked = await Promise.all(languages.map((language) => wordsIn(language)))
  return (
    <>
      <p class="govuk-body">{words('sheet.askHer')}</p>
      <ul class="govuk-list govuk-list--bullet">
        {asked.map((one) => (
          <li lang={one.language}>{one('sheet.question')}</li>
        ))}
      </ul>
    </>
  )
}

/** Languages whose speakers read Russian sooner than Romanian or English. */
const nearRussian: readonly string[] =
  'ab av az ba be bg ce cv hy ka kk kv ky mk mn os sr tg tk tt uk uz'.split(' ')

/** The language of the sheet, and the one that was wanted where there is none in it. */
function sheetIn(asked: Asked['language']): { language: Language; wanted?: string } {
  if (typeof asked === 'string') return { language: asked }
  const wanted = asked.other
  const own = languages.find((language) => language === wanted)
  if (own) return { language: own }
  return { language: nearRussian.includes(wanted) ? 'ru' : 'en', wanted }
}

async function sheet(visit: Visit, { seen, asked, sections }: Made<Asked>) {
  const [words, me] = [visit.get('words'), visit.get('me')]
  const { language: chosen, wanted } = sheetIn(asked.language)
  const hers = await wordsIn(chosen)
  const discreet = asked.version === 'discreet'
  const name = told(sections, 'identity', 'person').at(-1)?.content.name
  const printing = { words: hers, me, of: [seen], discreet }
  const text = (
    <SheetText
      words={hers}
      version={asked.version}
      seen={seen}
      onPaper={asked.safe}
      name={typeof name === 'object' ? `${name.given} ${name.family}` : undefined}
    />
  )
  // What is saved as a file is called by the title.
  const title = words(discreet ? 'sheet.discreet.heading' : asked.safe ? 'sheet.title' : 'sheet.aloud')
  return page(
    visit,
    { title, back: paperAddress(seen, 'sheet'), isPaper: true },
    <>
      <h1 class="govuk-heading-l no-print">{title}</h1>
      {wanted ? (
        <p class="govuk-inset-text no-print">
          {words('sheet.nearest', {
            wanted: words.languageName(wanted),
            nearest: words.languageName(chosen),
          })}
        </p>
      ) : null}
      {asked.safe ? (
        <>
          <Print words={words} />
          <Leaf {...printing}>{text}</Leaf>
        </>
      ) : (
        <>
          <p class="govuk-body no-print">{words('sheet.aloudHow')}</p>
          <p class="only-print">{words('sheet.noPaper')}</p>
          <article class="leaf no-print" lang={chosen}>
            {text}
          </article>
        </>
      )}
    </>,
  )
}
