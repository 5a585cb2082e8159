/** The floor: one COPY of the same rows as clean text into the same table, as `\copy` of psql does it. */
import { createReadStream, createWriteStream } from 'node:fs'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'

const columns = `tenant_id, import_id, row_number, first_name, last_name, company_name, phone, phone2,
  email, street, postal_code, city, birth_date, external_id, notes`

/** Writes the imported contacts to `path`, in the order of their rows. */
export function copyOut(adminUrl: string, path: string): Promise<void> {
  return withClient(adminUrl, async client => {
    const rows = client.query(
      copyTo(`copy (select ${columns} from contacts order by import_id, row_number) to stdout`),
    )
    await pipeline(rows, createWriteStream(path))
  })
}

/** Copies the file into `contacts` in one transaction; gives its seconds. */
export function copyIn(adminUrl: string, path: string): Promise<number> {
  return withClient(adminUrl, async client => {
    const begin = performance.now()
    await pipeline(
      createReadStream(path, { highWaterMark: 64 * 1024 }),
      client.query(copyFrom(`copy contacts (${columns}) from stdin`)),
    )
    return (performance.now() - begin) / 1000
  })
}

/** An empty table, its statistics and its write-ahead log behind it, so that each run begins alike. */
export function emptyContacts(adminUrl: string): Promise<void> {
  return withClient(adminUrl, async client => {
    await client.query('truncate contacts, cases, campaign_contacts restart identity')
    await client.query('vacuum analyze contacts')
    await client.query('checkpoint')
  })
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
