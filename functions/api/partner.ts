import { partyFunction } from './party-function.ts'

export const handler = partyFunction('partner')
