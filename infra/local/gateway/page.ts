import { type PageLanguage, pageLanguages } from './page-language.ts'
import { pageTexts } from './page-texts.ts'

const style = `
  body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 0 1rem 3rem }
  .trial { background: #b10e1e; color: #fff; font-weight: 700; margin: 0 -1rem 1rem; padding: .5rem 1rem }
  table { border-collapse: collapse } td, th { padding: .2rem 1rem .2rem 0; text-align: left; vertical-align: top }
  button { font: inherit; margin: .2rem 0; padding: .4rem 1rem; min-width: 10rem; text-align: left }
  h2 { font-size: 1.2rem; margin: 1.2rem 0 .2rem } form p { margin: 0 } summary { padding: .3rem 0 }
  code, textarea { font: 14px/1.4 ui-monospace, monospace } textarea { width: 100% }
`

/** Makes any text safe for HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
}

/** A page. With a language it is for everybody and links to itself in the others; without, it is for developers. */
export function pageHtml(title: string, body: string, language?: PageLanguage): string {
  const links = language
    ? `<nav>${pageLanguages
        .filter((other) => other !== language)
        .map(
          (other) =>
            `<a href="?language=${other}" lang="${other}" hreflang="${other}">${ownNames[other]}</a>`,
        )
        .join(' ')}</nav>`
    : ''
  return `<!doctype html>
<html lang="${language ?? 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)} · Acasă · TRIAL</title><style>${style}</style></head>
<body><p class="trial">${escapeHtml(pageTexts[language ?? 'en'].trial)}</p>
${links}
<h1>${escapeHtml(title)}</h1>
${body}
</body></html>
`
}

const ownNames: Readonly<Record<PageLanguage, string>> = { ro: 'Română', en: 'English', ru: 'Русский' }

export const list = (items: readonly string[]) =>
  `<ul>${items.map((item) => `<li><code>${escapeHtml(item)}</code></li>`).join('')}</ul>`

export const tableHtml = (head: readonly string[], rows: readonly (readonly string[])[]) => `<table>
<tr>${head.map((cell) => `<th>${escapeHtml(cell)}</th>`).join('')}</tr>
${rows.map((row) => `<tr>${row.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`).join('\n')}
</table>`

export function messagePage(title: string, message: string): string {
  return pageHtml(title, `<p>${escapeHtml(message)}</p>`)
}
