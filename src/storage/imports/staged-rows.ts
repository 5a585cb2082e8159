/**
 * Rows on their way into a table that is closed by row-level security, which COPY is refused on: they are
 * copied into a temporary table of the session and inserted from there, both in the caller's transaction.
 */
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import type { OfImport } from './findings.ts'

export interface StagedRowsOptions {
  readonly client: pg.Client
  readonly into: 'contacts' | 'row_issues'
  /** columns of the lines, in their order */
  readonly columns: readonly { readonly column: string; readonly type: string }[]
  /** how the lines are written */
  readonly copyOptions: string
}

export class StagedRows {
  readonly #client: pg.Client
  readonly #create: string
  readonly #copy: string
  readonly #insert: string
  #isCreated = false

  constructor({ client, into, columns, copyOptions }: StagedRowsOptions) {
    const staging = `staged_${into}`
    const names = columns.map(({ column }) => column).join(', ')
    const definitions = columns.map(({ column, type }) => `${column} ${type}`).join(', ')
    this.#client = client
    this.#create = `create temporary table if not exists ${staging} (${definitions}) on commit delete rows`
    this.#copy = `copy ${staging} (${names}) from stdin with (${copyOptions})`
    this.#insert = `insert into ${into} (tenant_id, import_id, ${names})
      select $1, $2, ${names} from ${staging}`
  }

  /** Copies lines of COPY text. Gives how many rows they are. */
  async copy(lines: readonly Buffer[]): Promise<void> {
    if (!this.#isCreated) await this.#client.query(this.#create)
    this.#isCreated = true
    await pipeline(Readable.from(lines), this.#client.query(copyFrom(this.#copy)))
  }

  /** Inserts what was copied, and throws unless these are `count` rows. */
  async insert({ tenantId, importId }: OfImport, count: number): Promise<void> {
    const { rowCount } = await this.#client.query(this.#insert, [tenantId, importId])
    if (rowCount !== count) throw new Error(`${rowCount} rows were inserted, ${count} were counted`)
  }
}
