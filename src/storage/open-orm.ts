/** Opens the ORM over all tables that it maps. `wire.ts` opens one for requests and one for the engine. */
import { MikroORM } from '@mikro-orm/postgresql'
import { connectionMs, connectionsMax, connectionsPerTenant, engineConnections } from '../limits.ts'
import { CampaignEntity } from './contacts/campaign-entity.ts'
import { CaseEntity } from './contacts/case-entity.ts'
import { ImportEntity } from './imports/import-entity.ts'
import { RowIssueEntity } from './imports/row-issue-entity.ts'
import { TemplateEntity } from './imports/template-entity.ts'
import { ValidationIssueEntity } from './imports/validation-issue-entity.ts'
import { ConnectionShares, type ShareLimits } from './postgres/connection-shares.ts'
import { type Orm, type OrmOptions, ormOptions } from './postgres/orm.ts'

const entities = [
  ImportEntity,
  RowIssueEntity,
  ValidationIssueEntity,
  CaseEntity,
  CampaignEntity,
  TemplateEntity,
]

/** Connects on first use; the caller closes it. */
export function openOrm(
  databaseUrl: string,
  options: Omit<OrmOptions, 'entities'> = {},
): Promise<Orm> {
  return MikroORM.init(ormOptions(databaseUrl, { ...options, entities }))
}

/** The ORM of requests, which shares its connections between tenants. Connects on first use; the caller closes it. */
export async function openRequestOrm(
  databaseUrl: string,
  limits: ShareLimits = {
    connectionsMax,
    perTenantMax: connectionsPerTenant,
    waitMs: connectionMs,
  },
): Promise<Orm> {
  const orm = await openOrm(databaseUrl, { poolMax: limits.connectionsMax })
  return Object.assign(orm, { shares: new ConnectionShares(limits) })
}

/**
 * The ORM of the engine (claims, leases, steps of jobs, the relay, readiness, metrics), with connections that no request
 * can take. Connects on first use; the caller closes it.
 */
export function openEngineOrm(databaseUrl: string, jobsRunningMax: number): Promise<Orm> {
  return openOrm(databaseUrl, {
    poolMax: engineConnections + jobsRunningMax,
    applicationName: 'contact-import engine',
  })
}
