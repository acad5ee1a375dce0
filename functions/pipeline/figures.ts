import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { KMSClient } from '@aws-sdk/client-kms'
import pLimit from 'p-limit'
import { figureScopes, thresholds } from '../../schemas/api/figures.ts'
import { refusal } from '../../schemas/api/problems.ts'
import { setting, variable } from '../../schemas/deployment/settings.ts'
import { tables } from '../../schemas/deployment/tables.ts'
import type { Facts } from '../domain/access/opened-sections.ts'
import { fold } from '../domain/evolve.ts'
import { type Counted, countedOf, figuresOf } from '../domain/reports/figures.ts'
import { scanPages } from '../dynamodb/query.ts'
import { writeScope } from '../exchange/figures.ts'
import { errorName, log } from '../log.ts'
import { readTrail } from '../trail/read.ts'
import { open } from '../vault/section.ts'
import { readSections, readWraps, sectionRowId } from '../vault/stored.ts'
import { unwrap, wrapId } from '../vault/wraps.ts'

const returnsAtOnce = 8

const db = new DynamoDBClient({})
const kms = new KMSClient({})
const names = {
  heads: setting(variable.table('heads')),
  trail: setting(variable.table('trail')),
  sealed: setting(variable.table('sealed')),
  keys: setting(variable.table('keys')),
  figures: setting(variable.table('figures')),
}
const keyArn = setting(variable.key('figures'))
const least = thresholds.parse(JSON.parse(setting(variable.thresholds)))

/**
 * Started by a clock: counts all returns and writes the figures of each scope. It opens its own wraps of class `case`, so
 * a person who did not agree to be counted is not counted. Where a return cannot be read nothing is written, and it
 * rejects: a count without one return, beside the count before, would say something about that return.
 */
export async function handler(): Promise<void> {
  const all: Counted[] = []
  let returns = 0
  let failed = 0
  const hash = tables.heads.hash
  for await (const rows of scanPages(db, names.heads, { attribute: hash, consistent: false })) {
    returns += rows.length
    await pLimit(returnsAtOnce).map(rows, async (row) => {
      const ret = String(row[hash])
      try {
        all.push(...(await count(ret)))
      } catch (error) {
        log('return-failed', { operation: 'figures', ret, error: errorName(error) })
        failed++
      }
    })
  }
  if (failed > 0) throw refusal('internal')
  const figures = figuresOf(all, least)
  const at = new Date().toISOString()
  for (const scope of figureScopes)
    await writeScope(db, names.figures, { scope, at, threshold: least[scope], figures: figures[scope] })
  log('figures-done', { returns, counted: all.length })
}

/** What a return adds to the count: nothing where `figures` has no wrap of it. */
async function count(ret: string): Promise<Counted[]> {
  const [trail, wraps, sealed] = await Promise.all([
    readTrail(db, names.trail, ret),
    readWraps(db, names.keys, ret, 'figures#case#'),
    readSections(db, names.sealed, ret, 'case'),
  ])
  const state = fold(trail.rows.map(({ event }) => event))
  const filed = trail.rows[0]?.event
  if (!state || !filed || wraps.length === 0) return []
  const opened: Facts['opened'][number][] = []
  for (const section of state.sections.filter(({ cls }) => cls === 'case')) {
    const place = { ret, sec: section.sec, cls: section.cls }
    const context = { ...place, cls: 'case', party: 'figures' } as const
    const wrap = wraps.find((row) => row.wrap === wrapId(context))
    const row = sealed.find(({ section }) => section === sectionRowId(place))
    const entry = trail.rows[section.seq]?.event.sections.find(({ sec }) => sec === section.sec)
    if (!wrap || !row || !entry) continue
    const key = await unwrap(kms, keyArn, wrap, context)
    opened.push({ section, content: await open(row.jwe, key, { ...place, kid: entry.kid }) })
  }
  const counted = countedOf(filed.at, { opened })
  return counted ? [counted] : []
}
