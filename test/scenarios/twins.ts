import { sampleRequest } from '../../infra/local/sample/sample-request.ts'
import { day } from './journey.ts'
import type { Scenario } from './scene.ts'
import { desksOf, fileGroup, manifestOf, type SentPerson } from './way.ts'

const key = 'the-twins-of-one-request'

/** Twins: one surname, one day of birth, the same initials; no IDNP is known of either. */
function asTwin(person: SentPerson, index: number): void {
  const { idnp: _, ...identity } = person.identity
  person.identity = { ...identity, name: { family: 'Exemplescu', given: ['Ana', 'Ada'][index] ?? 'Ala' } }
}

export const twins: Scenario = {
  name: 'twins',
  title: 'Twins in one request: two returns that look alike, each with a word and a way of its own.',
  ends: 'accepted',
  outcome: 'accepted',
  async play(scene) {
    const { desk, step, tell, refused, delivered } = scene
    const { mission, iom } = await desksOf(scene)
    const rome = await desk('rome')

    step('The mission files both; the line breaks, and it sends the same again.')
    const persons = [0, 1].map((index) => personOf(index))
    const filed = await mission.file({ persons }, { idempotencyKey: key })
    const again = await mission.file({ persons }, { idempotencyKey: key })
    const [ana, ada] = filed.returns.map(({ ret }) => ret)
    if (!ana || !ada || ana === ada) throw new Error('They share a return.')
    if (JSON.stringify(filed) !== JSON.stringify(again)) throw new Error('Sent twice, they were filed twice.')
    await refused(
      'istanbul',
      'use the key for something else',
      mission.file({ persons: persons.slice(0, 1) }, { idempotencyKey: key }),
      'key-reused',
    )
    await Promise.all([ana, ada].map((ret) => delivered(mission, ret)))

    step('IOM sees two lines with the same initials; the references tell them apart.')
    const lines = await manifestOf(iom, filed.request)
    for (const { reference, label } of lines) tell(`${reference}: ${label?.initials}`)
    if (lines.length !== 2 || new Set(lines.map(({ reference }) => reference)).size !== 2)
      throw new Error('The manifest does not tell them apart.')
    await refused('rome', 'see the manifest', rome.manifest(filed.request), 'not-found')

    step('Ana wants to return, Ada does not: what one says changes nothing for the other.')
    await mission.command(ada, 'record-wish', {
      case: { toReturn: 'no', on: day(0), reportedBy: 'the-person' },
    })
    for (const ret of [ana, ada]) await iom.command(ret, 'acknowledge')
    await iom.command(ana, 'accept')
    await refused('iom', 'accept Ada against her word', iom.command(ada, 'accept'), 'gate-closed')

    step('A sister is found later, and added to the same request; nobody else can add to it.')
    const added = await fileGroup(mission, 1, (person) => asTwin(person, 2), filed.request)
    if (added.request !== filed.request) throw new Error('She was filed apart.')
    await refused(
      'rome',
      "add to another post's request",
      fileGroup(rome, 1, () => {}, filed.request),
      'not-found',
    )
    await Promise.all([...added.rets, ana, ada].map((ret) => delivered(mission, ret)))
    const now = await manifestOf(iom, filed.request)
    tell(now.map(({ reference, phase }) => `${reference} ${phase}`).join(', '))
    if (now.length !== 3) throw new Error('She is not on the manifest.')
    return { ret: ana }
  },
}

function personOf(index: number): SentPerson {
  const [person] = (sampleRequest() as { persons: SentPerson[] }).persons
  if (!person) throw new Error('The sample has no person.')
  asTwin(person, index)
  return person
}
