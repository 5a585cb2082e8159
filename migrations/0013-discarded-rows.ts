/**
 * Rejected rows that somebody said are not wanted, and the idempotency keys of calls for single rows: a call that is
 * repeated with its key changes nothing more.
 */
import { Migration } from '@mikro-orm/migrations'

const tables = ['discarded_rows', 'row_requests']

export class Migration0013 extends Migration {
  override up(): void {
    for (const statement of [
      `create table discarded_rows (
        tenant_id text collate "C" not null,
        import_id uuid not null,
        row_number int not null,
        discarded_by text not null,
        discarded_at timestamptz not null default clock_timestamp(),
        primary key (tenant_id, import_id, row_number)
      )`,
      `create table row_requests (
        tenant_id text collate "C" not null,
        import_id uuid not null,
        idempotency_key text collate "C" not null,
        request_sha256 text collate "C" not null,
        requested_at timestamptz not null default clock_timestamp(),
        primary key (tenant_id, import_id, idempotency_key)
      )`,
      ...tables.flatMap(protect),
    ]) {
      this.addSql(statement)
    }
  }
}

function protect(table: string): string[] {
  const ofTenant = `tenant_id = nullif(current_setting('app.tenant', true), '')`
  return [
    `alter table ${table} enable row level security`,
    `alter table ${table} force row level security`,
    `create policy tenant_isolation on ${table} using (${ofTenant}) with check (${ofTenant})`,
  ]
}
