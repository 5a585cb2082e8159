/**
 * The demo's way to the service: HTTP and nothing else, as any other program would use it. Turns
 * problem details (RFC 9457) into errors; knows no single call of the API.
 */
import { openAsBlob } from 'node:fs'
import { basename } from 'node:path'
import type { Problem } from '../contracts/problem.ts'
import type { Locale } from '../errors.ts'

/** A refusal of the service, in its own words. */
export class ApiProblem extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    const items = problem.errors?.map(item => `${item.pointer}: ${item.detail}`) ?? []
    const reason = problem.reason === undefined ? [] : [`(${problem.reason})`]
    super([`${problem.title}.`, problem.detail, ...reason, ...items].join(' '))
    this.name = 'ApiProblem'
    this.problem = problem
  }
}

export interface ApiClient {
  get<Answer>(path: string): Promise<Answer>
  send<Answer>(method: 'POST' | 'PUT', path: string, body?: object): Promise<Answer>
  /** Streams a file from disk as the multipart part `file`. */
  upload<Answer>(path: string, filePath: string): Promise<Answer>
}

export interface ApiAccess {
  /** Origin of the service, without a trailing slash. */
  url: string
  token: string
  locale: Locale
}

/** Paths are below `/v1`. Every call rejects with ApiProblem for an answer that is no success. */
export function createApiClient(access: ApiAccess): ApiClient {
  async function call<Answer>(path: string, init: RequestInit): Promise<Answer> {
    const response = await fetch(`${access.url}/v1${path}`, {
      ...init,
      headers: {
        ...(init.headers as Record<string, string>),
        authorization: `Bearer ${access.token}`,
        'accept-language': access.locale,
      },
    })
    const answer: unknown = await response.json()
    if (!response.ok) throw new ApiProblem(answer as Problem)
    return answer as Answer
  }

  return {
    get: path => call(path, {}),
    send: (method, path, body) =>
      call(path, {
        method,
        ...(body && {
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(body),
        }),
      }),
    upload: async (path, filePath) => {
      const form = new FormData()
      form.set('file', await openAsBlob(filePath), basename(filePath))
      return call(path, { method: 'POST', body: form })
    },
  }
}
