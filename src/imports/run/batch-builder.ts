/** Collects mapped rows into batches of COPY text. Row numbers left out between two rows are empty rows, counted as skipped. */
import { batchBytesMax } from '../../limits.ts'
import { FindingsTally } from '../../mapping/findings-tally.ts'
import type { MappedRow, RowIssue } from '../../mapping/to-contact.ts'
import type { Batch } from '../../storage/imports/fenced-writer.ts'
import { contactLine, issueLine } from '../../storage/postgres/copy-text.ts'
import { CopyLines } from './copy-lines.ts'
import { SkippedRows } from './skipped-rows.ts'

/** A batch without its pace and its reading. */
export type BatchRows = Omit<Batch, 'rowsPerSecond' | 'progress' | 'completes' | 'reading'>

export class BatchBuilder {
  #fromRow: number
  #nextRow: number
  #rows = 0
  #created = 0
  #rejected = 0
  #issueCount = 0
  readonly #keepsContacts: boolean
  #contacts = new CopyLines()
  #issues = new CopyLines()
  #skippedRows = new SkippedRows()
  #findings = new FindingsTally()

  /** `fromRow` is the first row of the first batch. Without `keepsContacts` the batches only count their contacts. */
  constructor(fromRow: number, { keepsContacts = true } = {}) {
    this.#fromRow = fromRow
    this.#nextRow = fromRow
    this.#keepsContacts = keepsContacts
  }

  /** Whether the rows in hand fill a batch: `rows` of them, or as many bytes as a batch may have. */
  holds(rows: number): boolean {
    return this.#rows >= rows || this.#contacts.bytes + this.#issues.bytes >= batchBytesMax
  }

  /** Collects the findings of the rows in hand. */
  get findings(): FindingsTally {
    return this.#findings
  }

  /** Adds the next row; rows come in ascending order, each once. */
  add(rowNumber: number, mapped: MappedRow): void {
    if (rowNumber < this.#nextRow) {
      throw new Error(`row ${rowNumber} came after row ${this.#nextRow - 1}`)
    }
    this.#skippedRows.add(this.#nextRow, rowNumber)
    this.#nextRow = rowNumber + 1
    this.#rows += 1
    if (mapped.kind === 'contact') {
      this.#created += 1
      if (this.#keepsContacts) this.#contacts.add(contactLine(rowNumber, mapped.values))
    } else if (mapped.kind === 'rejected') {
      this.#rejected += 1
    }
    if (mapped.kind === 'skipped') this.#skippedRows.add(rowNumber, rowNumber + 1)
    else this.#addIssues(rowNumber, mapped.issues)
  }

  #addIssues(rowNumber: number, issues: readonly RowIssue[]): void {
    this.#issueCount += issues.length
    for (const { column, field, code, outcome, value } of issues) {
      this.#issues.add(issueLine([rowNumber, column, field, code, outcome], value))
    }
  }

  /** Gives what was collected and begins anew. `endRow` ends the sheet: rows before it that did not come count as skipped. */
  take(endRow = this.#nextRow): BatchRows {
    this.#skippedRows.add(this.#nextRow, endRow)
    const batch = {
      fromRow: this.#fromRow,
      nextRow: endRow,
      created: this.#created,
      skipped: endRow - this.#fromRow - this.#created - this.#rejected,
      rejected: this.#rejected,
      skippedRows: this.#skippedRows.take(),
      contacts: this.#contacts.take(),
      issues: this.#issues.take(),
      issueCount: this.#issueCount,
      findings: this.#findings.findings(),
      findingCounts: this.#findings.counts(),
    }
    this.#fromRow = endRow
    this.#nextRow = endRow
    this.#rows = 0
    this.#created = 0
    this.#rejected = 0
    this.#issueCount = 0
    this.#findings = new FindingsTally()
    return batch
  }
}
