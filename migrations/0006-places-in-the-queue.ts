/**
 * A place in the queue of imports is found by walks along indexes that end behind it, and no longer by putting the
 * whole queue in order. Both indexes are built beside a service at work.
 */
import { Migration } from '@mikro-orm/migrations'
import { buildMissing, patiently } from './concurrently.ts'

const indexes = [
  {
    name: 'imports_waiting',
    on: `imports (tenant_id, queued_at, id) where status = 'queued'`,
  },
  {
    // With the tenant, so that row-level security is judged within the index.
    name: 'imports_live',
    on: `imports (status, tenant_id) where status in ('queued', 'running', 'deleting')`,
  },
]

/**
 * The places of these imports of the tenant in the order of `queue_order`. An import whose turn is the fifth of its
 * tenant has at most five of each other tenant before it: no more of any queue is read. It counts across tenants,
 * so it runs as the queue; callers learn places and no other tenant's row.
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
    select i.queued_at, i.id into last_at, last_id from imports i
      where i.tenant_id = tenant and i.id = any(import_ids) and i.status = 'queued'
      order by i.queued_at desc, i.id desc limit 1;
    if last_id is not null then
      select count(*) into turns from (
        (select 1 from imports i where i.tenant_id = tenant and i.status = 'running')
        union all
        (select 1 from imports i where i.tenant_id = tenant and i.status = 'queued'
          and (i.queued_at, i.id) <= (last_at, last_id))) up_to_the_last;
      return query
        with recursive waiting as (
          (select i.tenant_id from imports i
            where i.status = 'queued' order by i.tenant_id limit 1)
          union all
          select next.tenant_id from waiting w cross join lateral (
            select i.tenant_id from imports i
            where i.status = 'queued' and i.tenant_id > w.tenant_id
            order by i.tenant_id limit 1) next
        ), first as (
          select q.id, q.queued_at, w.tenant_id,
            r.imports + row_number() over (partition by w.tenant_id order by q.queued_at, q.id) as turn
          from waiting w
          cross join lateral (
            select count(*) as imports from imports i
            where i.status = 'running' and i.tenant_id = w.tenant_id) r
          cross join lateral (
            select i.id, i.queued_at from imports i
            where i.status = 'queued' and i.tenant_id = w.tenant_id
            order by i.queued_at, i.id limit greatest(turns - r.imports, 0)) q
        ), placed as (
          select f.id, row_number() over (
            order by f.turn, t.last_claimed_at nulls first, f.queued_at, f.id) as place
          from first f left join tenants t on t.tenant_id = f.tenant_id
        )
        select p.id, p.place from placed p where p.id = any(import_ids);
    end if;
    perform set_config('app.service', service, true);
  end $$`

export class Migration0006 extends Migration {
  override isTransactional(): boolean {
    return false
  }

  override async up(): Promise<void> {
    const building = await buildMissing(this, indexes)
    for (const statement of [
      ...building,
      // `imports_live` does what this one did.
      ...patiently(['drop index concurrently if exists imports_queue']),
      queuePlaces,
    ]) {
      this.addSql(statement)
    }
  }
}
