/** Plain SQL with server-side parameters, on a bare connection; `orm-sql` has it for the ORM's transactions. */

/** Runs one statement with `$1`… parameters and gives its rows. */
export type RunSql = <Row>(sql: string, parameters?: readonly unknown[]) => Promise<Row[]>

/** A timestamptz as RFC 3339 text in UTC: drivers and their pools disagree on how they give one. */
export function isoTime(column: string): string {
  return `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`
}

/** The time by PostgreSQL's clock, the only one that is compared with others. */
export async function databaseTime(sql: RunSql): Promise<Date> {
  const [row] = await sql<{ now: string }>(`select ${isoTime('clock_timestamp()')} as now`)
  return new Date(row!.now)
}

interface Queryable {
  query(sql: string, parameters: unknown[]): Promise<{ rows: unknown[] }>
}

/** Statements of a bare connection. */
export function sqlOn(client: Queryable): RunSql {
  return async <Row>(sql: string, parameters: readonly unknown[] = []) => {
    const result = await client.query(sql, [...parameters])
    return result.rows as Row[]
  }
}
