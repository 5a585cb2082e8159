/**
 * Sheets of faulty rows for people to correct: what the tables and the stored file have, written in a thread while it is
 * downloaded. This side reads the tables, on connections that are given back with each page.
 */
import { MessageChannel } from 'node:worker_threads'
import type { Caller } from '../../contracts/caller.ts'
import type { FieldCatalogue } from '../../contracts/contact-fields.ts'
import { requireMove } from '../../contracts/import-states.ts'
import { completeMapping } from '../../contracts/mapping.ts'
import type { IssueOutcome, SheetDownload } from '../../contracts/services.ts'
import { AppError, type Locale } from '../../errors.ts'
import { issueSheetHeapMiB, issueSheetMs, issueWindowRows, sheetColumnsMax } from '../../limits.ts'
import { describeField } from '../../mapping/custom-fields.ts'
import { columnLetter } from '../../mapping/default-column-name.ts'
import type { ImportEntity } from '../../storage/imports/import-entity.ts'
import { readFaultyRows, readIssuePage } from '../../storage/imports/issue-pages.ts'
import { sqlOf } from '../../storage/postgres/orm-sql.ts'
import type { RunSql } from '../../storage/postgres/sql.ts'
import { inTenant } from '../../storage/postgres/tenant-session.ts'
import { walkSettings } from '../../storage/postgres/walk-settings.ts'
import type { ImportContext } from '../context.ts'
import { faultError } from '../file-fault.ts'
import { findWholeImport, withPreview } from '../find-import.ts'
import { headerTexts, type SheetHead, toSheetHead } from '../preview-import.ts'
import { chooseSheet } from '../sheet-choice.ts'
import { type FetchedWorkbook, fetchStored } from '../stored-rows/fetch-stored.ts'
import { RowSet } from '../stored-rows/row-set.ts'
import { LineBrokenError, sendPieces, takePieces } from '../threads/pieces.ts'
import { ThreadPool } from '../threads/thread-pool.ts'
import { columnWidths } from './column-widths.ts'
import { sheetTexts } from './sheet-texts.ts'
import type { SheetAnswer, SheetFeed, SheetInput } from './sheet-thread.ts'
import type { IssueSheet } from './write-issue-sheet.ts'

const sheetThread = new URL('./sheet-thread.ts', import.meta.url)

/** Columns of the list beside those of the file. */
const ownColumns = 2

export interface IssueSheetWish {
  readonly id: string
  readonly outcome: IssueOutcome
  readonly locale: Locale
}

interface Prepared {
  readonly sheet: IssueSheet
  readonly rows: RowSet
  readonly fileSha256: string
}

export class IssueSheets {
  readonly #context: ImportContext
  readonly #threads = new ThreadPool<SheetInput, SheetAnswer>(sheetThread, issueSheetHeapMiB)

  constructor(context: ImportContext) {
    this.#context = context
  }

  /**
   * Throws `not-found`, `import-state-conflict` while the import is being deleted, and `mapping-missing` before it is
   * mapped. Whoever takes the bytes sets the pace, and leaving them ends the thread; they break off when that takes longer
   * than `issueSheetMs`.
   */
  async write(caller: Caller, wish: IssueSheetWish): Promise<SheetDownload> {
    const prepared = await this.#prepare(caller, wish)
    const { name } = prepared.sheet.explained
    return {
      fileName: `${name} - ${sheetTexts(wish.locale).fileName}.xlsx`,
      bytes: this.#write(caller, prepared),
    }
  }

  /** Ends all threads. */
  close(): Promise<void> {
    return this.#threads.close()
  }

