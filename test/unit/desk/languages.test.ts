import { Hono } from 'hono'
import { expect, test } from 'vitest'
import type { DeskEnv } from '../../../functions/desk/context.ts'
import { languageOf } from '../../../functions/desk/session/cookies.ts'

const desk = new Hono<DeskEnv>().get('/', (context) => context.text(languageOf(context)))
const languageFor = async (headers: Record<string, string>) => (await desk.request('/', { headers })).text()

test.each([
  ['en', 'en'],
  ['ru-RU,ru;q=0.9,en;q=0.8', 'ru'],
  // The weights decide, not the order.
  ['en;q=0.5, ru;q=0.9', 'ru'],
  ['en;q=0.2,ro-MD;q=0.7,ru;q=0.3', 'ro'],
  // Of equal weights the first.
  ['ru, en', 'ru'],
  ['fr, de;q=0.9, en;q=0.1', 'en'],
  // A weight of 0 means: not this one.
  ['en;q=0, ru;q=0.1', 'ru'],
  ['RO-md', 'ro'],
  // Romani is not Romanian.
  ['rom, en;q=0.5', 'en'],
  ['fr', 'ro'],
  ['*', 'ro'],
  ['', 'ro'],
])('a browser that asks for %s sees the desk in %s', async (accepted, language) => {
  expect(await languageFor({ 'accept-language': accepted })).toBe(language)
})

test('a browser that asks for no language sees the desk in Romanian', async () => {
  expect(await languageFor({})).toBe('ro')
})

test('the language that the user chose comes before those of the browser', async () => {
  const accepted = { 'accept-language': 'en' }
  expect(await languageFor({ ...accepted, cookie: 'acasa-language=ru' })).toBe('ru')
  expect(await languageFor({ ...accepted, cookie: 'acasa-language=xx' })).toBe('en')
})
