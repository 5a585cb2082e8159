/** The ordered list of migrations: forward only, never changed once released. */
import { Migration0001 } from './0001-imports-and-contacts.ts'

export const migrations = [{ name: '0001-imports-and-contacts', class: Migration0001 }]
