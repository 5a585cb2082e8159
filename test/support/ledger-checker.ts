/**
 * Owns the question whether every row became a contact exactly once: plain SQL on the tables as the superuser
 * sees them. It imports nothing of the product, and knows of it only names of tables and columns.
 */
import { Client } from 'pg'

/** Notes every committed change of an import from now on, in the order of its commits. */
export async function installAudit(adminUrl: string): Promise<void> {
  await onClient(adminUrl, client => client.query(auditSql))
}

/** Every fault found in the database, one line each; none is what a test wants. */
export function findFaults(adminUrl: string): Promise<string[]> {
  return onClient(adminUrl, async client => {
    const found: string[] = []
    const { rows: audit } = await client.query(`select to_regclass('audit.changes') as there`)
    for (const [name, sql] of Object.entries({
      ...stateChecks,
      ...eventChecks,
      ...(audit[0].there === null ? {} : auditChecks),
    })) {
      const { rows } = await client.query(sql)
      for (const row of rows.slice(0, 3)) found.push(`${name}: ${JSON.stringify(row)}`)
    }
    return found
  })
}

/**
 * Where an import differs from a reference run of the same file and mapping, as far as it got: row numbers,
 * contents, rejected cells, counters.
 */
export function findDifferences(
  adminUrl: string,
  importId: string,
  referenceId: string,
): Promise<string[]> {
  return onClient(adminUrl, async client => {
    const found: string[] = []
    for (const [name, sql] of Object.entries(referenceChecks)) {
      const { rows } = await client.query(sql, [importId, referenceId])
      for (const row of rows.slice(0, 3)) found.push(`${name}: ${JSON.stringify(row)}`)
    }
    return found
  })
}

