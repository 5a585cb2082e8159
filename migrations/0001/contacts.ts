/** Contacts: few indexes, as each one is paid for by every row of every import. */
export const createContacts = [
  // No foreign key to imports: the fence of the batch writer guarantees the import, at no cost a row.
  `create table contacts (
    id bigint generated always as identity,
    tenant_id text collate "C" not null,
    import_id uuid not null,
    row_number int not null,
    first_name text,
    last_name text,
    company_name text,
    position text,
    phone text collate "C",
    phone2 text collate "C",
    phone3 text collate "C",
    email text,
    email2 text,
    street text,
    postal_code text collate "C",
    city text,
    country text,
    tax_id text collate "C",
    national_id text collate "C",
    birth_date date,
    gender text collate "C",
    external_id text collate "C",
    notes text,
    custom jsonb not null default '{}',
    created_at timestamptz not null default now(),
    last_name_key text collate "C" generated always as (lower(last_name)) stored,
    company_name_key text collate "C" generated always as (lower(company_name)) stored,
    email_key text collate "C" generated always as (lower(email)) stored,
    primary key (tenant_id, id)
  )`,
  // A row of a sheet becomes a contact once: the last guard behind the fence, and the order of a group.
  'create unique index contacts_rows on contacts (import_id, row_number)',
  // Search keys are columns of their own: behind row-level security an index on lower(…) is never used,
  // because a function that is not leakproof must not see a row before its tenant is checked.
  `create index contacts_last_name on contacts (tenant_id, last_name_key, id)
    where last_name_key is not null`,
  `create index contacts_company_name on contacts (tenant_id, company_name_key, id)
    where company_name_key is not null`,
  `create index contacts_email on contacts (tenant_id, email_key, id) where email_key is not null`,
  'create index contacts_phone on contacts (tenant_id, phone, id) where phone is not null',
]
