import type { Reducers } from './reducer.ts'

/** The other returns of the person, as far as this one says: that there are some, and which of the two may be void. */
export const linkReducers = {
  linked: (state, { seq, at, data: { match, link, toEnd } }) => ({
    ...state,
    links: [...state.links.filter((other) => other.match !== match), { seq, at, match, link, toEnd }],
  }),
  unlinked: (state, { data }) => ({
    ...state,
    links: state.links.filter(({ match }) => match !== data.match),
  }),
  'return-kept': (state) => ({ ...state, links: state.links.map((link) => ({ ...link, kept: true })) }),
} satisfies Reducers