  async #prepare(caller: Caller, { id, outcome, locale }: IssueSheetWish): Promise<Prepared> {
    const entity = await inTenant(this.#context.orm, caller.tenantId, async em => {
      const found = await findWholeImport(em, caller, id)
      requireMove('prove', found.status)
      return withPreview(em, found)
    })
    if (!entity.mapping) throw new AppError('mapping-missing', { id })
    const mapping = completeMapping(entity.mapping)
    const head = toSheetHead(chooseSheet(entity.sheets, mapping.sheet), entity)
    const names = namesOf(head, mapping.headerRow)
    const catalogue = await this.#context.fields.of(caller.tenantId)
    const { rows, rejected, blanked } = await this.#findRows(caller, entity, outcome)
    const sheet: IssueSheet = {
      importId: id,
      sheet: mapping.sheet,
      locale,
      names,
      widths: columnWidths(head, names),
      hasMoreColumns: head.columnCount > names.length,
      fields: fieldsOf(mapping, catalogue),
      explained: {
        name: entity.name,
        file: entity.fileName,
        sheet: mapping.sheet,
        rejected,
        blanked,
        isRunning: entity.status === 'queued' || entity.status === 'running',
      },
    }
    return { sheet, rows, fileSha256: entity.fileSha256 }
  }

  async #findRows(
    { tenantId }: Caller,
    { id: importId, firstRow, nextRow }: ImportEntity,
    outcome: IssueOutcome,
  ) {
    const rows = new RowSet(nextRow)
    const counts = { rejected: 0, blanked: 0 }
    for (let row = firstRow; row < nextRow; row += issueWindowRows) {
      const found = await this.#inTables(tenantId, sql =>
        readFaultyRows(sql, { tenantId, importId }, row),
      )
      for (const kind of ['rejected', 'blanked'] as const) {
        if (outcome !== 'all' && outcome !== kind) continue
        for (const faulty of found[kind]) if (faulty < nextRow) rows.add(faulty)
        counts[kind] += found[kind].length
      }
    }
    return { rows, ...counts }
  }

  async *#write(
    { tenantId }: Caller,
    { sheet, rows, fileSha256 }: Prepared,
  ): AsyncGenerator<Uint8Array> {
    const { scratch } = this.#context
    const { importId } = sheet
    // The thread starts and sends the first bytes meanwhile.
    const fetching = fetchStored(this.#context, { tenantId, importId, fileSha256 })
    const [bytes, feed] = [new MessageChannel(), new MessageChannel()]
    const pieces = takePieces<Uint8Array>(bytes.port1)
    const feeding = sendPieces(feed.port1, this.#feed({ tenantId, importId }, rows, fetching))
    const leaving = new AbortController()
    const job = this.#threads.run(
      {
        scratchDir: scratch.directory,
        sheet,
        rows: rows.bits,
        feed: feed.port2,
        bytes: bytes.port2,
      },
      {
        signal: AbortSignal.timeout(issueSheetMs),
        stopping: leaving.signal,
        transfer: [feed.port2, bytes.port2],
      },
    )
    // Whoever takes the bytes meets their failures behind them.
    job.catch(() => {})
    feeding.catch(() => {})
    try {
      yield* pieces
    } catch (error) {
      if (!(error instanceof LineBrokenError)) throw error
    } finally {
      leaving.abort()
      bytes.port1.close()
      feed.port1.close()
      // The thread reads the file.
      await job.catch(() => {})
      const [fetched] = await Promise.allSettled([fetching])
      if (fetched.status === 'fulfilled') await fetched.value[Symbol.asyncDispose]()
    }
    const answer = await job
    if (typeof answer === 'object') throw faultError(answer.fault)
    if (answer === 'left') await feeding
  }

  /** Where the file is, and the refused cells up to the last row of the list. */
  async *#feed(
    ofImport: { tenantId: string; importId: string },
    rows: RowSet,
    fetching: Promise<FetchedWorkbook>,
  ): AsyncGenerator<SheetFeed> {
    yield { path: (await fetching).path }
    let after = { row: rows.first, column: -1 }
    while (after.row <= rows.last) {
      const page = await this.#inTables(ofImport.tenantId, sql =>
        readIssuePage(sql, ofImport, after),
      )
      if (page.length === 0) return
      yield { cells: page }
      after = page.at(-1)!
    }
  }

  #inTables<T>(tenantId: string, read: (sql: RunSql) => Promise<T>): Promise<T> {
    return inTenant(this.#context.orm, tenantId, em => read(sqlOf(em)), walkSettings)
  }
}

/** The names of the columns that a list has room for: letters where the file has no names. */
function namesOf(head: SheetHead, headerRow: boolean | number): string[] {
  const header = headerTexts(head, headerRow)
  const count = Math.min(head.columnCount, sheetColumnsMax - ownColumns)
  return Array.from({ length: count }, (_, at) => header[at]?.trim() || columnLetter(at + 1))
}

function fieldsOf(
  { columns }: { readonly columns: readonly { readonly field: string }[] },
  catalogue: FieldCatalogue,
): IssueSheet['fields'] {
  return Object.fromEntries(
    columns.map(({ field }) => {
      const { labels, lengthMax } = describeField(field, catalogue)
      return [field, { labels, lengthMax }]
    }),
  )
}
