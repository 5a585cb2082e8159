/** `node test/support/open-evidence.ts FOLDER`: serves the databases a failed run kept, until Ctrl-C. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { urlOfDatabase } from './database-url.ts'
import { startTestPostgres } from './test-postgres.ts'

const folder = process.argv[2]
if (folder === undefined) {
  console.error('usage: node test/support/open-evidence.ts FOLDER')
  process.exit(1)
}
const postgres = await startTestPostgres({ dataDir: join(folder, 'postgres'), log: console.log })
for (const name of readdirSync(join(folder, 'kept'))) {
  console.log(urlOfDatabase(postgres.adminUrl, name))
}
const awake = setInterval(() => {}, 60_000)
process.once('SIGINT', async () => {
  clearInterval(awake)
  await postgres.stop()
})
