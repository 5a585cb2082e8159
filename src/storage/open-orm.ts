/** Opens the ORM over all tables that it maps: once in a process, by `wire.ts`. */
import { MikroORM } from '@mikro-orm/postgresql'
import { CampaignEntity } from './contacts/campaign-entity.ts'
import { CaseEntity } from './contacts/case-entity.ts'
import { ImportEntity } from './imports/import-entity.ts'
import { RowIssueEntity } from './imports/row-issue-entity.ts'
import { type Orm, type OrmOptions, ormOptions } from './postgres/orm.ts'

const entities = [ImportEntity, RowIssueEntity, CaseEntity, CampaignEntity]

/** Connects on first use; whoever opens it closes it. */
export function openOrm(
  databaseUrl: string,
  options: Omit<OrmOptions, 'entities'> = {},
): Promise<Orm> {
  return MikroORM.init(ormOptions(databaseUrl, { ...options, entities }))
}
