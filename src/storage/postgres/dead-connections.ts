/**
 * Gives a connection that dies within a transaction back to the pool. The query builder releases a connection only
 * after a rollback that succeeded, and on a dead connection no rollback succeeds.
 */
import type pg from 'pg'

/** After so long the code that held the connection has met the error, and has released it if it ever will. */
const graceMs = 1_000

/** Releases each connection of the pool that ends and that its holder does not release within `graceMs`. */
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
    // The pool throws because the holder released the connection before: nothing is left to do.
  }
}
