/** What the functions of this folder work with; made once by `wire.ts`. */
import type { Logger } from 'pino'
import type { Config } from '../config.ts'
import type { FieldCatalogues } from '../contracts/contact-fields.ts'
import type { FileStore } from '../storage/files/file-store.ts'
import type { Notifications } from '../storage/postgres/notifications.ts'
import type { Orm } from '../storage/postgres/orm.ts'
import type { Scratch } from './scratch.ts'

export interface ImportContext {
  readonly orm: Orm
  readonly fields: FieldCatalogues
  readonly files: FileStore
  readonly notifications: Notifications
  readonly scratch: Scratch
  readonly config: Config
  readonly log: Logger
}
