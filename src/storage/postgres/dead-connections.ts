/**
 * Gives a connection that dies within a transaction back to the pool. The query
 * builder releases it only after a rollback that succeeds, which on a dead connection none does.
 */
import type pg from 'pg'

/** By then the holder of the connection has met the error, and has released it if it ever will. */
const graceMs = 1_000

export function releaseDeadConnections(pool: pg.Pool): void {
  pool.on('connect', client => {
    client.on('end', () => {
      setTimeout(() => releaseOnce(client), graceMs)
    })
  })
}

function releaseOnce(client: pg.PoolClient): void {
  try {
    client.release(true)
  } catch {
    // It was released before, and the pool says so.
  }
}
