/** Owns the reading of a whole database, rows and schema, so that tests can compare two of them. */
import { Client, escapeIdentifier } from 'pg'

/** Of each table its columns and its rows, each row as the text of those columns. */
export type Contents = Map<string, { columns: string[]; rows: string[] }>

/** Every row of every table, sorted; with `like` just its tables and columns, or throws where one is missing. */
export async function readContents(adminUrl: string, like?: Contents): Promise<Contents> {
  const client = new Client({ connectionString: adminUrl })
  await client.connect()
  try {
    const tables = like
      ? [...like].map(([table, { columns }]) => ({ table, columns }))
      : await listTables(client)
    const contents: Contents = new Map()
    for (const { table, columns } of tables) {
      const list = columns.map(escapeIdentifier).join(', ')
      const { rows } = await client.query<{ row: string }>(
        `select row_to_json(r)::text as row from (select ${list} from ${escapeIdentifier(table)}) r
        order by row_to_json(r)::text collate "C"`,
      )
      contents.set(table, { columns, rows: rows.map(({ row }) => row) })
    }
    return contents
  } finally {
    await client.end()
  }
}

/** The applied migrations are no contents: every upgrade adds one. */
async function listTables(client: Client): Promise<{ table: string; columns: string[] }[]> {
  const { rows } = await client.query(
    `select c.relname as table, array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
      and c.relname <> 'schema_migrations'
    group by c.relname order by c.relname`,
  )
  return rows
}

/** Everything that the schema says, one sorted line each, in the words of PostgreSQL. */
export async function describeSchema(adminUrl: string): Promise<string[]> {
  const client = new Client({ connectionString: adminUrl })
  await client.connect()
  try {
    const { rows } = await client.query<{ line: string }>(schemaSql)
    return rows.map(({ line }) => line).sort()
  } finally {
    await client.end()
  }
}

const ofTable = `join pg_class c on c.oid = of.relation and c.relnamespace = 'public'::regnamespace
  and c.relkind = 'r'`

const schemaSql = `
  select format('%s.%s %s %s %s %s identity:%s generated:%s storage:%s', c.relname, a.attname,
      format_type(a.atttypid, a.atttypmod), case when a.attnotnull then 'not null' end,
      pg_get_expr(d.adbin, d.adrelid), o.collname, a.attidentity, a.attgenerated, a.attstorage) as line
    from (select attrelid as relation, * from pg_attribute
      where attnum > 0 and not attisdropped) of
    ${ofTable} join pg_attribute a on a.attrelid = of.attrelid and a.attnum = of.attnum
    left join pg_attrdef d on d.adrelid = a.attrelid and d.adnum = a.attnum
    left join pg_collation o on o.oid = a.attcollation
  union all
  -- since PostgreSQL 18 'not null' is a constraint, too; the columns tell it already
  select format('%s %s %s', c.relname, k.conname, pg_get_constraintdef(k.oid))
    from (select conrelid as relation, oid from pg_constraint where contype <> 'n') of
    ${ofTable} join pg_constraint k on k.oid = of.oid
  union all
  select pg_get_indexdef(of.indexrelid) || case when of.indisvalid then '' else ' invalid' end
    from (select indrelid as relation, * from pg_index) of ${ofTable}
  union all
  select format('%s %s %s %s using %s check %s', tablename, policyname, permissive, cmd, qual, with_check)
    from pg_policies where schemaname = 'public'
  union all
  select format('%s row security %s, forced %s', relname, relrowsecurity, relforcerowsecurity)
    from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
  union all
  select pg_get_functiondef(oid) from pg_proc where pronamespace = 'public'::regnamespace
  union all
  select pg_get_triggerdef(of.oid)
    from (select tgrelid as relation, oid from pg_trigger where not tgisinternal) of ${ofTable}`
