import { type PartyKind, partyKindNames, partyKinds } from '../schemas/values/parties.ts'

export type FunctionName =
  | PartyKind
  | 'contract'
  | 'people'
  | 'relay'
  | 'inbox'
  | 'watch'
  | 'figures'
  | 'matching'
  | 'access-token'
  | 'desk'

export interface FunctionShape {
  /** The module that exports `handler`, from the top of the repository. */
  entry: string
  memory: number
  /** Seconds. */
  timeout: number
}

// API Gateway times out after 30 s: a function that ends just before it can still respond itself.
const api = (name: string): FunctionShape => ({
  entry: `functions/api/entry/${name}.ts`,
  memory: 1024,
  timeout: 29,
})

/** Every function of the system. More memory is more CPU: 1,769 MB is one core, and callers wait for the start-up. */
export const functionTable: Record<FunctionName, FunctionShape> = {
  mission: api('mission'),
  consular: api('consular'),
  iom: api('iom'),
  centre: api('centre'),
  ministry: api('ministry'),
  partner: api('partner'),
  oversight: api('oversight'),
  contract: { ...api('contract'), memory: 512 },
  people: { ...api('people'), memory: 512 },
  desk: { entry: 'functions/desk/handler.ts', memory: 1024, timeout: 29 },
  relay: { entry: 'functions/pipeline/relay.ts', memory: 512, timeout: 60 },
  // A queue hides a message for six times this time: it is short, so that a failed delivery is soon repeated.
  inbox: { entry: 'functions/pipeline/inbox.ts', memory: 512, timeout: 10 },
  // Ends before its clock starts it again.
  watch: { entry: 'functions/pipeline/watch.ts', memory: 512, timeout: 55 },
  // Once a night, over all returns.
  figures: { entry: 'functions/pipeline/figures.ts', memory: 1024, timeout: 900 },
  // Ends before its clock starts it again.
  matching: { entry: 'functions/pipeline/matching.ts', memory: 512, timeout: 55 },
  // Cognito waits five seconds for a trigger, and no longer.
  'access-token': { entry: 'functions/pipeline/access-token.ts', memory: 512, timeout: 5 },
}
export const functionNames = Object.keys(functionTable) as FunctionName[]

/** Kinds of party whose function works through a session role that carries the caller's tags. */
export const sessionKinds = partyKindNames.filter((kind) => partyKinds[kind].many)
