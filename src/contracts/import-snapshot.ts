/** An import as the contract shows it: the one place where its numbers are derived from what is stored. */
import { type ErrorData, errorText, isErrorCode, type Locale, reasonOf } from '../errors.ts'
import type { ImportKind } from './corrections.ts'
import {
  type Import,
  type ImportProgress,
  type ImportResult,
  type ImportSnapshot,
  type ImportStatus,
  type ListedImport,
  progressMembers,
  type Reading,
  type SheetSummary,
  type ValidationProgress,
} from './import.ts'
import { importWarnings, type SheetFacts } from './import-warnings.ts'
import { completeMapping, type Mapping } from './mapping.ts'
import type { Progress, RowLedger } from './run-state.ts'
import { type HeaderRowProposal, headerRowReason } from './sheet-description.ts'
import type { Validation, ValidationStatus } from './validation.ts'

/** A run as storage keeps it; `nextRow` is the row that it goes on with. */
interface RunRecord {
  firstRow: number
  nextRow: number
  rowsTotal: number
  rowsCreated: number
  rowsUpdated: number
  rowsSkipped: number
  rowsRejected: number
  findingsRepaired: number
  findingsNoted: number
  findingsBlanked: number
  rowsPerSecond?: number | null
  failureCode?: string | null
  failureData?: ErrorData | null
  /** A date, as the ORM gives it, or RFC 3339 text, as plain SQL does. */
  startedAt?: Date | string | null
  finishedAt?: Date | string | null
}

/** An import as storage keeps it, without its sheets. */
export interface ImportRecord extends RunRecord {
  id: string
  tenantId: string
  name: string
  kind: ImportKind
  corrects?: string | null
  status: ImportStatus
  fileName: string
  fileBytes: number
  fileSha256: string
  mapping?: Mapping | null
  readings: Reading[]
  createdBy: string
  createdAt: Date | string
}

/** The validation of an import as storage keeps it. */
export interface ValidationRecord extends Omit<RunRecord, 'rowsUpdated'> {
  status: ValidationStatus
  /** Whether the import has another mapping than the one that was tried. */
  isStale: boolean
}

/** A sheet as storage keeps it: what the inspection found. */
export interface SheetRecord extends SheetFacts {
  readonly rows: number
  readonly columns: number
  readonly hidden: boolean
  /** Whether the workbook opens at it. */
  readonly active?: boolean
  /** Whether it holds a list. */
  readonly list?: boolean
  /** Where its names stand; not there of imports of former releases. */
  readonly header?: HeaderRowProposal
}

export interface ListedOptions {
  readonly locale?: Locale
  /** 1 = next to run; only of an import that is queued, or whose validation is */
  readonly queuePosition?: number | null
}

export interface SnapshotOptions extends ListedOptions {
  /** null: the import was never validated */
  readonly validation: ValidationRecord | null
}

/** An import as its owner reads it alone. */
export function toImport(
  row: ImportRecord & { readonly sheets: readonly SheetRecord[] },
  options: SnapshotOptions,
): Import {
  return {
    ...toListedImport(row, options),
    validation: options.validation && toValidation(options.validation, options),
    sheets: row.sheets.map(toSheetSummary),
    warnings: importWarnings(row.sheets, options.locale ?? 'en'),
    ...proposalOf(row.sheets, options.locale ?? 'en'),
  }
}

function toSheetSummary({ name, rows, columns, hidden, unreadable }: SheetRecord): SheetSummary {
  return { name, rows, columns, hidden, unreadable: unreadable !== undefined }
}

/** The sheet that is meant where nobody names one, and the row of its names. */
function proposalOf(sheets: readonly SheetRecord[], locale: Locale) {
  const sheet = proposedSheet(sheets)
  const { row, reason } = headerOf(sheet)
  return {
    proposedSheet: sheet?.name ?? null,
    proposedHeaderRow: row,
    headerRowReason: headerRowReason(reason, locale),
  }
}

/** Where the names of a sheet stand; assumed where nobody looked. */
export function headerOf(sheet: Pick<SheetRecord, 'header'> | undefined): HeaderRowProposal {
  return sheet?.header ?? { row: 1, reason: 'assumed' }
}

/**
 * The sheet that a caller who names none means: one that holds a list, where several do or none does the one that
 * the workbook opens at, or the first. It is visible, readable, and holds a value.
 */
export function proposedSheet(sheets: readonly SheetRecord[]): SheetRecord | undefined {
  const usable = sheets.filter(isUsable)
  const lists = usable.filter(({ list }) => list)
  const candidates = lists.length > 0 ? lists : usable
  return candidates.find(({ active }) => active) ?? candidates[0]
}

