/** Owns how tests read what became of the rows of an import: over HTTP, line by line. */
import type { Role } from '../../src/contracts/caller.ts'
import type { Reconciliation, RowOutcome } from '../../src/contracts/row-outcomes.ts'
import { signToken } from '../../src/http/sign-token.ts'
import { secret, type TestApi } from './test-api.ts'

export interface OutcomeRequest {
  tenant?: string
  role?: Role
  /** behind `outcomes` */
  suffix?: string
  accept?: string
  signal?: AbortSignal
}

/** The bare answer, its body unread. */
export async function fetchOutcomes(
  url: string,
  id: string,
  { tenant = 'acme', role = 'manager', suffix = '', accept, signal }: OutcomeRequest = {},
): Promise<Response> {
  const token = await signToken(secret, {
    tenant,
    roles: [role],
    subject: 'anna',
    ttlSeconds: 600,
  })
  return fetch(`${url}/v1/imports/${id}/outcomes${suffix}`, {
    headers: { authorization: `Bearer ${token}`, ...(accept && { accept }) },
    ...(signal && { signal }),
  })
}

/** All lines of an import, from a row on. */
export async function readOutcomes(url: string, id: string, fromRow = 1): Promise<RowOutcome[]> {
  const answer = await fetchOutcomes(url, id, { suffix: `?fromRow=${fromRow}` })
  const text = await answer.text()
  if (answer.status !== 200) throw new Error(`${answer.status} ${text}`)
  return text
    .split('\n')
    .slice(0, -1)
    .map(line => JSON.parse(line))
}

export async function reconcile(
  api: Pick<TestApi, 'call'>,
  id: string,
  tenant = 'acme',
): Promise<Reconciliation> {
  const path = `/imports/${id}/reconciliation`
  const { status, body } = await api.call<Reconciliation>('GET', path, { tenant })
  if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`)
  return body
}

/** What the product's own recount has against a completed import, in a line; nothing is what a test wants. */
export async function findMiscounts(api: Pick<TestApi, 'call'>, id: string): Promise<string[]> {
  const found = await reconcile(api, id)
  return found.verdict === 'ok' ? [] : [`it does not add up: ${JSON.stringify(found)}`]
}
