/** Collects mapped rows into batches of COPY text. A row between two that came is empty: it is skipped. */
import { batchBytesMax } from '../../limits.ts'
import { FindingsTally } from '../../mapping/findings-tally.ts'
import type { MappedRow, RowIssue } from '../../mapping/to-contact.ts'
import type { Batch, RejectedCell } from '../../storage/imports/batch-writer.ts'
import { copyLine } from '../../storage/postgres/copy-text.ts'

/** A batch but for its pace and its reading. */
export type BatchRows = Omit<Batch, 'rowsPerSecond' | 'progress' | 'reading'>

/** Lines are encoded in pieces of this many characters: text that grows old as a string costs most to collect. */
const pieceCharacters = 16_384

/** What an issue takes beside its text, near enough to bound a batch. */
const issueOverheadBytes = 200

export class BatchBuilder {
  #fromRow: number
  #nextRow: number
  #rows = 0
  #created = 0
  #rejected = 0
  #text = ''
  #pieces: Buffer[] = []
  #bytes = 0
  #issues: RejectedCell[] = []
  #findings = new FindingsTally()

  /** `fromRow` is the first row of the first batch. */
  constructor(fromRow: number) {
    this.#fromRow = fromRow
    this.#nextRow = fromRow
  }

  /** Whether the rows in hand are a batch: so many, or as many bytes as a batch may have. */
  holds(rows: number): boolean {
    return this.#rows >= rows || this.#bytes >= batchBytesMax
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
    this.#nextRow = rowNumber + 1
    this.#rows += 1
    if (mapped.kind === 'contact') {
      this.#created += 1
      this.#text += copyLine(rowNumber, mapped.values)
      if (this.#text.length >= pieceCharacters) this.#encode()
    } else if (mapped.kind === 'rejected') {
      this.#rejected += 1
    }
    if (mapped.kind !== 'skipped') this.#addIssues(rowNumber, mapped.issues)
  }

  #addIssues(rowNumber: number, issues: readonly RowIssue[]): void {
    for (const issue of issues) {
      this.#issues.push({ rowNumber, ...issue })
      this.#bytes += issueOverheadBytes + issue.value.length * 2
    }
  }

  #encode(): void {
    const piece = Buffer.from(this.#text)
    this.#pieces.push(piece)
    this.#bytes += piece.length
    this.#text = ''
  }

  /** Gives what was collected and begins anew. `endRow` closes the sheet: rows up to it are skipped. */
  take(endRow = this.#nextRow): BatchRows {
    this.#encode()
    const counts = {
      fromRow: this.#fromRow,
      nextRow: endRow,
      created: this.#created,
      skipped: endRow - this.#fromRow - this.#created - this.#rejected,
      rejected: this.#rejected,
      contacts: this.#pieces,
      issues: this.#issues,
    }
    this.#fromRow = endRow
    this.#nextRow = endRow
    this.#rows = 0
    this.#created = 0
    this.#rejected = 0
    this.#pieces = []
    this.#bytes = 0
    this.#issues = []
    this.#findings = new FindingsTally()
    return counts
  }
}