/** Whether a sheet is one that people mean when they name none. */
export function isUsable({ hidden, rows, unreadable }: SheetRecord): boolean {
  return !hidden && rows > 0 && unreadable === undefined
}

/** An import as one of a list: without its sheets. */
export function toListedImport(row: ImportRecord, options: ListedOptions = {}): ListedImport {
  return { ...toSummary(row, options), mapping: row.mapping ? completeMapping(row.mapping) : null }
}

/** The members of an import that change while its rows are imported. */
export function toProgress(row: ImportRecord): ImportProgress {
  return pickProgress(toSummary(row))
}

/** The same members, and the validation, which changes while rows are validated. */
export function toValidationProgress(
  row: ImportRecord,
  validation: ValidationRecord,
): ValidationProgress {
  return { ...toProgress(row), validation: toValidation(validation) }
}

/** Picks the members of an event of progress out of a larger snapshot. */
export function pickProgress(told: ImportProgress): ImportProgress {
  return Object.fromEntries(progressMembers.map(member => [member, told[member]])) as ImportProgress
}

/** An import as events carry it: without its mapping and its sheets. */
export function toSnapshot(row: ImportRecord, options: SnapshotOptions): ImportSnapshot {
  return {
    ...toSummary(row, options),
    validation: options.validation && toValidation(options.validation, options),
  }
}

function toSummary(row: ImportRecord, options: ListedOptions = {}) {
  const { rows, findings, progress, failure, startedAt, finishedAt } = describeRun(row, options)
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    corrects: row.corrects ?? null,
    status: row.status,
    file: { name: row.fileName, sizeBytes: row.fileBytes, sha256: row.fileSha256 },
    rows,
    findings,
    progress,
    failure,
    result: resultOf(row.status, rows),
    readings: row.readings,
    createdBy: row.createdBy,
    createdAt: new Date(row.createdAt).toISOString(),
    startedAt,
    finishedAt,
  }
}

function toValidation(record: ValidationRecord, options: ListedOptions = {}): Validation {
  return {
    status: record.status,
    ...describeRun({ ...record, rowsUpdated: 0 }, options),
    stale: record.isStale,
  }
}

/** The members that an import and its validation share. */
function describeRun(run: StateOfRun, { queuePosition, locale }: ListedOptions) {
  const rows = ledgerOf(run)
  return {
    rows,
    findings: {
      repaired: run.findingsRepaired,
      noted: run.findingsNoted,
      blanked: run.findingsBlanked,
    },
    progress: progressOf(run, rows, queuePosition ?? null),
    failure: failureOf(run, locale ?? 'en'),
    startedAt: timeText(run.startedAt),
    finishedAt: timeText(run.finishedAt),
  }
}

type StateOfRun = RunRecord & { readonly status: ImportStatus | ValidationStatus }

/** How much of its sheet a completed import brought in; null of any other. */
export function resultOf(
  status: ImportStatus,
  { total, created, updated }: Pick<RowLedger, 'total' | 'created' | 'updated'>,
): ImportResult | null {
  if (status !== 'completed') return null
  if (created + updated === 0) return 'none'
  return created + updated === total ? 'all' : 'some'
}

function timeText(time: Date | string | null | undefined): string | null {
  return time ? new Date(time).toISOString() : null
}

function ledgerOf(row: RunRecord): RowLedger {
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

function progressOf(row: StateOfRun, rows: RowLedger, queuePosition: number | null): Progress {
  const rate = row.status === 'running' ? (row.rowsPerSecond ?? null) : null
  return {
    percent: percentOf(row, rows),
    rowsPerSecond: rate === null ? null : Math.round(rate),
    etaSeconds: rate ? Math.ceil(rows.remaining / rate) : null,
    queuePosition: row.status === 'queued' ? queuePosition : null,
  }
}

/** Tenths of a percent, rounded down, so that 100 is said of a completed run only. */
function percentOf(row: StateOfRun, rows: RowLedger): number {
  if (row.status === 'completed') return 100
  if (rows.total === 0) return 0
  return Math.min(99.9, Math.floor((rows.processed * 1000) / rows.total) / 10)
}

function failureOf(row: RunRecord, locale: Locale): ImportSnapshot['failure'] {
  if (!row.failureCode) return null
  const code = isErrorCode(row.failureCode) ? row.failureCode : 'internal-error'
  const data = row.failureData ?? {}
  return { code, detail: errorText(code, locale, data).detail, ...reasonOf(data) }
}
