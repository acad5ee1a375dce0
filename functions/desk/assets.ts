import { createHash } from 'node:crypto'
import { Hono } from 'hono'
import script from './browser/desk.browser.js'
import style from './style/desk.scss'

/** An asset's address changes with its content, so that browsers keep it for ever and never show an old one. */
const addressOf = (name: string, content: string, ending: string) =>
  `/desk/assets/${name}-${createHash('sha256').update(content).digest('hex').slice(0, 12)}.${ending}`

export const styleAddress = addressOf('desk', style, 'css')
export const scriptAddress = addressOf('desk', script, 'js')

const forever = 'public, max-age=31536000, immutable'

/** The style and the script. They are the same for everybody. */
export const assets = new Hono()
  .get(styleAddress, (context) =>
    context.body(style, 200, { 'content-type': 'text/css; charset=utf-8', 'cache-control': forever }),
  )
  .get(scriptAddress, (context) =>
    context.body(script, 200, { 'content-type': 'text/javascript; charset=utf-8', 'cache-control': forever }),
  )
