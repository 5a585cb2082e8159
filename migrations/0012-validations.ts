/**
 * Validations: runs that read and map all rows of an import and write no contact. They wait in the queue of the
 * imports, so the places in it count both.
 */
import { Migration } from '@mikro-orm/migrations'

const ofTenant = `tenant_id = nullif(current_setting('app.tenant', true), '')`
const asQueue = `nullif(current_setting('app.service', true), '') = 'queue'`

const createTables = [
  // One row an import: its newest validation.
  `create table validations (
    tenant_id text collate "C" not null,
    import_id uuid not null,
    -- Counts the validations of the import. Refused cells of earlier ones go when the next one begins.
    attempt int not null default 1,
    status text collate "C" not null check (status in ('queued', 'running', 'completed', 'failed',
      'cancelled')),
    -- The mapping that it tries: it is stale once the import has another one.
    mapping jsonb not null,
    first_row int not null,
    next_row int not null,
    rows_total int not null check (rows_total >= 0),
    rows_created int not null default 0,
    rows_skipped int not null default 0,
    rows_rejected int not null default 0,
    findings_repaired int not null default 0,
    findings_noted int not null default 0,
    findings_blanked int not null default 0,
    rows_per_second real,
    failure_code text collate "C",
    failure_data jsonb,
    epoch int not null default 0,
    owner text,
    lease_until timestamptz,
    crashes int not null default 0,
    batch_rows int check (batch_rows > 0),
    slow_tries int not null default 0,
    queued_at timestamptz not null default clock_timestamp(),
    started_at timestamptz,
    finished_at timestamptz,
    primary key (tenant_id, import_id),
    constraint validations_ledger check (
      rows_created + rows_skipped + rows_rejected = next_row - first_row
      and next_row <= first_row + rows_total)
  )`,
  `create index validations_waiting on validations (tenant_id, queued_at, import_id)
    where status = 'queued'`,
  `create index validations_live on validations (status, tenant_id, import_id)
    where status in ('queued', 'running')`,
  `create table validation_issues (
    tenant_id text collate "C" not null,
    import_id uuid not null,
    attempt int not null,
    row_number int not null,
    column_number int not null,
    field text collate "C" not null,
    code text collate "C" not null,
    outcome text collate "C" not null check (outcome in ('blanked', 'rejected')),
    value text not null,
    primary key (tenant_id, import_id, attempt, row_number, column_number)
  )`,
  'alter table validations enable row level security',
  'alter table validations force row level security',
  `create policy tenant_isolation on validations using (${ofTenant}) with check (${ofTenant})`,
  `create policy service_queue on validations using (${asQueue}) with check (${asQueue})`,
  'alter table validation_issues enable row level security',
  'alter table validation_issues force row level security',
  `create policy tenant_isolation on validation_issues using (${ofTenant}) with check (${ofTenant})`,
]

const nextTenant = (behind: string) => `least(
  (select i.tenant_id from imports i where i.status = 'queued' ${behind.replace('$', 'i')}
    order by i.tenant_id limit 1),
  (select v.tenant_id from validations v where v.status = 'queued' ${behind.replace('$', 'v')}
    order by v.tenant_id limit 1))`

/**
 * The places of these imports of the tenant, or of their validations: an import waits with one of both at most. A run
 * whose turn is the fifth of its tenant has at most five of each other tenant before it: no more of any queue is read.
 */
const queuePlaces = `create or replace function queue_places(import_ids uuid[])
  returns table (import_id uuid, place bigint)
  language plpgsql set enable_seqscan = off set enable_bitmapscan = off as $$
  declare
    service text := coalesce(current_setting('app.service', true), '');
    tenant text := nullif(current_setting('app.tenant', true), '');
    last_at timestamptz;
    last_id uuid;
    turns bigint;
  begin
    perform set_config('app.service', 'queue', true);
    select asked.queued_at, asked.id into last_at, last_id from (
        select i.queued_at, i.id from imports i
          where i.tenant_id = tenant and i.id = any(import_ids) and i.status = 'queued'
        union all
        select v.queued_at, v.import_id from validations v
          where v.tenant_id = tenant and v.import_id = any(import_ids) and v.status = 'queued') asked
      order by asked.queued_at desc, asked.id desc limit 1;
    if last_id is not null then
      select count(*) into turns from (
        (select 1 from imports i where i.tenant_id = tenant and i.status = 'running')
        union all
        (select 1 from validations v where v.tenant_id = tenant and v.status = 'running')
        union all
        (select 1 from imports i where i.tenant_id = tenant and i.status = 'queued'
          and (i.queued_at, i.id) <= (last_at, last_id))
        union all
        (select 1 from validations v where v.tenant_id = tenant and v.status = 'queued'
          and (v.queued_at, v.import_id) <= (last_at, last_id))) up_to_the_last;
      return query
        with recursive waiting as (
          select ${nextTenant('')} as tenant_id
          union all
          select ${nextTenant('and $.tenant_id > w.tenant_id')}
          from waiting w where w.tenant_id is not null
        ), first as (
          select q.id, q.queued_at, w.tenant_id,
            r.runs + row_number() over (partition by w.tenant_id order by q.queued_at, q.id) as turn
          from waiting w
          cross join lateral (
            select (select count(*) from imports i
                where i.status = 'running' and i.tenant_id = w.tenant_id)
              + (select count(*) from validations v
                where v.status = 'running' and v.tenant_id = w.tenant_id) as runs) r
          cross join lateral (
            select both_kinds.id, both_kinds.queued_at from (
              (select i.id, i.queued_at from imports i
                where i.status = 'queued' and i.tenant_id = w.tenant_id
                order by i.queued_at, i.id limit greatest(turns - r.runs, 0))
              union all
              (select v.import_id, v.queued_at from validations v
                where v.status = 'queued' and v.tenant_id = w.tenant_id
                order by v.queued_at, v.import_id limit greatest(turns - r.runs, 0))) both_kinds
            order by both_kinds.queued_at, both_kinds.id limit greatest(turns - r.runs, 0)) q
          where w.tenant_id is not null
        ), placed as (
          select f.id, f.tenant_id, row_number() over (
            order by f.turn, t.last_claimed_at nulls first, f.queued_at, f.id) as place
          from first f left join tenants t on t.tenant_id = f.tenant_id
        )
        select p.id, p.place from placed p
          where p.tenant_id = tenant and p.id = any(import_ids);
    end if;
    perform set_config('app.service', service, true);
  end $$`

export class Migration0012 extends Migration {
  override up(): void {
    for (const statement of [...createTables, queuePlaces]) this.addSql(statement)
  }
}
