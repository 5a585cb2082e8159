/**
 * Mappings that are used again: those that people keep under a name, and the last one that was started for each list of
 * column names. Both hold the words of mappings, and nothing of any contact.
 */
import { Migration } from '@mikro-orm/migrations'

const createTables = [
  `create table mapping_templates (
    tenant_id text collate "C" not null,
    id bigint generated always as identity,
    name text not null,
    -- What it says, in the words of the API.
    content jsonb not null,
    created_by text not null,
    created_at timestamptz not null default clock_timestamp(),
    changed_by text,
    changed_at timestamptz,
    primary key (tenant_id, id),
    unique (tenant_id, name)
  )`,
  `create table used_mappings (
    tenant_id text collate "C" not null,
    -- Hash of the folded names of the columns, in their order.
    names_key text collate "C" not null,
    mapping jsonb not null,
    used_at timestamptz not null,
    primary key (tenant_id, names_key)
  )`,
]

export class Migration0008 extends Migration {
  override up(): void {
    for (const statement of [
      ...createTables,
      'alter table mapping_templates enable row level security',
      'alter table mapping_templates force row level security',
      `create policy tenant_isolation on mapping_templates
        using (tenant_id = nullif(current_setting('app.tenant', true), ''))
        with check (tenant_id = nullif(current_setting('app.tenant', true), ''))`,
      'alter table used_mappings enable row level security',
      'alter table used_mappings force row level security',
      `create policy tenant_isolation on used_mappings
        using (tenant_id = nullif(current_setting('app.tenant', true), ''))
        with check (tenant_id = nullif(current_setting('app.tenant', true), ''))`,
    ]) {
      this.addSql(statement)
    }
  }
}
