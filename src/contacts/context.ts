/** What the functions of this folder work with; made once by `wire.ts`. */
import type { Config } from '../config.ts'
import type { FieldCatalogues } from '../contracts/contact-fields.ts'
import type { Orm } from '../storage/postgres/orm.ts'

export interface ContactContext {
  readonly orm: Orm
  readonly fields: FieldCatalogues
  readonly config: Pick<Config, 'defaultRegion'>
}
