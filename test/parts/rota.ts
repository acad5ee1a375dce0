import deployment from '../../cdk.json' with { type: 'json' }
import { rotaConfig as form, type Rota } from '../../schemas/deployment/rota.ts'

/** The rota of `cdk.json`: duty at once and after 10 minutes, stand-in after 20, head after 40, then every hour. */
export const rota: Rota = form.parse(deployment.context.rota)
