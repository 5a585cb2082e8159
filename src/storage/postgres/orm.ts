/** The ORM and its connection pool. It knows no table: `storage/open-orm.ts` gives it the entities. */

import { Migrator } from '@mikro-orm/migrations'
import {
  type EntityManager,
  LockMode,
  type MikroORM,
  type Options,
  UniqueConstraintViolationException,
} from '@mikro-orm/postgresql'
import { migrations } from '../../../migrations/index.ts'
import { connectionMs, connectionsMax, requestIdleMs, requestStatementMs } from '../../limits.ts'
import { BoundedClient, type BoundedClientConfig, boundedBy } from './bounded-client.ts'
import type { ConnectionShares } from './connection-shares.ts'
import { targetOf } from './database-target.ts'
import { releaseDeadConnections } from './dead-connections.ts'

/** The ORM. `shares` divides its connections between tenants; only the ORM of requests has them. */
export type Orm = MikroORM & { readonly shares?: ConnectionShares }
export type { EntityManager }
export { LockMode }

export interface OrmOptions {
  readonly entities?: NonNullable<Options['entities']>
  readonly poolMax?: number
  /** shown by pg_stat_activity */
  readonly applicationName?: string
  /** bounds and settings of each connection; when absent, those of requests */
  readonly client?: BoundedClientConfig
}

export const migrationsTable = 'schema_migrations'

/** Options shared by the service and the migrations. Connects on first use. */
export function ormOptions(databaseUrl: string, options: OrmOptions = {}): Options {
  return {
    dbName: targetOf(databaseUrl).address.database,
    entities: options.entities ?? [],
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    migrations: {
      migrationsList: migrations,
      tableName: migrationsTable,
      snapshot: false,
    },
    logger: () => {},
    pool: { min: 0, max: options.poolMax ?? connectionsMax },
    driverOptions: {
      connectionString: databaseUrl,
      connectionTimeoutMillis: connectionMs,
      Client: BoundedClient,
      ...(options.client ?? boundRequests()),
      application_name: options.applicationName ?? 'contact-import',
      onPoolCreated: releaseDeadConnections,
    },
    allowGlobalContext: false,
    forceUtcTimezone: true,
    ignoreUndefinedInQuery: true,
  }
}

function boundRequests(): BoundedClientConfig {
  return boundedBy({ statementMs: requestStatementMs, idleInTransactionMs: requestIdleMs })
}

/** Whether a flush failed because a unique index already holds the same key. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof UniqueConstraintViolationException
}
