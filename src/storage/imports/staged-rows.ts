/**
 * Brings rows into a table with row-level security, on which PostgreSQL refuses COPY. It copies them into a temporary
 * table of the session and inserts them from there, both in the caller's transaction. The session keeps the temporary
 * table, because creating one takes longer than writing a small batch. Its columns are texts with neutral names, so
 * that it serves the runs of all mappings.
 */
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { withValuePlaces } from '../contacts/custom-values.ts'
import type { OfImport } from './findings.ts'
import { type StagedColumn, stagedValues } from './staged-columns.ts'

export interface StagedRowsOptions {
  readonly client: pg.Client
  readonly into: 'contacts' | 'row_issues' | 'validation_issues'
  /** which validation of the import the rows are of */
  readonly attempt?: number
  /** Columns of the lines, in their order, behind the number of the row. */
  readonly columns: readonly StagedColumn[]
  /** options of COPY that say how the lines are written */
  readonly copyOptions: string
}

/** A temporary table has so many columns or a multiple of that, so that mappings of similar width share one. */
const columnsStep = 16

/**
 * The temporary tables that each session has. When the transaction that created one is rolled back, the table is gone
 * and this map is wrong; but that run has failed, and its thread ends with its sessions.
 */
const tablesOf = new WeakMap<pg.Client, Set<string>>()

export class StagedRows {
  readonly #client: pg.Client
  readonly #table: string
  readonly #create: string
  readonly #copy: string
  readonly #insert: string
  readonly #holdsCustom: boolean

  constructor({ client, into, attempt, columns, copyOptions }: StagedRowsOptions) {
    const capacity = Math.ceil(columns.length / columnsStep) * columnsStep
    const staged = columns.map((_, at) => `c${at}`)
    const all = Array.from({ length: capacity }, (_, at) => `c${at} text`)
    const { names, values, holdsCustom } = stagedValues(columns)
    const [runName, runValue] = attempt === undefined ? [[], []] : [['attempt'], [String(attempt)]]
    this.#client = client
    this.#table = `staged_${into}_${capacity}`
    this.#create = `create temporary table ${this.#table} (${['row_number int', ...all].join(', ')})
      on commit delete rows`
    this.#copy = `copy ${this.#table} (${['row_number', ...staged].join(', ')}) from stdin with (${copyOptions})`
    const insert = `insert into ${into} (tenant_id, import_id, ${['row_number', ...runName, ...names].join(', ')})
      select $1, $2, ${['row_number', ...runValue, ...values].join(', ')} from ${this.#table}`
    this.#holdsCustom = holdsCustom
    this.#insert = this.#holdsCustom ? withValuePlaces(insert) : insert
  }

  /** Copies lines of COPY text into the temporary table. */
  async copy(lines: readonly Buffer[]): Promise<void> {
    await this.#makeTable()
    await pipeline(Readable.from(lines), this.#client.query(copyFrom(this.#copy)))
  }

  /** Inserts the copied lines into the table. Throws unless PostgreSQL inserted exactly `count` rows. */
  async insert({ tenantId, importId }: OfImport, count: number): Promise<void> {
    const { rowCount, rows } = await this.#client.query(this.#insert, [tenantId, importId])
    const inserted = this.#holdsCustom ? Number(rows[0].made) : rowCount
    if (inserted !== count) throw new Error(`${inserted} rows were inserted, ${count} were counted`)
  }

  async #makeTable(): Promise<void> {
    const tables = tablesOf.get(this.#client) ?? new Set()
    if (tables.has(this.#table)) return
    await this.#client.query(this.#create)
    tablesOf.set(this.#client, tables.add(this.#table))
  }
}
