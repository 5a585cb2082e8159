/** A row of `imports` as the contract shows it: the one place where its numbers are derived. */
import type { Import, ImportSnapshot, Progress, RowLedger } from '../contracts/import.ts'
import { errorText, isErrorCode, type Locale, reasonOf } from '../errors.ts'
import type { ImportRow } from './import-row.ts'

export interface SnapshotOptions {
  readonly locale?: Locale
  /** 1 = next to run; only of a queued import */
  readonly queuePosition?: number | null
}

/** An import as its owner reads it. */
export function toImport(row: ImportRow, options: SnapshotOptions = {}): Import {
  return { ...toSnapshot(row, options), mapping: row.mapping ?? null }
}

/** An import as events carry it: without its mapping. */
export function toSnapshot(row: ImportRow, options: SnapshotOptions = {}): ImportSnapshot {
  const rows = ledgerOf(row)
  return {
    id: row.id,
    name: row.name,
    status: row.status,
    file: { name: row.fileName, sizeBytes: row.fileBytes, sha256: row.fileSha256 },
    sheets: row.sheets,
    rows,
    progress: progressOf(row, rows, options.queuePosition ?? null),
    failure: failureOf(row, options.locale ?? 'en'),
    createdBy: row.createdBy,
    createdAt: new Date(row.createdAt).toISOString(),
    startedAt: timeText(row.startedAt),
    finishedAt: timeText(row.finishedAt),
  }
}

function timeText(time: Date | string | null | undefined): string | null {
  return time ? new Date(time).toISOString() : null
}

function ledgerOf(row: ImportRow): RowLedger {
  const processed = row.nextRow - row.firstRow
  return {
    total: row.rowsTotal,
    processed,
    created: row.rowsCreated,
    updated: row.rowsUpdated,
    skipped: row.rowsSkipped,
    rejected: row.rowsRejected,
    remaining: row.rowsTotal - processed,
  }
}

function progressOf(row: ImportRow, rows: RowLedger, queuePosition: number | null): Progress {
  const rate = row.status === 'running' ? (row.rowsPerSecond ?? null) : null
  return {
    percent: percentOf(row, rows),
    rowsPerSecond: rate === null ? null : Math.round(rate),
    etaSeconds: rate ? Math.ceil(rows.remaining / rate) : null,
    queuePosition: row.status === 'queued' ? queuePosition : null,
  }
}

/** Tenths of a percent, rounded down, so that 100 is said of a completed import only. */
function percentOf(row: ImportRow, rows: RowLedger): number {
  if (row.status === 'completed') return 100
  if (rows.total === 0) return 0
  return Math.min(99.9, Math.floor((rows.processed * 1000) / rows.total) / 10)
}

function failureOf(row: ImportRow, locale: Locale): ImportSnapshot['failure'] {
  if (!row.failureCode) return null
  const code = isErrorCode(row.failureCode) ? row.failureCode : 'internal-error'
  const data = row.failureData ?? {}
  return { code, detail: errorText(code, locale, data).detail, ...reasonOf(data) }
}
