import { bodyOf } from '../../../schemas/commands/bodies.ts'
import type { Path, Shape } from '../form/shape.ts'
import { formShape } from '../form/validate.ts'

/**
 * The pages of a filing, one topic each, in the order in which people tell their story. A field stands on the page with
 * the longest path that leads to it. A field that no page names stands on the last page, so that none is lost.
 */
const pages = {
  situation: [
    'case.wayIn',
    'case.category',
    'case.urgency',
    'case.country',
    'case.place',
    'case.learnedOn',
    'case.referrer',
    'case.reasons',
    'protection',
  ],
  person: [
    'identity.name',
    'identity.birth',
    'identity.ageDisputed',
    'case.sex',
    'identity.citizenship',
    'identity.language',
    'identity.languageNote',
    'identity.idnp',
  ],
  documents: ['identity.documents'],
  family: ['contacts', 'case.childrenAlong'],
  needs: ['care'],
  safety: ['safety'],
  consent: ['case.agreement'],
  wishes: ['case.reception', 'case.wishes'],
} as const satisfies Record<string, readonly string[]>

export type Topic = keyof typeof pages
export const topics = Object.keys(pages) as Topic[]

/** What the short filing asks, besides who may be notified. The rest is asked later. */
const short = {
  /** Abroad: she is in danger today. */
  abroad: [
    'case.category',
    'case.country',
    'case.place',
    'identity.name',
    'identity.birth',
    'safety.dangers',
  ],
  /** At the door: she came, and nobody had announced her. */
  home: ['case.wayIn', 'case.category', 'case.country', 'case.place', 'identity.name', 'identity.birth'],
} as const satisfies Record<string, readonly string[]>

/** Posts file for people abroad, all others for people who are home. */
export const isAbroad = (kind: string) => kind === 'mission'

const shortOf = (kind: string): readonly string[] => (isAbroad(kind) ? short.abroad : short.home)

/** Whether a text names a topic. */
export function isTopic(text: string | undefined): text is Topic {
  return topics.some((topic) => topic === text)
}

const covers = (page: string, path: string) => path === page || path.startsWith(`${page}.`)

/** The topic that a field belongs to. */
export function topicOf(path: string): Topic {
  const found = topics.flatMap((topic) =>
    pages[topic].filter((page) => covers(page, path)).map((page) => ({ topic, page })),
  )
  found.sort((first, second) => second.page.length - first.page.length)
  return found[0]?.topic ?? 'wishes'
}

/** The form of one person in the filing of a kind of party. */
export const personShape = (kind: string): Shape => formShape(bodyOf('file', kind))

/** The part of a person's form that stands on a page. A group may be spread over several pages. */
export function pageShape(kind: string, topic: Topic): Shape {
  return picked(personShape(kind), (path) => topicOf(path) === topic)
}

/** The six fields of the short filing. */
export function shortShape(kind: string): Shape {
  return picked(personShape(kind), (path) => shortOf(kind).includes(path))
}

type Member = { name: string; shape: Shape }

function picked(shape: Shape, isAsked: (path: string) => boolean): Shape {
  if (shape.kind !== 'group') return shape
  return {
    ...shape,
    members: shape.members.flatMap(({ name, shape: member }): Member[] => {
      if (member.kind !== 'group') return isAsked(name) ? [{ name, shape: member }] : []
      const members = member.members.filter((member) => isAsked(`${name}.${member.name}`))
      return members.length > 0 ? [{ name, shape: { ...member, members } }] : []
    }),
  }
}

/** The fields of a page, such as `case.category`. */
export function fieldsOn(shape: Shape): string[] {
  if (shape.kind !== 'group') return []
  return shape.members.flatMap(({ name, shape: member }) =>
    member.kind === 'group' ? member.members.map((member) => `${name}.${member.name}`) : [name],
  )
}

/** The fields of a page in the order of the table above, which is not the order of the contract's classes. */
export function inOrder(kind: string, shape: Shape, page: Topic | 'short'): { path: Path; shape: Shape }[] {
  const order: readonly string[] = page === 'short' ? shortOf(kind) : pages[page]
  const place = (field: string) => order.findIndex((page) => covers(page, field))
  return fieldsOn(shape)
    .sort((first, second) => place(first) - place(second))
    .flatMap((field) => {
      const path = field.split('.')
      const found = path.reduce<Shape | undefined>(
        (current, step) =>
          current?.kind === 'group' ? current.members.find(({ name }) => name === step)?.shape : undefined,
        shape,
      )
      return found ? [{ path, shape: found }] : []
    })
}

/** The path of a person, by number, in what is sent and on a page. */
export const personPath = (person: number): Path => ['persons', String(person)]
