/** Owns what tests do over HTTP to a service, wherever it runs. Loads nothing of the service but its types. */
import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Role } from '../../src/contracts/caller.ts'
import type { Import } from '../../src/contracts/import.ts'
import type { MappedColumn, MappingSuggestion } from '../../src/contracts/mapping.ts'
import type { Reconciliation } from '../../src/contracts/row-outcomes.ts'
import { signToken } from '../../src/http/sign-token.ts'

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

export function createTestApi(url: string): TestApi {
  const call = createCaller(url)
  return { call, ...createSteps(call) }
}

type Call = TestApi['call']

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

function createSteps(call: Call): Pick<TestApi, 'upload' | 'mapAndStart' | 'waitFor'> {
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
        if (reached(state)) {
          if (isCompleted(state)) await refuseMiscount(id, options)
          return state
        }
        if (state.status === 'failed') throw new Error(JSON.stringify(state.failure))
        await sleep(waitMs)
      }
    },
  }

  /** Whatever a test looks at, what its import brought in is counted again. */
  async function refuseMiscount(id: string, options: CallOptions): Promise<void> {
    const path = `/imports/${id}/reconciliation`
    const { status, body } = await call<Reconciliation>('GET', path, options)
    // The import may be gone again, and services may be away: that is for the test to judge.
    if (status === 200 && body.verdict === 'failed') {
      throw new Error(`${id} does not add up: ${JSON.stringify(body)}`)
    }
  }

  async function suggested(id: string, options: CallOptions): Promise<MappedColumn[]> {
    const path = `/imports/${id}/mapping/suggestion`
    const { columns } = await expectOk<MappingSuggestion>('GET', path, options)
    return columns.flatMap(({ column, field }) => (field === null ? [] : [{ column, field }]))
  }
}

export const isFailed = ({ status }: Pick<Import, 'status'>) => status === 'failed'

export const isCompleted = ({ status }: Pick<Import, 'status'>) => status === 'completed'

/** Whether the numbers of a ledger add up. */
export function addsUp({ rows }: Import): boolean {
  const { total, processed, created, updated, skipped, rejected, remaining } = rows
  return (
    total === created + updated + skipped + rejected + remaining && processed === total - remaining
  )
}
