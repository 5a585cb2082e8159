/** The findings of an import: how many cells it did not take just as they stand, why, and the first of these cells. */
import type { Caller } from '../contracts/caller.ts'
import type { FieldCatalogue } from '../contracts/contact-fields.ts'
import {
  type Finding,
  type FindingCell,
  type FindingItem,
  type FindingList,
  findingText,
  isFindingCode,
} from '../contracts/findings.ts'
import { isRowIssueCode, rowIssueText } from '../contracts/row-issues.ts'
import type { RunQuery } from '../contracts/services.ts'
import type { Locale } from '../errors.ts'
import { findingCellsBytesMax } from '../limits.ts'
import { describeField } from '../mapping/custom-fields.ts'
import { readFindings } from '../storage/imports/findings.ts'
import { sqlOf } from '../storage/postgres/orm-sql.ts'
import { inTenant } from '../storage/postgres/tenant-session.ts'
import type { ImportContext } from './context.ts'
import { findImport } from './find-import.ts'

/** All findings of the import or of its validation, with messages in `locale`; throws `not-found`. */
export async function listFindings(
  { orm, fields }: ImportContext,
  caller: Caller,
  { id, query, locale }: { id: string; query: RunQuery; locale: Locale },
): Promise<FindingList> {
  const catalogue = await fields.of(caller.tenantId)
  const findings = await inTenant(orm, caller.tenantId, async em => {
    await findImport(em, caller, id)
    const ofImport = { tenantId: caller.tenantId, importId: id }
    return readFindings(sqlOf(em), ofImport, query.run ?? 'import')
  })
  const room = new CellRoom()
  const items = findings.map(finding => ({
    ...finding,
    cells: finding.cells.filter(cell => room.takes(cell)),
    message: messageOf(finding, catalogue, locale),
  }))
  return { items }
}

function messageOf(
  { code, field: key, cells }: Finding,
  catalogue: FieldCatalogue,
  locale: Locale,
): FindingItem['message'] {
  const field = key === null ? null : describeField(key, catalogue)
  if (isFindingCode(code)) return findingText(code, locale, field?.labels[locale] ?? null)
  const [first] = cells
  if (!isRowIssueCode(code) || !field || !first) return ''
  return rowIssueText(code, locale, { address: first.cell ?? '', field, value: first.value })
}

/** Bounds the answer in bytes: it lists every finding with its count, but example cells only while there is room. */
class CellRoom {
  #bytesLeft = findingCellsBytesMax

  takes(cell: FindingCell): boolean {
    this.#bytesLeft -= Buffer.byteLength(JSON.stringify(cell))
    return this.#bytesLeft >= 0
  }
}