async function onClient<T>(url: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

const auditSql = `
  create schema audit;
  create table audit.changes (
    id bigint generated always as identity primary key,
    import_id uuid not null, change text not null, status text not null,
    epoch int not null, owner text, next_row int not null, at timestamptz not null);
  create function audit.note() returns trigger language plpgsql security definer as $$
  declare
    it imports := coalesce(new, old);
  begin
    insert into audit.changes (import_id, change, status, epoch, owner, next_row, at)
    values (it.id, tg_op, it.status, it.epoch, it.owner, it.next_row, clock_timestamp());
    return null;
  end $$;
  create trigger note after insert or update or delete on imports
    for each row execute function audit.note();`

/** Each selects the rows that must not be. */
const stateChecks = {
  'rows_created is not the number of contacts': `
    select i.id, i.status, i.rows_created, count(c.id)::int as contacts
    from imports i left join contacts c on c.import_id = i.id
    where i.status <> 'deleting' and i.kind = 'import'
    group by i.tenant_id, i.id having i.rows_created <> count(c.id)`,
  'a correction counts otherwise than its rows became': `
    select i.id, i.status, i.rows_created, i.rows_updated, r.created, r.updated
    from imports i cross join lateral (
      select count(*) filter (where outcome = 'created')::int as created,
        count(*) filter (where outcome = 'updated')::int as updated
      from correction_rows r where r.import_id = i.id) r
    where i.status <> 'deleting' and i.kind = 'correction'
      and (i.rows_created, i.rows_updated) <> (r.created, r.updated)`,
  'a row of a correction that created a contact created none': `
    select r.import_id, r.row_number, r.original_row from correction_rows r
    join imports i on i.id = r.import_id and i.status <> 'deleting'
    where r.outcome = 'created' and not exists (
      select from contacts c where c.import_id = i.corrects and c.row_number = r.original_row)`,
  'a row was repaired that no contact has': `
    select r.import_id, r.row_number from row_repairs r
    join imports i on i.id = r.import_id and i.status <> 'deleting'
    where not exists (
      select from contacts c where c.import_id = r.import_id and c.row_number = r.row_number)`,
  'rows_rejected is not the number of rows with issues that are no contacts': `
    select i.id, i.rows_rejected, count(distinct r.row_number)::int as rejected
    from imports i left join row_issues r on r.import_id = i.id and (i.kind = 'import' or r.outcome = 'rejected')
      and not exists (select from contacts c where c.import_id = i.id and c.row_number = r.row_number)
    where i.status <> 'deleting' group by i.tenant_id, i.id having i.rows_rejected <> count(distinct r.row_number)`,
  'cells are counted otherwise than they are listed': `
    select i.id, i.findings_repaired, i.findings_noted, i.findings_blanked, f.*, r.issues
    from imports i cross join lateral (
      select coalesce(sum(count) filter (where outcome = 'repaired'), 0) as repaired,
        coalesce(sum(count) filter (where outcome = 'noted'), 0) as noted,
        coalesce(sum(count) filter (where outcome = 'blanked'), 0) as blanked,
        coalesce(sum(count) filter (where outcome = 'rejected'), 0) as rejected
      from findings f where f.import_id = i.id and f.run = 'import') f
    cross join lateral (
      select count(*) as issues, count(*) filter (where outcome = 'blanked') as blanked
      from row_issues r where r.import_id = i.id) r
    where i.status <> 'deleting' and ((i.findings_repaired, i.findings_noted, i.findings_blanked, r.blanked, r.issues)
      <> (f.repaired, f.noted, f.blanked, f.blanked, f.blanked + f.rejected))`,
  'a cell is an example of a row that was not reached, or an example is missing': `
    select f.import_id, f.code, f.count, f.cells from findings f join imports i on i.id = f.import_id
    where f.run = 'import' and (jsonb_array_length(f.cells) <> least(f.count, 20)
      or exists (select from jsonb_array_elements(f.cells) c where (c->>'row')::int >= i.next_row))`,
  'a row number is outside of what was done': `
    select c.import_id, c.row_number from contacts c join imports i on i.id = c.import_id
    where c.row_number < i.first_row or c.row_number >= i.next_row
    union all
    select r.import_id, r.row_number from row_issues r join imports i on i.id = r.import_id
    where r.row_number < i.first_row or r.row_number >= i.next_row`,
  'the batches of an import leave rows out, or overlap': `
    select * from (
      select b.import_id, b.first_row, b.next_row,
        lag(b.next_row) over (partition by b.import_id order by b.first_row) as behind_last
      from import_batches b) b
    where first_row <> behind_last`,
  'the last batch is not the last that was counted': `
    select i.id, i.next_row, max(b.next_row) from imports i join import_batches b on b.import_id = i.id
    group by i.tenant_id, i.id having i.next_row <> max(b.next_row)`,
  'a row that was skipped is a contact or has a refused cell': `
    select b.import_id, found.row_number from import_batches b cross join lateral (
      select row_number from contacts c where c.import_id = b.import_id
      union all select row_number from row_issues r where r.import_id = b.import_id) found
    where b.skipped @> found.row_number`,
  'a row of a batch is neither a contact nor rejected nor skipped': `
    select b.import_id, r as row from import_batches b
      join imports i on i.id = b.import_id and i.status <> 'deleting'
      cross join lateral generate_series(b.first_row, b.next_row - 1) r
    where not b.skipped @> r
      and not exists (select from contacts c where c.import_id = b.import_id and c.row_number = r)
      and not exists (
        select from row_issues q where q.import_id = b.import_id and q.row_number = r and q.outcome = 'rejected')
      and not exists (select from correction_rows w where w.import_id = b.import_id and w.row_number = r)`,
  'a row is there twice': `
    select import_id, row_number, count(*)::int from contacts
    group by import_id, row_number having count(*) > 1`,
  'the ledger does not add up': `
    select id, status from imports
    where rows_created + rows_updated + rows_skipped + rows_rejected <> next_row - first_row
      or next_row > first_row + rows_total
      or (status = 'completed' and next_row <> first_row + rows_total)`,
  'something is left of an import that is gone': `
    select distinct 'contacts' as kind, import_id from contacts where import_id not in (select id from imports)
    union all
    select distinct 'row_issues', import_id from row_issues where import_id not in (select id from imports)
    union all
    select distinct 'findings', import_id from findings where import_id not in (select id from imports)
    union all
    select distinct 'row_repairs', import_id from row_repairs where import_id not in (select id from imports)
    union all
    select distinct 'correction_rows', import_id from correction_rows where import_id not in (select id from imports)
    union all
    select distinct 'import_batches', import_id from import_batches where import_id not in (select id from imports)
    union all
    select distinct 'validations', import_id from validations where import_id not in (select id from imports)
    union all
    select distinct 'validation_issues', import_id from validation_issues where import_id not in (select id from imports)
    union all
    select distinct 'file_chunks', import_id from file_chunks where import_id not in (select id from imports)`,
  'a campaign counts otherwise than it has places': `
    select campaign_id, import_id, coalesce(counted.contacts, 0) as counted, coalesce(real.places, 0) as places
    from campaign_imports counted full join (
      select campaign_id, import_id, count(*) as places from campaign_contacts group by 1, 2) real
      using (campaign_id, import_id)
    where coalesce(counted.contacts, 0) <> coalesce(real.places, 0)`,
  'a place is that of a contact which is not there': `
    select p.campaign_id, p.contact_id from campaign_contacts p
    left join contacts c on c.id = p.contact_id and c.import_id = p.import_id where c.id is null`,
  'an assignment that is completed holds not all contacts of its import': `
    select j.id, j.checkpoint, i.rows_created from jobs j join imports i on i.id = j.import_id
    where j.kind = 'assignment' and j.status = 'completed' and i.status = 'completed'
      and (select count(*) from campaign_contacts p
        where p.campaign_id = j.campaign_id and p.import_id = j.import_id) <> i.rows_created`,
  'a claim is held by a job that does not run': `
    select id, status, owner from jobs
    where status <> 'running' and (owner is not null or lease_until is not null)`,
  'a row belongs to another tenant than its import': `
    select i.id, c.tenant_id from imports i join contacts c on c.import_id = i.id
    where c.tenant_id <> i.tenant_id
    union all
    select i.id, o.tenant_id from imports i join outbox o on o.import_id = i.id
    where o.tenant_id <> i.tenant_id`,
  'cells of a validation are counted otherwise than they are listed': `
    select v.import_id, v.findings_repaired, v.findings_noted, v.findings_blanked, f.*, r.issues
    from validations v cross join lateral (
      select coalesce(sum(count) filter (where outcome = 'repaired'), 0) as repaired,
        coalesce(sum(count) filter (where outcome = 'noted'), 0) as noted,
        coalesce(sum(count) filter (where outcome = 'blanked'), 0) as blanked,
        coalesce(sum(count) filter (where outcome = 'rejected'), 0) as rejected
      from findings f where f.import_id = v.import_id and f.run = 'validation') f
    cross join lateral (
      select count(*) as issues, count(*) filter (where outcome = 'blanked') as blanked
      from validation_issues r where r.import_id = v.import_id and r.attempt = v.attempt) r
    where exists (select from imports i where i.id = v.import_id and i.status <> 'deleting')
      and (v.findings_repaired, v.findings_noted, v.findings_blanked, r.blanked, r.issues)
        <> (f.repaired, f.noted, f.blanked, f.blanked, f.blanked + f.rejected)`,
  'a cell that a validation refused is in a row that it did not reach, or of an attempt to come': `
    select r.import_id, r.row_number from validation_issues r join validations v on v.import_id = r.import_id
    where r.attempt > v.attempt
      or r.attempt = v.attempt and (r.row_number < v.first_row or r.row_number >= v.next_row)`,
  'a validation is under way beside its import, or tries another mapping than the import has': `
    select i.id, i.status, v.status from validations v join imports i on i.id = v.import_id
    where v.status in ('queued', 'running')
      and (i.status <> 'mapped' or v.mapping is distinct from i.mapping)`,
  'a validation is completed and rows remain': `
    select import_id from validations
    where status = 'completed' and next_row <> first_row + rows_total`,
  'a claim is held by a validation that does not run': `
    select import_id, status, owner from validations
    where status <> 'running' and (owner is not null or lease_until is not null)`,
  'a claim is held by an import that does not run': `
    select id, status, owner from imports
    where status <> 'running' and (owner is not null or lease_until is not null)`,
}

const ending = `('completed', 'failed', 'cancelled')`

/** Events that tell a state of the import itself. */
const ofStates = `event not in ('renamed', 'assigned', 'corrected') and event not like 'validation-%'`

const eventChecks = {
  'the events of an import have a gap': `
    select import_id, count(*)::int, max(seq) from outbox
    group by import_id having count(*) <> max(seq) or min(seq) <> 1`,
  'the last event is not the last that was counted': `
    select i.id, i.event_seq, max(o.seq) from imports i join outbox o on o.import_id = i.id
    group by i.tenant_id, i.id having i.event_seq <> max(o.seq)`,
  'an event follows the end of an import without a new start': `
    select * from (
      select import_id, seq, event, lag(event) over (partition by import_id order by seq) as before
      from outbox where ${ofStates}) e
    where e.before in ${ending} and e.event not in ('queued', 'deleting', 'deleted')`,
  'the last event does not tell the state': `
    select * from (
      select distinct on (i.id) i.id, i.status, o.event from imports i
      join outbox o on o.import_id = i.id where ${ofStates}
      order by i.id, o.seq desc) e
    where status <> 'deleting'
      and status <> case event when 'started' then 'running' when 'progress' then 'running'
        else event end`,
  'the last event of a validation does not tell its state': `
    select * from (
      select distinct on (v.import_id) v.import_id, v.status, o.event from validations v
      join outbox o on o.import_id = v.import_id and o.event like 'validation-%'
      order by v.import_id, o.seq desc) e
    where status <> 'queued' and status <> case event when 'validation-started' then 'running'
      when 'validation-progress' then 'running' else substr(event, 12) end`,
  'an event counts fewer rows than one before it': `
    select * from (
      select import_id, seq, (payload->'rows'->>'processed')::int as processed,
        lag((payload->'rows'->>'processed')::int) over (partition by import_id order by seq) as before
      from outbox) e
    where processed < before`,
  'the ledger of an event does not add up': `
    select import_id, seq, payload->'rows' as rows from outbox
    where (payload->'rows'->>'total')::int <> (payload->'rows'->>'created')::int
      + (payload->'rows'->>'updated')::int + (payload->'rows'->>'skipped')::int
      + (payload->'rows'->>'rejected')::int + (payload->'rows'->>'remaining')::int`,
}

const auditChecks = {
  'an epoch fell, or a row was counted back': `
    select * from (
      select import_id, status, epoch, next_row,
        lag(epoch) over w as epoch_before, lag(next_row) over w as row_before
      from audit.changes window w as (partition by import_id order by id)) c
    where epoch < epoch_before or (status not in ('uploaded', 'mapped') and next_row < row_before)`,
  'a claim did not raise the epoch': `
    select * from (
      select import_id, status, epoch, owner, lag(epoch) over w as epoch_before,
        lag(owner) over w as owner_before
      from audit.changes window w as (partition by import_id order by id)) c
    where owner is not null and owner is distinct from owner_before and epoch <= epoch_before`,
  'rows were counted outside of a claim': `
    select * from (
      select import_id, status, epoch, next_row, lag(next_row) over w as row_before,
        lag(epoch) over w as epoch_before
      from audit.changes window w as (partition by import_id order by id)) c
    where status <> 'mapped' and next_row <> row_before and (status <> 'running' or epoch <> epoch_before)`,
  'a move is none of the life of an import': `
    select * from (
      select import_id, change, status, lag(status) over w as before
      from audit.changes window w as (partition by import_id order by id)) c
    where status <> before and (before, status) not in (
      ('uploaded', 'mapped'), ('mapped', 'queued'), ('queued', 'running'), ('queued', 'cancelled'),
      ('running', 'completed'), ('running', 'failed'), ('running', 'cancelled'),
      ('cancelled', 'queued'), ('failed', 'queued'), ('uploaded', 'deleting'), ('mapped', 'deleting'),
      ('queued', 'deleting'), ('running', 'deleting'), ('completed', 'deleting'),
      ('failed', 'deleting'), ('cancelled', 'deleting'))`,
}

const contents = (parameter: string) => `
  select row_number, md5((to_jsonb(c) - array['id', 'import_id', 'tenant_id', 'created_at'])::text) as content
  from contacts c where import_id = ${parameter} and row_number < (select next_row from imports where id = $1)`

const issues = (parameter: string) => `
  select row_number, column_number, field, code, outcome, value
  from row_issues where import_id = ${parameter} and row_number < (select next_row from imports where id = $1)`

/** None of an import that did not get to its end: the others count more rows. */
const findings = (parameter: string) => `
  select column_number, field, code, outcome, count, cells from findings
  where import_id = ${parameter} and run = 'import' and (select status from imports where id = $1) = 'completed'`

const referenceChecks = {
  'contacts differ from the reference': `
    (${contents('$1')} except ${contents('$2')}) union all (${contents('$2')} except ${contents('$1')})`,
  'row issues differ from the reference': `
    (${issues('$1')} except ${issues('$2')}) union all (${issues('$2')} except ${issues('$1')})`,
  'findings of a completed import differ from the reference': `
    (${findings('$1')} except ${findings('$2')}) union all (${findings('$2')} except ${findings('$1')})`,
  'a completed import counted otherwise than the reference': `
    select i.rows_created, i.rows_skipped, i.rows_rejected from imports i, imports r
    where i.id = $1 and r.id = $2 and i.status = 'completed'
      and (i.rows_created, i.rows_skipped, i.rows_rejected, i.rows_total)
        <> (r.rows_created, r.rows_skipped, r.rows_rejected, r.rows_total)`,
}
