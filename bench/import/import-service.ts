/** A running service on a PostgreSQL of its own, with the settings that the README recommends. */
import { mkdirSync, openAsBlob, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { loadConfig } from '../../src/config.ts'
import type { Import } from '../../src/contracts/import.ts'
import type { MappingRequest, MappingSuggestion } from '../../src/contracts/mapping.ts'
import { type PostgresOptions, startPostgres } from '../../src/embedded/postgres.ts'
import { signToken } from '../../src/http/sign-token.ts'
import { startService } from '../../src/wire.ts'

/** As the README's section on operating recommends for production. */
export const productionSettings = {
  shared_buffers: '1GB',
  max_wal_size: '8GB',
  checkpoint_timeout: '15min',
  wal_compression: 'on',
  maintenance_work_mem: '256MB',
}

const secret = 'a secret of the benches, longer than thirty-two bytes'

export interface ImportBench extends AsyncDisposable {
  readonly token: string
  readonly url: string
  readonly databaseUrl: string
  /** the superuser of the same database: no row-level security */
  readonly adminUrl: string
  /** A token of another tenant than that of `token` and `call`. */
  tokenOf(tenant: string): Promise<string>
  call<Body>(method: string, path: string, body?: object | FormData): Promise<Body>
  /** Uploads and maps, as suggested where no mapping is given; the import is ready to start. */
  prepare(sheetPath: string, mapping?: MappingRequest): Promise<Import>
  /** Starts and waits for the end; throws unless it completes. */
  run(id: string): Promise<Import>
}

/**
 * The folder below `.data` is emptied first: benches that may run side by side name one of their own. Without a
 * `server` it is the embedded PostgreSQL with `productionSettings`.
 */
export async function openImportBench(
  environment: Record<string, string> = {},
  folderName = 'import',
  server: Pick<PostgresOptions, 'programs' | 'settings'> = { settings: productionSettings },
): Promise<ImportBench> {
  const folder = join(import.meta.dirname, '..', '.data', folderName)
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  const postgres = await startPostgres({ dataDir: folder, ...server })
  const config = loadConfig({
    DATABASE_URL: postgres.url,
    NATS_URL: 'off',
    AUTH_SECRET: secret,
    PORT: '0',
    LOG_LEVEL: 'warn',
    ...environment,
  })
  const service = await startService({ config, databaseUrl: postgres.url })
  const tokenOf = (tenant: string) =>
    signToken(secret, { tenant, roles: ['admin'], subject: 'bench', ttlSeconds: 86_400 })
  const token = await tokenOf('bench')

  async function call<Body>(method: string, path: string, body?: object | FormData): Promise<Body> {
    const isForm = body instanceof FormData
    const response = await fetch(`${service.url}/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body && !isForm && { 'content-type': 'application/json' }),
      },
      ...(body && { body: isForm ? body : JSON.stringify(body) }),
    })
    const answer = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${answer}`)
    return (answer === '' ? undefined : JSON.parse(answer)) as Body
  }

  async function suggested(id: string): Promise<MappingRequest> {
    const { columns } = await call<MappingSuggestion>('GET', `/imports/${id}/mapping/suggestion`)
    return {
      headerRow: true,
      columns: columns.flatMap(({ column, field }) => (field ? [{ column, field }] : [])),
    }
  }

  return {
    url: service.url,
    token,
    tokenOf,
    databaseUrl: postgres.url,
    adminUrl: postgres.adminUrl.replace(/[^/]*$/, new URL(postgres.url).pathname.slice(1)),
    call,
    async prepare(sheetPath, mapping) {
      const form = new FormData()
      form.set('file', await openAsBlob(sheetPath), basename(sheetPath))
      const { id } = await call<Import>('POST', '/imports', form)
      await call('PUT', `/imports/${id}/mapping`, mapping ?? (await suggested(id)))
      return call<Import>('GET', `/imports/${id}`)
    },
    async run(id) {
      await call('POST', `/imports/${id}/start`)
      for (;;) {
        const state = await call<Import>('GET', `/imports/${id}`)
        if (state.status === 'completed') return state
        if (state.failure) throw new Error(JSON.stringify(state.failure))
        await sleep(250)
      }
    },
    async [Symbol.asyncDispose]() {
      await service.close()
      await postgres.stop()
    },
  }
}
