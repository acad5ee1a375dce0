import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { procedureDocument } from '../schemas/procedure/procedure-document.ts'

const file = join(import.meta.dirname, '../docs/procedure.md')
writeFileSync(file, procedureDocument())
process.stdout.write('docs/procedure.md\n')
