/**
 * Which rows each batch of an import skipped. Contacts and row issues tell of the other rows; an empty row, or one that
 * was left out, leaves nothing behind that could be counted again.
 */
import { Migration } from '@mikro-orm/migrations'

export class Migration0011 extends Migration {
  override up(): void {
    for (const statement of [
      // Batches of earlier releases have no row here: what they skipped is not known row by row.
      `create table import_batches (
        tenant_id text collate "C" not null,
        import_id uuid not null,
        first_row int not null,
        next_row int not null,
        skipped int4multirange not null,
        primary key (tenant_id, import_id, first_row),
        check (next_row >= first_row)
      )`,
      'alter table import_batches enable row level security',
      'alter table import_batches force row level security',
      `create policy tenant_isolation on import_batches
        using (tenant_id = nullif(current_setting('app.tenant', true), ''))
        with check (tenant_id = nullif(current_setting('app.tenant', true), ''))`,
    ]) {
      this.addSql(statement)
    }
  }
}
