import { decideAs } from '../parts/likenesses.ts'
import { isCalled, linkedIs, matchOf, raisedTo } from './likeness.ts'
import type { Scenario } from './scene.ts'
import { desksOf, fileOne } from './way.ts'

export const wrongMerge: Scenario = {
  name: 'wrong-merge',
  title:
    'Two women of one name and year: merged wrongly, unlinked again, and never asked about a second time.',
  ends: 'accepted',
  outcome: 'accepted',
  async play(scene) {
    const { desk, step, tell, refused, delivered } = scene
    const { mission: istanbul, iom } = await desksOf(scene)
    const rome = await desk('rome')

    step(
      'Istanbul files Tatiana Exemplaru of 1990, as her papers have it. Rome searches before it files: nobody.',
    )
    const here = await fileOne(istanbul, (person) => isCalled(person, 'Exemplaru', 'Tatiana', 1990))
    await delivered(istanbul, here.ret)
    const asked = { name: { family: 'Эксемпляру', given: 'Татьяна' }, birth: { year: 1990 } }
    const nobody = await rome.call('POST', '/v1/mission/search', asked)
    if (JSON.stringify(nobody) !== '{"found":[],"more":false}') throw new Error('Rome was told something.')

    step('Rome files somebody whom a clerk wrote in Cyrillic. Neither post learns of the other.')
    const there = await fileOne(rome, (person) => isCalled(person, 'Эксемпляру', 'Татьяна', 1990))
    await delivered(rome, there.ret)
    await refused('rome', "see Istanbul's return", rome.see(here.ret), 'not-found')
    const rets = [here.ret, there.ret]
    const raised = await raisedTo(scene, iom, rets)
    tell(`IOM, which is on both, is told: ${raised.traits.join(', ')} agree.`)

    step('IOM takes them for one: a link, which opens nothing.')
    await decideAs(iom, raised, 'same', 'papers-compared')
    await linkedIs(iom, here.ret, there.ret)
    await linkedIs(istanbul, here.ret)
    await linkedIs(rome, there.ret)
    await refused('istanbul', "see Rome's return", istanbul.see(there.ret), 'not-found')

    step('They were two: the one has a scar that the other has not. IOM takes the link back.')
    await decideAs(iom, await matchOf(iom, rets, 'decided'), 'unlinked', 'mistake')
    await linkedIs(iom, here.ret)
    await decideAs(iom, await matchOf(iom, rets, 'decided'), 'not-same', 'asked-the-person')
    for (const [post, ret, other] of [
      [istanbul, here.ret, there.ret],
      [rome, there.ret, here.ret],
    ] as const) {
      const { events } = await post.events(ret)
      if (events.map(({ type }) => type).join() !== 'filed,linked,unlinked' || (await post.see(ret)).links[0])
        throw new Error('The return does not say that it was linked, and is no more.')
      if (JSON.stringify(events).includes(other)) throw new Error('A return says of which other it is.')
    }

    step('Rome amends what it wrote; they look alike as before, and nobody is asked again.')
    const { sections } = await rome.open(there.ret, ['identity'])
    const [section] = sections
    await rome.command(there.ret, 'amend', {
      slot: 'person',
      supersedes: section?.sec,
      identity: { ...(section?.content as object), birth: { on: '1990-05-01' } },
    })
    await delivered(rome, there.ret)
    await raisedTo(scene, iom, rets).then(
      () => {
        throw new Error('It was raised again.')
      },
      () => tell('Not the same: remembered.'),
    )

    step('And each goes her own way.')
    await iom.command(here.ret, 'acknowledge')
    await iom.command(here.ret, 'accept')
    await delivered(istanbul, here.ret)
    if ((await rome.see(there.ret)).phase !== 'filed')
      throw new Error('What became of the one became of both.')
    return { ret: here.ret }
  },
}
