/** Cases and campaigns. Their keys carry the tenant, so that none can point into another one's data. */
export const createCases = [
  `create table cases (
    id bigint generated always as identity,
    tenant_id text collate "C" not null,
    contact_id bigint not null,
    import_id uuid not null,
    subject text not null,
    status text collate "C" not null default 'open' check (status in ('open', 'closed')),
    created_by text not null,
    created_at timestamptz not null default now(),
    closed_at timestamptz,
    primary key (tenant_id, id),
    foreign key (tenant_id, contact_id) references contacts (tenant_id, id) on delete cascade
  )`,
  'create index cases_contact on cases (tenant_id, contact_id, id)',
  'create index cases_import on cases (import_id, id)',
  `create table campaigns (
    id bigint generated always as identity,
    tenant_id text collate "C" not null,
    name text not null,
    created_by text not null,
    created_at timestamptz not null default now(),
    primary key (tenant_id, id),
    unique (tenant_id, name)
  )`,
  `create table campaign_contacts (
    tenant_id text collate "C" not null,
    campaign_id bigint not null,
    contact_id bigint not null,
    import_id uuid not null,
    primary key (tenant_id, campaign_id, contact_id),
    foreign key (tenant_id, campaign_id) references campaigns (tenant_id, id) on delete cascade
  )`,
  'create index campaign_contacts_import on campaign_contacts (import_id)',
]
