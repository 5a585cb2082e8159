/** Notes of runs: which readings of the sheet an import was made by, and how large a batch may begin. */
import { Migration } from '@mikro-orm/migrations'

export class Migration0004 extends Migration {
  override up(): void {
    // batch_rows: rows of the first batch of the next run; null = unknown. slow_tries: runs since the last
    // committed batch in which PostgreSQL did not take one row within the lease. readings: from which row on
    // which version of the reading was at work.
    this.addSql(`alter table imports add column batch_rows int check (batch_rows > 0),
      add column slow_tries int not null default 0,
      add column readings jsonb not null default '[]'`)
    // Imports of before went on under one reading alone. Row-level security binds migrations, too.
    this.addSql(`select set_config('app.service', 'queue', true)`)
    this.addSql(`update imports set readings = jsonb_build_array(
        jsonb_build_object('version', ${readingOfBefore}, 'fromRow', first_row))
      where next_row > first_row`)
    this.addSql(`select set_config('app.service', '', true)`)
  }
}

const readingOfBefore = 2
