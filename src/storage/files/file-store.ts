/** Keeps uploaded files until their import is deleted: the interface, and the driver that keeps them in PostgreSQL. */
import { createHash } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileChunkBytes } from '../../limits.ts'
import type { RunSql } from '../postgres/sql.ts'

export interface FileStore {
  /** Keeps the file at `path`, in the transaction of `sql` where the driver can. */
  put(sql: RunSql, file: StoredFile, path: string): Promise<void>
  /** Writes the file to `path`; gives the SHA-256 of what was written, in hexadecimal. */
  fetchTo(sql: RunSql, file: StoredFile, path: string): Promise<string>
  /** Keeps the same bytes for another import of the tenant, in the transaction of `sql` where the driver can. */
  copy(sql: RunSql, from: StoredFile, to: StoredFile): Promise<void>
  /** Removes a part of the file; gives true when nothing is left, so callers repeat it until then. */
  delete(sql: RunSql, file: StoredFile): Promise<boolean>
}

/** Names a driver as plain data, which a thread can receive. Only `wire.ts` chooses the driver. */
export interface FileStoreChoice {
  readonly driver: keyof typeof drivers
}

export interface StoredFile {
  readonly tenantId: string
  readonly importId: string
}

/** Chunks removed in one transaction. */
const chunksPerDeletion = 64
/** Chunks copied by one statement, so that none takes long. */
const chunksPerCopy = 16

/** Files as chunks of `fileChunkBytes` in `file_chunks`: safe with any number of replicas. */
export const postgresFileStore: FileStore = {
  async put(sql, { tenantId, importId }, path) {
    let number = 0
    for await (const bytes of createReadStream(path, { highWaterMark: fileChunkBytes })) {
      await sql(
        'insert into file_chunks (tenant_id, import_id, number, bytes) values ($1, $2, $3, $4)',
        [tenantId, importId, number, bytes],
      )
      number += 1
    }
  },

  async fetchTo(sql, file, path) {
    const hash = createHash('sha256')
    await pipeline(
      Readable.from(readChunks(sql, file)),
      async function* hashed(chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          hash.update(chunk)
          yield chunk
        }
      },
      createWriteStream(path, { mode: 0o600 }),
    )
    return hash.digest('hex')
  },

  async copy(sql, { tenantId, importId }, to) {
    let copied: unknown[]
    let number = 0
    do {
      copied = await sql(
        `insert into file_chunks (tenant_id, import_id, number, bytes)
        select tenant_id, $3, number, bytes from file_chunks
        where tenant_id = $1 and import_id = $2 and number >= $4 and number < $5 returning number`,
        [tenantId, importId, to.importId, number, number + chunksPerCopy],
      )
      number += chunksPerCopy
    } while (copied.length === chunksPerCopy)
  },

  async delete(sql, { tenantId, importId }) {
    const [left] = await sql<{ deleted: string }>(
      `with gone as (
        delete from file_chunks where tenant_id = $1 and import_id = $2 and number in (
          select number from file_chunks where tenant_id = $1 and import_id = $2
          order by number limit ${chunksPerDeletion})
        returning 1)
      select count(*) as deleted from gone`,
      [tenantId, importId],
    )
    return Number(left?.deleted) < chunksPerDeletion
  },
}

const drivers = { postgres: postgresFileStore } satisfies Record<string, FileStore>

/** The store of the chosen driver. It holds no connection of its own, so nobody closes it. */
export function openFileStore({ driver }: FileStoreChoice): FileStore {
  return drivers[driver]
}

async function* readChunks(
  sql: RunSql,
  { tenantId, importId }: StoredFile,
): AsyncGenerator<Buffer> {
  for (let number = 0; ; number += 1) {
    const [chunk] = await sql<{ bytes: Buffer }>(
      'select bytes from file_chunks where tenant_id = $1 and import_id = $2 and number = $3',
      [tenantId, importId, number],
    )
    if (!chunk) return
    yield chunk.bytes
  }
}
