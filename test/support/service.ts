/** Owns the service under test: the real one, in this process, on a database of its own. */
import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Test } from 'tap'
import { loadConfig } from '../../src/config.ts'
import type { Role } from '../../src/contracts/caller.ts'
import type { Import } from '../../src/contracts/import.ts'
import type { MappedColumn, MappingSuggestion } from '../../src/contracts/mapping.ts'
import { signToken } from '../../src/http/sign-token.ts'
import { startService } from '../../src/wire.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { makeScratchFolder } from './scratch-folder.ts'

export const secret = 'a secret of the tests, longer than thirty-two bytes'

/** Each look costs the service what any request does: who waits long looks less often. */
const pollGrowth = 1.3
const pollMsMax = 120

export type Answer<Body> = { status: number; body: Body; headers: Headers }

export type CallOptions = {
  body?: object | FormData
  tenant?: string
  role?: Role
  headers?: Record<string, string>
}

/** What a test does over HTTP to a service, wherever it runs. */
export type TestApi = {
  /** Calls the API below `/v1`, as a manager of the tenant `acme` unless told otherwise. */
  call<Body>(method: string, path: string, options?: CallOptions): Promise<Answer<Body>>
  /** Uploads a file and answers the import; throws when it is refused. */
  upload(path: string, options?: CallOptions & { name?: string }): Promise<Import>
  /** Maps the recognised columns, or those given, and starts. */
  mapAndStart(id: string, options?: CallOptions & { columns?: MappedColumn[] }): Promise<Import>
  /** Polls until `reached` holds. */
  waitFor(id: string, reached: (state: Import) => boolean, options?: CallOptions): Promise<Import>
}

export type TestService = TestApi & {
  url: string
  database: TestDatabase
  scratchDir: string
  close(): Promise<void>
}

export function createTestApi(url: string): TestApi {
  const call = createCaller(url)
  return { call, ...createSteps(call) }
}

/** Starts the service for `t`, on a database of its own or a given one; closed when `t` ends. */
export async function startTestService(
  t: Test,
  environment: Record<string, string> = {},
  given?: TestDatabase,
): Promise<TestService> {
  const database = given ?? (await createTestDatabase(t))
  const scratchDir = makeScratchFolder(t)
  const config = loadConfig({
    DATABASE_URL: database.url,
    NATS_URL: 'off',
    AUTH_SECRET: secret,
    PORT: '0',
    SCRATCH_DIR: scratchDir,
    LOG_LEVEL: 'silent',
    ...environment,
  })
  const natsUrl = config.natsUrl === 'off' ? undefined : config.natsUrl
  const service = await startService({ config, databaseUrl: database.url, natsUrl })
  t.teardown(() => service.close())
  return {
    url: service.url,
    database,
    scratchDir,
    ...createTestApi(service.url),
    close: () => service.close(),
  }
}

type Call = TestService['call']

function createCaller(url: string): Call {
  return async (method, path, { body, tenant = 'acme', role = 'manager', headers } = {}) => {
    const token = await signToken(secret, {
      tenant,
      roles: [role],
      subject: 'anna',
      ttlSeconds: 600,
    })
    const isForm = body instanceof FormData
    const response = await fetch(`${url}/v1${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body && !isForm && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body && { body: isForm ? body : JSON.stringify(body) }),
    })
    const text = await response.text()
    return {
      status: response.status,
      body: text === '' ? undefined : JSON.parse(text),
      headers: response.headers,
    }
  }
}

function createSteps(call: Call): Pick<TestService, 'upload' | 'mapAndStart' | 'waitFor'> {
  async function expectOk<Body>(method: string, path: string, options: CallOptions): Promise<Body> {
    const { status, body } = await call<Body>(method, path, options)
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${JSON.stringify(body)}`)
    return body
  }
  return {
    async upload(path, { name, ...options } = {}) {
      const form = new FormData()
      if (name !== undefined) form.set('name', name)
      form.set('file', await openAsBlob(path), basename(path))
      return expectOk<Import>('POST', '/imports', { ...options, body: form })
    },
    async mapAndStart(id, { columns, ...options } = {}) {
      const chosen = columns ?? (await suggested(id, options))
      const body = { headerRow: true, columns: chosen }
      await expectOk('PUT', `/imports/${id}/mapping`, { ...options, body })
      return expectOk<Import>('POST', `/imports/${id}/start`, options)
    },
    async waitFor(id, reached, options = {}) {
      for (let waitMs = 10; ; waitMs = Math.min(waitMs * pollGrowth, pollMsMax)) {
        const state = await expectOk<Import>('GET', `/imports/${id}`, options)
        if (reached(state)) return state
        if (state.status === 'failed') throw new Error(JSON.stringify(state.failure))
        await sleep(waitMs)
      }
    },
  }

  async function suggested(id: string, options: CallOptions): Promise<MappedColumn[]> {
    const path = `/imports/${id}/mapping/suggestion`
    const { columns } = await expectOk<MappingSuggestion>('GET', path, options)
    return columns.flatMap(({ column, field }) => (field === null ? [] : [{ column, field }]))
  }
}

export const isCompleted = ({ status }: Pick<Import, 'status'>) => status === 'completed'

/** Whether the numbers of a ledger add up. */
export function addsUp({ rows }: Import): boolean {
  const { total, processed, created, updated, skipped, rejected, remaining } = rows
  return (
    total === created + updated + skipped + rejected + remaining && processed === total - remaining
  )
}
