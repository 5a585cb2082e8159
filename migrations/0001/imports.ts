/** Imports (the row is the job), their files, row issues, tenants' turns and the outbox. */
export const createImports = [
  // One row a tenant: the position of its last event, and when it last got a turn in the queue.
  `create table tenants (
    tenant_id text collate "C" primary key,
    event_position bigint not null default 0,
    last_claimed_at timestamptz
  )`,
  `create table imports (
    id uuid primary key,
    tenant_id text collate "C" not null,
    name text not null,
    status text collate "C" not null check (status in ('uploaded', 'mapped', 'queued', 'running',
      'completed', 'failed', 'cancelled', 'deleting')),
    file_name text not null,
    file_bytes bigint not null,
    file_sha256 text collate "C" not null,
    sheets jsonb not null,
    preview jsonb not null,
    mapping jsonb,
    first_row int not null,
    next_row int not null,
    rows_total int not null check (rows_total >= 0),
    rows_created int not null default 0,
    rows_updated int not null default 0,
    rows_skipped int not null default 0,
    rows_rejected int not null default 0,
    rows_per_second real,
    failure_code text collate "C",
    failure_data jsonb,
    source_fingerprint text collate "C",
    epoch int not null default 0,
    owner text,
    lease_until timestamptz,
    crashes int not null default 0,
    -- Where the ids of its contacts begin and end, other contacts' among them; null = unknown.
    first_contact_id bigint,
    last_contact_id bigint,
    event_seq int not null default 0,
    idempotency_key text collate "C",
    created_by text not null,
    created_at timestamptz not null default now(),
    queued_at timestamptz,
    started_at timestamptz,
    finished_at timestamptz,
    constraint imports_ledger check (
      rows_created + rows_updated + rows_skipped + rows_rejected = next_row - first_row
      and next_row <= first_row + rows_total)
  )`,
  // Ids are taken while an import runs and at no other time. So the newest one when it starts and when it
  // stops bound those of its contacts, and a search in an import skips all others in an index.
  `create function note_contact_ids() returns trigger language plpgsql as $$
    declare
      newest bigint := (select last_value from contacts_id_seq);
    begin
      if new.status = 'running' then
        new.first_contact_id := coalesce(old.first_contact_id, newest);
        new.last_contact_id := null;
      elsif old.status = 'running' then
        new.last_contact_id := newest;
      end if;
      return new;
    end $$`,
  `create trigger imports_contact_ids before update of status on imports
    for each row execute function note_contact_ids()`,
  'create index imports_newest on imports (tenant_id, id desc)',
  `create index imports_queue on imports (status, queued_at)
    where status in ('queued', 'running', 'deleting')`,
  `create unique index imports_idempotency on imports (tenant_id, idempotency_key)
    where idempotency_key is not null`,
  // No foreign key to imports: the file is removed in batches while its import is being deleted.
  `create table file_chunks (
    tenant_id text collate "C" not null,
    import_id uuid not null,
    number int not null,
    bytes bytea not null,
    primary key (import_id, number)
  )`,
  // A workbook is deflated already: compressing it again only costs time.
  'alter table file_chunks alter column bytes set storage external',
  `create table row_issues (
    tenant_id text collate "C" not null,
    import_id uuid not null,
    row_number int not null,
    column_number int not null,
    field text collate "C" not null,
    code text collate "C" not null,
    value text not null,
    primary key (import_id, row_number, column_number)
  )`,
  `create table outbox (
    tenant_id text collate "C" not null,
    import_id uuid not null,
    seq int not null,
    position bigint not null,
    event text collate "C" not null,
    payload jsonb not null,
    created_at timestamptz not null default now(),
    published_at timestamptz,
    -- When and why the broker refused it for good; it is neither waiting nor published.
    parked_at timestamptz,
    parked_reason text,
    -- Whether it was published before and is wanted once more.
    again boolean not null default false,
    primary key (import_id, seq)
  )`,
  'create unique index outbox_positions on outbox (tenant_id, position)',
  `create index outbox_waiting on outbox (import_id, seq)
    where published_at is null and parked_at is null`,
  `create index outbox_settled on outbox ((coalesce(published_at, parked_at)))
    where coalesce(published_at, parked_at) is not null`,
  'create index outbox_parked on outbox (parked_at) where parked_at is not null',
  // The order of claims: tenants take turns, in each turn the one that waited longest for its last claim.
  // It counts across tenants, so it runs as the queue; callers learn a place and no other tenant's row.
  `create function queue_order()
    returns table (import_id uuid, queued_tenant text, tenant_running bigint, place bigint)
    language plpgsql as $$
    declare
      service text := coalesce(current_setting('app.service', true), '');
    begin
      perform set_config('app.service', 'queue', true);
      return query
        with running as (
          select i.tenant_id, count(*) as imports from imports i
          where i.status = 'running' group by i.tenant_id
        ), queued as (
          select i.id, i.tenant_id, i.queued_at, coalesce(r.imports, 0) as running,
            coalesce(r.imports, 0)
              + row_number() over (partition by i.tenant_id order by i.queued_at, i.id) as turn
          from imports i left join running r on r.tenant_id = i.tenant_id
          where i.status = 'queued'
        )
        select q.id, q.tenant_id, q.running, row_number() over (
          order by q.turn, t.last_claimed_at nulls first, q.queued_at, q.id)
        from queued q left join tenants t on t.tenant_id = q.tenant_id;
      perform set_config('app.service', service, true);
    end $$`,
]
