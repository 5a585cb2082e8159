/** Jobs in steps: everything beside imports whose work grows with the size of a group. */
export const createJobs = [
  `create table jobs (
    tenant_id text collate "C" not null,
    id bigint generated always as identity,
    kind text collate "C" not null,
    import_id uuid,
    campaign_id bigint,
    status text collate "C" not null default 'queued' check (status in ('queued', 'running',
      'completed', 'failed')),
    -- How far it got, in the words of its kind.
    checkpoint jsonb not null default '{}',
    epoch int not null default 0,
    owner text,
    lease_until timestamptz,
    crashes int not null default 0,
    -- Steps in a row that ended in an error.
    faults int not null default 0,
    created_by text,
    created_at timestamptz not null default clock_timestamp(),
    -- Since when it waits for a worker; infinity: it sleeps until somebody wakes it.
    due_at timestamptz not null default clock_timestamp(),
    started_at timestamptz,
    finished_at timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, campaign_id) references campaigns (tenant_id, id) on delete cascade
  )`,
  `create index jobs_queued on jobs (tenant_id, due_at, id) where status = 'queued'`,
  `create index jobs_running on jobs (tenant_id, lease_until) where status = 'running'`,
  'create index jobs_import on jobs (tenant_id, import_id)',
  `create unique index jobs_deletion on jobs (tenant_id, import_id) where kind = 'deletion'`,
  // When each tenant last got a turn with a job of this table; `last_claimed_at` is that of its imports.
  'alter table tenants add last_job_at timestamptz',
  // Deletions that the release before this one had begun. The migration is no tenant: it sees them as queue.
  `select set_config('app.service', 'queue', true)`,
  `insert into jobs (tenant_id, kind, import_id)
    select tenant_id, 'deletion', id from imports where status = 'deleting'`,
  `select set_config('app.service', '', true)`,
  'alter table jobs enable row level security',
  'alter table jobs force row level security',
  `create policy tenant_isolation on jobs
    using (tenant_id = nullif(current_setting('app.tenant', true), ''))
    with check (tenant_id = nullif(current_setting('app.tenant', true), ''))`,
  `create policy service_queue on jobs
    using (nullif(current_setting('app.service', true), '') = 'queue')
    with check (nullif(current_setting('app.service', true), '') = 'queue')`,
]
