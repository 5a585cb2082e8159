/**
 * Reads chosen rows of the stored file of an import with all their cells, in threads of this process. Readers wait for
 * their turn, fewer of one tenant than of all; time and heap of each reading are bounded.
 */
import { MessageChannel } from 'node:worker_threads'
import { AppError } from '../../errors.ts'
import {
  rowReadHeapMiB,
  rowReadMs,
  rowReadsRunningMax,
  rowReadsRunningPerTenant,
} from '../../limits.ts'
import { localeOf } from '../../mapping/region-languages.ts'
import type { MergedRange } from '../../xlsx/index.ts'
import type { ImportContext } from '../context.ts'
import { faultError } from '../file-fault.ts'
import type { DateOrders } from '../run/observe-dates.ts'
import { LineBrokenError, takePieces } from '../threads/pieces.ts'
import { ThreadDiedError, ThreadPool } from '../threads/thread-pool.ts'
import { Turns } from '../threads/turns.ts'
import { type FetchedWorkbook, fetchStored, type StoredWorkbook } from './fetch-stored.ts'
import type { DatesToObserve, ReadAnswer, ReadInput } from './read-thread.ts'
import { RowSet } from './row-set.ts'
import type { StoredRow } from './stored-row.ts'

const readThread = new URL('./read-thread.ts', import.meta.url)

export interface StoredSheet extends StoredWorkbook {
  /** name of the sheet */
  readonly sheet: string
  /** ISO 3166-1 region whose signs the numbers show: that of the mapping */
  readonly region: string
  /** Merged ranges of the sheet, whose first cells then say so, as the mapping wants to know. None by default. */
  readonly merged?: readonly MergedRange[]
}

interface Reading {
  readonly rows: RowSet
  readonly signal: AbortSignal
  readonly observe?: DatesToObserve
}

export class StoredRows {
  readonly #context: Pick<ImportContext, 'orm' | 'files' | 'scratch'>
  readonly #threads = new ThreadPool<ReadInput, ReadAnswer>(readThread, rowReadHeapMiB)
  /** A request that waits for its turn holds one of the places of its route, which bound how many wait. */
  readonly #turns = new Turns({
    runningMax: rowReadsRunningMax,
    runningPerTenant: rowReadsRunningPerTenant,
  })

  constructor(context: Pick<ImportContext, 'orm' | 'files' | 'scratch'>) {
    this.#context = context
  }

  /**
   * The rows of the set that hold a value, in the order of the sheet, many at a time. Leaving the loop ends the reading.
   * Throws `not-found` when the file is being removed, `service-busy` when the reading takes too long, the fault of a file
   * that cannot be read, and the reason of `signal`.
   */
  async *read(
    source: StoredSheet,
    rows: RowSet,
    signal: AbortSignal,
  ): AsyncGenerator<readonly StoredRow[]> {
    yield* this.#read(source, { rows, signal })
  }

  /**
   * One row, undefined where it holds no value, and what the columns of dates prove: all that is needed to read it as an
   * import does. Throws as `read` does.
   */
  async readForRepair(
    source: StoredSheet,
    { row: number, observe }: { readonly row: number; readonly observe: DatesToObserve },
    signal: AbortSignal,
  ): Promise<{ row: StoredRow | undefined; dateOrders: DateOrders }> {
    const reading = this.#read(source, { rows: RowSet.of([number]), signal, observe })
    let row: StoredRow | undefined
    let next = await reading.next()
    for (; !next.done; next = await reading.next()) row = next.value[0]
    return { row, dateOrders: next.value }
  }

  /** Ends all threads. */
  close(): Promise<void> {
    return this.#threads.close()
  }

  /** Waits for its turn, and returns what the columns of dates prove. */
  async *#read(
    source: StoredSheet,
    { signal, ...reading }: Reading,
  ): AsyncGenerator<readonly StoredRow[], DateOrders> {
    using _turn = await this.#turns.enter(source.tenantId, signal)
    await using file = await fetchStored(this.#context, source)
    const timeout = AbortSignal.timeout(rowReadMs)
    const until = AbortSignal.any([signal, timeout])
    try {
      return yield* this.#readFile(file, source, { ...reading, signal: until })
    } catch (error) {
      if (!(error instanceof ThreadDiedError)) throw error
      signal.throwIfAborted()
      if (timeout.aborted) throw new AppError('service-busy', {}, { cause: error })
      throw error
    }
  }

  async *#readFile(
    { path }: FetchedWorkbook,
    { sheet, region, merged }: StoredSheet,
    { rows, signal, observe }: Reading,
  ): AsyncGenerator<readonly StoredRow[], DateOrders> {
    const { port1: ours, port2: port } = new MessageChannel()
    const pieces = takePieces<readonly StoredRow[]>(ours)
    const leaving = new AbortController()
    const input = {
      path,
      scratchDir: this.#context.scratch.directory,
      locale: localeOf(region),
      sheet,
      ...(merged && { merged }),
      rows: rows.bits,
      port,
      ...(observe && { observe }),
    }
    const job = this.#threads.run(input, { signal, stopping: leaving.signal, transfer: [port] })
    // Whoever takes the rows meets its failure behind them.
    job.catch(() => {})
    let isSent = false
    try {
      yield* pieces
      isSent = true
    } catch (error) {
      if (!(error instanceof LineBrokenError)) throw error
    } finally {
      if (!isSent) leaving.abort()
      ours.close()
      // The thread reads the file, which goes behind this.
      await job.catch(() => {})
    }
    const answer = await job
    if (answer === 'left') throw new LineBrokenError()
    if ('fault' in answer) throw faultError(answer.fault)
    return answer.dateOrders
  }
}
