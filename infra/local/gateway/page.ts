const style = `
  body { font: 16px/1.5 system-ui, sans-serif; margin: 0 auto; max-width: 60rem; padding: 0 1rem 3rem }
  .trial { background: #b10e1e; color: #fff; font-weight: 700; margin: 0 -1rem 1rem; padding: .5rem 1rem }
  table { border-collapse: collapse } td, th { padding: .2rem 1rem .2rem 0; text-align: left; vertical-align: top }
  button { font: inherit; margin: .2rem 0; padding: .4rem 1rem; min-width: 10rem; text-align: left }
  code, textarea { font: 14px/1.4 ui-monospace, monospace } textarea { width: 100% }
`

/** Makes any text safe for HTML. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
}

export function pageHtml(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)} · Acasă · TRIAL</title><style>${style}</style></head>
<body><p class="trial">TRIAL: made-up people only. Nothing on this machine is protected.</p>
<h1>${escapeHtml(title)}</h1>
${body}
</body></html>
`
}

export const list = (items: readonly string[]) =>
  `<ul>${items.map((item) => `<li><code>${escapeHtml(item)}</code></li>`).join('')}</ul>`

export const tableHtml = (head: readonly string[], rows: readonly (readonly string[])[]) => `<table>
<tr>${head.map((cell) => `<th>${escapeHtml(cell)}</th>`).join('')}</tr>
${rows.map((row) => `<tr>${row.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`).join('\n')}
</table>`

export function messagePage(title: string, message: string): string {
  return pageHtml(title, `<p>${escapeHtml(message)}</p>`)
}
