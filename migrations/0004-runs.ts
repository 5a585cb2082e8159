/** Notes of runs: how large a batch of an import may begin, and how often one row was too much. */
import { Migration } from '@mikro-orm/migrations'

export class Migration0004 extends Migration {
  override up(): void {
    // batch_rows: rows of the first batch of the next run; null = unknown. slow_tries: runs since the last
    // committed batch in which PostgreSQL did not take one row within the lease.
    this.addSql(`alter table imports add column batch_rows int check (batch_rows > 0),
      add column slow_tries int not null default 0`)
  }
}
