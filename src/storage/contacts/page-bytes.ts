/**
 * Reads no more contacts of a page than one answer holds: notes may be long, and a page of the longest would take as
 * much memory as a thousand others. The rest stays in PostgreSQL.
 */
import { pageBytesMax } from '../../limits.ts'
import type { RunSql } from '../postgres/sql.ts'

export interface PageRows<Row> {
  readonly rows: Row[]
  /** They fill an answer, so that there may be more rows of the query. */
  readonly isFull: boolean
}

interface Measured {
  readonly pageBytesBefore: string | null
  readonly pageBytes: number
  readonly pagePlace: string
}

/**
 * The first rows of an ordered query: the first two, and on as long as the bytes before stay below `pageBytesMax`.
 * JSON of the rows takes more bytes than are counted here, so a page of the answer ends before these rows do.
 */
export async function readPage<Row>(
  sql: RunSql,
  query: string,
  values: readonly unknown[],
): Promise<PageRows<Row>> {
  // Without an order of its own a window takes the rows as they come.
  const measured = await sql<Row & Measured>(
    `select * from (
      select page.*, octet_length(page::text) as "pageBytes",
        sum(octet_length(page::text)) over (rows between unbounded preceding and 1 preceding)
          as "pageBytesBefore",
        row_number() over () as "pagePlace"
      from (${query}) page) measured
    where "pagePlace" <= 2 or "pageBytesBefore" < ${pageBytesMax}`,
    values,
  )
  const last = measured.at(-1)
  const bytes = last ? Number(last.pageBytesBefore ?? 0) + last.pageBytes : 0
  return { rows: measured.map(withoutMeasures), isFull: bytes >= pageBytesMax }
}

function withoutMeasures<Row>(measured: Row & Measured): Row {
  const { pageBytes, pageBytesBefore, pagePlace, ...row } = measured
  return row as Row
}
