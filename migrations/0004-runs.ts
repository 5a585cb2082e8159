/**
 * Notes of runs: the findings of cells, which readings of the sheet an import was made by, and how large a batch
 * may begin.
 */
import { Migration } from '@mikro-orm/migrations'

export class Migration0004 extends Migration {
  override up(): void {
    // batch_rows: rows of the first batch of the next run; null = unknown. slow_tries: runs since the last
    // committed batch in which PostgreSQL did not take one row within the lease. readings: from which row on
    // which version of the reading was at work.
    this.addSql(`alter table imports add column batch_rows int check (batch_rows > 0),
      add column slow_tries int not null default 0,
      add column readings jsonb not null default '[]',
      add column findings_repaired int not null default 0,
      add column findings_noted int not null default 0,
      add column findings_blanked int not null default 0`)
    // Imports of before went on under one reading alone. Row-level security binds migrations, too.
    this.addSql(`select set_config('app.service', 'queue', true)`)
    this.addSql(`update imports set readings = jsonb_build_array(
        jsonb_build_object('version', ${readingOfBefore}, 'fromRow', first_row))
      where next_row > first_row`)
    this.addSql(`select set_config('app.service', '', true)`)
    this.addSql(`alter table row_issues add column outcome text collate "C" not null
      default 'rejected' check (outcome in ('blanked', 'rejected'))`)
    for (const statement of createFindings) this.addSql(statement)
  }
}

const readingOfBefore = 2

const createFindings = [
  // run: whose reading it was, the import's own or one that only judges rows. A column of 0 and an empty field
  // stand for rows as a whole.
  `create table findings (
    tenant_id text collate "C" not null,
    import_id uuid not null,
    run text collate "C" not null default 'import',
    column_number int not null,
    field text collate "C" not null,
    code text collate "C" not null,
    outcome text collate "C" not null check (outcome in ('repaired', 'noted', 'blanked', 'rejected')),
    count bigint not null check (count > 0),
    cells jsonb not null,
    primary key (tenant_id, import_id, run, column_number, field, code, outcome)
  )`,
  // The refused cells of before, as if they had been counted when they came. The migration is no tenant: for
  // this moment the owner of the tables is not bound.
  'alter table row_issues no force row level security',
  `insert into findings (tenant_id, import_id, column_number, field, code, outcome, count, cells)
    select tenant_id, import_id, column_number, field, code, 'rejected', count(*),
      jsonb_agg(jsonb_build_object('row', row_number, 'cell', ${letters('column_number')} || row_number,
        'value', value, 'result', null) order by row_number) filter (where turn <= 20)
    from (select *, row_number() over (partition by tenant_id, import_id, column_number, field, code
      order by row_number) as turn from row_issues) counted
    group by tenant_id, import_id, column_number, field, code`,
  'alter table row_issues force row level security',
  'alter table findings enable row level security',
  'alter table findings force row level security',
  `create policy tenant_isolation on findings
    using (tenant_id = nullif(current_setting('app.tenant', true), ''))
    with check (tenant_id = nullif(current_setting('app.tenant', true), ''))`,
]

/** The letters of a column up to `XFD`. */
function letters(column: string): string {
  const letter = (number: string) => `chr(65 + ${number})`
  return `case when ${column} <= 26 then ${letter(`${column} - 1`)}
    when ${column} <= 702 then ${letter(`(${column} - 27) / 26`)} || ${letter(`(${column} - 27) % 26`)}
    else ${letter(`(${column} - 703) / 676`)} || ${letter(`(${column} - 703) / 26 % 26`)}
      || ${letter(`(${column} - 703) % 26`)} end`
}
