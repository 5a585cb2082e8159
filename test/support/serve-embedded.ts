/**
 * A service in miniature, for tests that kill one: `node serve-embedded.ts postgres|nats FOLDER [MODULES]` starts
 * the server, prints `{url, pid}` as one line of JSON, and stays until a line on its standard input ends it,
 * without stopping the server itself. MODULES is the folder of the embedded modules, src/embedded by default.
 */
import { once } from 'node:events'
import { pathToFileURL } from 'node:url'

const [kind, folder, modules = new URL('../../src/embedded', import.meta.url).pathname] =
  process.argv.slice(2)
const load = (name: string) => import(`${pathToFileURL(modules!).href}/${name}.ts`)
try {
  const server =
    kind === 'nats'
      ? await (await load('nats')).startNats({ storeDir: folder })
      : await (await load('postgres')).startPostgres({
          dataDir: folder,
          settings: { shared_buffers: '32MB' },
          ...(process.env.REACHABLE_FOLDER && { reachableFolder: process.env.REACHABLE_FOLDER }),
        })
  console.log(JSON.stringify({ url: server.url, pid: server.pid }))
  await once(process.stdin, 'data')
  process.exit(0)
} catch (fault) {
  console.error((fault as Error).message)
  process.exit(1)
}
