/** Owns how tests download a sheet of faulty rows, and read it with the service's own reader. */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Role } from '../../src/contracts/caller.ts'
import { signToken } from '../../src/http/sign-token.ts'
import { openWorkbook, type Row } from '../../src/xlsx/index.ts'
import { secret } from './test-api.ts'

export interface IssueSheetRequest {
  tenant?: string
  role?: Role
  outcome?: string
  language?: string
  /** what to download; `issues` by default */
  what?: string
}

/** The bare answer, its body unread. */
export async function fetchIssueSheet(
  url: string,
  id: string,
  { tenant = 'acme', role = 'manager', outcome, language, what = 'issues' }: IssueSheetRequest = {},
): Promise<Response> {
  const token = await signToken(secret, {
    tenant,
    roles: [role],
    subject: 'anna',
    ttlSeconds: 600,
  })
  const query = outcome === undefined ? '' : `?outcome=${outcome}`
  return fetch(`${url}/v1/imports/${id}/${what}.xlsx${query}`, {
    headers: {
      authorization: `Bearer ${token}`,
      ...(language !== undefined && { 'accept-language': language }),
    },
  })
}

/** Downloads it into a folder, and gives its path. */
export async function downloadIssueSheet(
  url: string,
  id: string,
  { folder, ...request }: IssueSheetRequest & { folder: string },
): Promise<string> {
  const answer = await fetchIssueSheet(url, id, request)
  const bytes = Buffer.from(await answer.arrayBuffer())
  if (answer.status !== 200) throw new Error(`${answer.status} ${bytes}`)
  const path = join(folder, `issues-${Math.random().toString(36).slice(2)}.xlsx`)
  writeFileSync(path, bytes)
  return path
}

/** The rows of a sheet by its place among the sheets. */
export async function readRows(path: string, place = 0): Promise<Row[]> {
  await using workbook = await openWorkbook(path)
  const rows: Row[] = []
  for await (const batch of workbook.rowBatches(workbook.sheets[place]!)) rows.push(...batch)
  return rows
}
