/** Plain SQL with server-side parameters on a bare connection; `orm-sql.ts` does the same in the ORM's transactions. */

/** Runs one statement with `$1`… parameters and gives its rows. */
export type RunSql = <Row>(sql: string, parameters?: readonly unknown[]) => Promise<Row[]>

/** SQL for a timestamptz as RFC 3339 text in UTC: different connections convert a timestamptz differently, but not a text. */
export function isoTime(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}

/** The time by PostgreSQL's clock, the only clock whose times the service compares. */
export async function databaseTime(sql: RunSql): Promise<Date> {
  const [row] = await sql<{ now: string }>(`select ${isoTime('clock_timestamp()')} as now`)
  return new Date(row!.now)
}

interface Queryable {
  query(sql: string, parameters: unknown[]): Promise<{ rows: unknown[] }>
}

/** Runs statements on a bare connection. */
export function sqlOn(client: Queryable): RunSql {
  return async <Row>(sql: string, parameters: readonly unknown[] = []) => {
    const result = await client.query(sql, [...parameters])
    return result.rows as Row[]
  }
}
