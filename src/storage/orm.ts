/** The ORM and its connection pool: opened once, by `wire.ts`. */

import { Migrator } from '@mikro-orm/migrations'
import {
  type EntityManager,
  LockMode,
  MikroORM,
  type Options,
  UniqueConstraintViolationException,
} from '@mikro-orm/postgresql'
import { migrations } from '../../migrations/index.ts'
import { connectionMs, connectionsMax, requestIdleMs, requestStatementMs } from '../limits.ts'
import { BoundedClient, boundedBy } from './bounded-client.ts'
import { releaseDeadConnections } from './dead-connections.ts'
import { CampaignEntity } from './entities/campaign.ts'
import { CaseEntity } from './entities/case.ts'
import { ImportEntity } from './entities/import.ts'
import { RowIssueEntity } from './entities/row-issue.ts'

export type Orm = MikroORM
export type { EntityManager }
export { LockMode }

export interface OrmOptions {
  readonly poolMax?: number
  /** shown by pg_stat_activity */
  readonly applicationName?: string
}

export const migrationsTable = 'schema_migrations'

/** Options shared by the service and the migrations. Connects on first use. */
export function ormOptions(databaseUrl: string, options: OrmOptions = {}): Options {
  return {
    clientUrl: databaseUrl,
    entities: [ImportEntity, RowIssueEntity, CaseEntity, CampaignEntity],
    extensions: [Migrator],
    migrations: {
      migrationsList: migrations,
      tableName: migrationsTable,
      snapshot: false,
    },
    logger: () => {},
    pool: { min: 0, max: options.poolMax ?? connectionsMax },
    driverOptions: {
      connectionTimeoutMillis: connectionMs,
      Client: BoundedClient,
      ...boundedBy({
        statementMs: requestStatementMs,
        idleInTransactionMs: requestIdleMs,
      }),
      application_name: options.applicationName ?? 'contact-import',
      onPoolCreated: releaseDeadConnections,
    },
    allowGlobalContext: false,
    forceUtcTimezone: true,
    ignoreUndefinedInQuery: true,
  }
}

export function openOrm(databaseUrl: string, options?: OrmOptions): Promise<Orm> {
  return MikroORM.init(ormOptions(databaseUrl, options))
}

/** Whether a flush failed because a unique index holds the same key already. */
export function isUniqueViolation(error: unknown): boolean {
  return error instanceof UniqueConstraintViolationException
}
