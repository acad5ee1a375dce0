import { partyFunction } from '../router.ts'

export const handler = partyFunction('centre')
