/** A whole service with one import, and a look at all that it keeps: for tests that expect it to keep nothing. */
import { createHmac } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Test } from 'tap'
import { queryOnce } from '../support/query.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { secret, startTestService } from '../support/service.ts'
import { writeSmallSheet } from '../support/small-sheet.ts'

export const hs256 = { alg: 'HS256', typ: 'JWT' }
export const claims = { sub: 'anna', tenant: 'acme', roles: ['manager'], exp: 4_102_444_800 }

/** A part of a token, or a cursor. */
export const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString('base64url')

/** A token built by hand, with whatever header and claims. */
export function forge(header: object, claims: object, key = secret): string {
  const signed = `${encode(header)}.${encode(claims)}`
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`
}

export const authorization = `Bearer ${forge(hs256, claims)}`

export async function openHostileScene(t: Test) {
  const service = await startTestService(t)
  const sheetPath = join(makeScratchFolder(t), 'kontakty.xlsx')
  await writeSmallSheet(sheetPath, [
    ['Nazwisko', 'Telefon'],
    ['Żak', '600100200'],
  ])
  const { id } = await service.upload(sheetPath)

  /** Everything that an answer could have left behind. */
  async function countKept() {
    const [rows] = await queryOnce(
      service.database.adminUrl,
      `select (select count(*) from imports)::int as imports, (select count(*) from file_chunks)::int as chunks,
      (select count(*) from outbox)::int as events, (select count(*) from campaigns)::int as campaigns,
      (select count(*) from cases)::int as cases, (select string_agg(name, ',') from imports) as names`,
    )
    return rows
  }

  const listScratch = () =>
    readdirSync(service.scratchDir, { recursive: true, withFileTypes: true }).filter(entry =>
      entry.isFile(),
    )

  return {
    service,
    sheet: readFileSync(sheetPath),
    importPath: `/v1/imports/${id}`,
    countKept,
    listScratch,
  }
}
