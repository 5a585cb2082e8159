/**
 * The fields of each tenant: the built-in ones and those that it made. They are held for a while, as nearly every
 * request asks for them; PostgreSQL tells every process whose fields were changed.
 */
import type { FieldCatalogue, FieldCatalogues } from '../contracts/contact-fields.ts'
import { customFieldsFreshMs, customFieldTenantsHeld } from '../limits.ts'
import { toContactField } from '../mapping/custom-fields.ts'
import { catalogueOf } from '../mapping/field-catalogue.ts'
import { customFieldChannel, readCustomFields } from '../storage/contacts/custom-fields.ts'
import type { Notifications } from '../storage/postgres/notifications.ts'
import type { Orm } from '../storage/postgres/orm.ts'
import { sqlOf } from '../storage/postgres/orm-sql.ts'
import { inTenant } from '../storage/postgres/tenant-session.ts'

interface Held {
  readonly catalogue: Promise<FieldCatalogue>
  /** by the clock of `performance.now()` */
  readonly until: number
}

export class TenantCatalogues implements FieldCatalogues {
  readonly builtIn: FieldCatalogue
  readonly #orm: Orm
  /** Those asked for last stand at the end. */
  readonly #held = new Map<string, Held>()

  constructor(builtIn: FieldCatalogue, orm: Orm, notifications: Notifications) {
    this.builtIn = builtIn
    this.#orm = orm
    notifications.on(customFieldChannel, tenantId => {
      // Nobody knows what was missed while the connection was away.
      if (tenantId === '') this.#held.clear()
      else this.forget(tenantId)
    })
  }

  of(tenantId: string): Promise<FieldCatalogue> {
    const held = this.#held.get(tenantId)
    if (held && performance.now() < held.until) return held.catalogue
    const catalogue = this.#read(tenantId)
    // Held from now on, so that a change made while it is read is not held back.
    this.#hold(tenantId, catalogue)
    return catalogue
  }

  forget(tenantId: string): void {
    this.#held.delete(tenantId)
  }

  #hold(tenantId: string, catalogue: Promise<FieldCatalogue>): void {
    this.#held.delete(tenantId)
    const entry = { catalogue, until: performance.now() + customFieldsFreshMs }
    this.#held.set(tenantId, entry)
    const [oldest] = this.#held.keys()
    if (this.#held.size > customFieldTenantsHeld) this.#held.delete(oldest!)
    catalogue.catch(() => {
      if (this.#held.get(tenantId) === entry) this.#held.delete(tenantId)
    })
  }

  async #read(tenantId: string): Promise<FieldCatalogue> {
    const own = await inTenant(this.#orm, tenantId, em => readCustomFields(sqlOf(em), tenantId))
    if (own.length === 0) return this.builtIn
    return catalogueOf([...this.builtIn.fields, ...own.map(toContactField)])
  }
}
