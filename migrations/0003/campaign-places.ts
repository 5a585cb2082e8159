/** Assignments as jobs, the places that each of them put in, and how many places a campaign has. */
const ofTenant = `tenant_id = nullif(current_setting('app.tenant', true), '')`

export const createCampaignPlaces = [
  // The assignment that put the place in; null: another way, such as a release before assignments were jobs.
  'alter table campaign_contacts add assignment_id bigint',
  // An import is assigned to a campaign once, however often that is asked for.
  `create unique index jobs_assignment on jobs (tenant_id, campaign_id, import_id)
    where kind = 'assignment'`,
  'create index jobs_campaign on jobs (tenant_id, campaign_id, id) where campaign_id is not null',
  // Places by import: those of an import that is being deleted do not count, from one moment to the next.
  `create table campaign_imports (
    tenant_id text collate "C" not null,
    campaign_id bigint not null,
    import_id uuid not null,
    contacts bigint not null,
    primary key (tenant_id, campaign_id, import_id),
    foreign key (tenant_id, campaign_id) references campaigns (tenant_id, id) on delete cascade
  )`,
  'create index campaign_imports_import on campaign_imports (tenant_id, import_id)',
  // Without force, the owner that migrates sees all tenants. The table is locked by this until the commit.
  'alter table campaign_contacts no force row level security',
  `insert into campaign_imports
    select tenant_id, campaign_id, import_id, count(*) from campaign_contacts group by 1, 2, 3`,
  'alter table campaign_contacts force row level security',
  'alter table campaign_imports enable row level security',
  'alter table campaign_imports force row level security',
  `create policy tenant_isolation on campaign_imports using (${ofTenant}) with check (${ofTenant})`,
  // Statements count, not rows: ten thousand places cost one change of a counter.
  `create function count_campaign_contacts() returns trigger language plpgsql as $$
    begin
      if tg_op = 'INSERT' then
        insert into campaign_imports as counted (tenant_id, campaign_id, import_id, contacts)
        select tenant_id, campaign_id, import_id, count(*) from changed group by 1, 2, 3 order by 1, 2, 3
        on conflict (tenant_id, campaign_id, import_id)
          do update set contacts = counted.contacts + excluded.contacts;
      else
        update campaign_imports counted set contacts = counted.contacts - gone.contacts
        from (select tenant_id, campaign_id, import_id, count(*) as contacts
          from changed group by 1, 2, 3) gone
        where counted.tenant_id = gone.tenant_id and counted.campaign_id = gone.campaign_id
          and counted.import_id = gone.import_id;
        delete from campaign_imports counted
        using (select distinct tenant_id, campaign_id, import_id from changed) gone
        where counted.tenant_id = gone.tenant_id and counted.campaign_id = gone.campaign_id
          and counted.import_id = gone.import_id and counted.contacts = 0;
      end if;
      return null;
    end $$`,
  `create trigger campaign_contacts_added after insert on campaign_contacts
    referencing new table as changed for each statement execute function count_campaign_contacts()`,
  `create trigger campaign_contacts_removed after delete on campaign_contacts
    referencing old table as changed for each statement execute function count_campaign_contacts()`,
  // A contact takes its places along. A foreign key would do it at the cost of a look-up for each new place.
  `create function remove_places_of_contacts() returns trigger language plpgsql as $$
    begin
      if exists (select from removed r join campaign_imports c
          on c.tenant_id = r.tenant_id and c.import_id = r.import_id) then
        -- One look-up for each contact and campaign, whatever the planner believes of the tables.
        delete from campaign_contacts where ctid = any(array(
          select place.ctid from removed r
          join campaign_imports c on c.tenant_id = r.tenant_id and c.import_id = r.import_id
          cross join lateral (
            select ctid from campaign_contacts p
            where p.tenant_id = r.tenant_id and p.campaign_id = c.campaign_id and p.contact_id = r.id
            offset 0) place));
      end if;
      return null;
    end $$`,
  `create trigger contacts_removed after delete on contacts
    referencing old table as removed for each statement execute function remove_places_of_contacts()`,
  // Jobs that sleep because their import stands still look again when it moves on.
  `create function wake_jobs_of_import() returns trigger language plpgsql as $$
    begin
      update jobs set due_at = clock_timestamp()
      where tenant_id = new.tenant_id and import_id = new.id and status = 'queued'
        and due_at > clock_timestamp();
      if found then
        perform pg_notify('contact_import_queue', '');
      end if;
      return null;
    end $$`,
  `create trigger imports_wake_jobs after update of status on imports for each row
    when (old.status is distinct from new.status) execute function wake_jobs_of_import()`,
]
