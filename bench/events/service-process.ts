/** The service as operators run it, in a process of its own, on a PostgreSQL and a broker of its own. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { type EmbeddedNats, startNats } from '../../src/embedded/nats.ts'
import { startPostgres } from '../../src/embedded/postgres.ts'
import { signToken } from '../../src/http/sign-token.ts'
import { sqlOn } from '../../src/storage/postgres/sql.ts'
import { type OutboxWriter, outboxWriterOn } from '../../test/support/outbox-writer.ts'
import { readStartCommand } from '../../test/support/start-command.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const secret = 'a secret of the benches, longer than thirty-two bytes'
const tenant = 'bench'

export interface EventBench extends AsyncDisposable {
  readonly url: string
  readonly token: string
  readonly tenant: string
  readonly natsUrl: string
  readonly pid: number
  readonly admin: pg.Client
  stopNats(): Promise<void>
  startNats(): Promise<void>
  openWriter(): Promise<OutboxWriter>
}

export async function openEventBench(): Promise<EventBench> {
  const folder = join(import.meta.dirname, '..', '.data', 'events')
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const postgres = await startPostgres({ dataDir: join(folder, 'postgres') })
  const storeDir = join(folder, 'nats')
  let nats: EmbeddedNats = await startNats({ storeDir })
  const { url: natsUrl, port } = nats
  const start = readStartCommand()
  const child = spawn(process.execPath, start.args, {
    cwd: root,
    env: {
      PATH: process.env.PATH,
      ...start.env,
      DATABASE_URL: postgres.url,
      NATS_URL: natsUrl,
      AUTH_SECRET: secret,
      PORT: '0',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exited = once(child, 'exit')
  const url = await readUrl(child.stdout)
  const clients: pg.Client[] = []
  const connect = async (connectionString: string) => {
    const client = new pg.Client({ connectionString })
    clients.push(client)
    await client.connect()
    return client
  }
  return {
    url,
    natsUrl,
    tenant,
    pid: child.pid!,
    token: await signToken(secret, { tenant, roles: ['admin'], subject: 'b', ttlSeconds: 3_600 }),
    admin: await connect(
      postgres.adminUrl.replace(/[^/]*$/, new URL(postgres.url).pathname.slice(1)),
    ),
    stopNats: () => nats.stop(),
    startNats: async () => {
      nats = await startNats({ storeDir, port })
    },
    openWriter: async () => outboxWriterOn(sqlOn(await connect(postgres.url))),
    async [Symbol.asyncDispose]() {
      for (const client of clients) await client.end()
      child.kill('SIGTERM')
      await exited
      await nats.stop()
      await postgres.stop()
    },
  }
}

/** Of the line that says where the service listens; what follows is read and thrown away. */
async function readUrl(output: NodeJS.ReadableStream): Promise<string> {
  const lines = createInterface({ input: output })
  const { promise, resolve } = Promise.withResolvers<string>()
  lines.on('line', line => {
    const found = /listening on (http:\/\/[^,"]+)/.exec(line)
    if (found) resolve(found[1]!)
  })
  return promise
}
