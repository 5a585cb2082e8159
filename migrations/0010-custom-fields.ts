/**
 * Custom fields of contacts, and the places of their values: behind row-level security no index on JSONB is used, as its
 * operators are not leakproof, so each value has a row of its own that leads to its contact.
 */
import { Migration } from '@mikro-orm/migrations'

const ofTenant = `tenant_id = nullif(current_setting('app.tenant', true), '')`

const statements = [
  `create table contact_fields (
    tenant_id text collate "C" not null,
    -- Values stand under it in contacts.custom: a field that is made anew under the same key has none of the old ones.
    id bigint generated always as identity,
    key text collate "C" not null,
    type text collate "C" not null,
    labels jsonb not null,
    choices jsonb,
    required boolean not null default false,
    created_by text not null,
    created_at timestamptz not null default clock_timestamp(),
    changed_by text,
    changed_at timestamptz,
    primary key (tenant_id, id),
    unique (tenant_id, key)
  )`,
  // No foreign keys: the batch that writes a contact writes its places, and a trigger removes them with it.
  `create table contact_values (
    tenant_id text collate "C" not null,
    field_id bigint not null,
    -- The beginning of a hash, so that a long value takes no more room than a short one.
    value_key bytea not null,
    contact_id bigint not null,
    primary key (tenant_id, field_id, value_key, contact_id)
  )`,
  'alter table contact_fields enable row level security',
  'alter table contact_fields force row level security',
  `create policy tenant_isolation on contact_fields using (${ofTenant}) with check (${ofTenant})`,
  'alter table contact_values enable row level security',
  'alter table contact_values force row level security',
  `create policy tenant_isolation on contact_values using (${ofTenant}) with check (${ofTenant})`,
  // The hash that a search computes, too: storage/contacts/custom-values.ts has it.
  `create function remove_values_of_contacts() returns trigger language plpgsql as $$
    begin
      if exists (select from removed where custom <> '{}') then
        -- The keys are computed first: behind row-level security only then the index is used for them.
        delete from contact_values where ctid = any(array(
          select place.ctid from (
            select r.tenant_id, r.id, held.key::bigint as field_id,
              substring(sha256(convert_to(lower(held.value), 'UTF8')) for 8) as value_key
            from removed r cross join lateral jsonb_each_text(r.custom) held offset 0) held
          cross join lateral (
            select ctid from contact_values v
            where v.tenant_id = held.tenant_id and v.field_id = held.field_id
              and v.value_key = held.value_key and v.contact_id = held.id
            offset 0) place));
      end if;
      return null;
    end $$`,
  `create trigger contacts_values_removed after delete on contacts
    referencing old table as removed for each statement execute function remove_values_of_contacts()`,
]

export class Migration0010 extends Migration {
  override up(): void {
    for (const statement of statements) this.addSql(statement)
  }
}
