/** The ordered list of migrations: forward only, never changed once released. */
import { Migration0001 } from './0001-imports-and-contacts.ts'
import { Migration0002 } from './0002-keys-begin-with-the-tenant.ts'
import { Migration0003 } from './0003-jobs.ts'
import { Migration0004 } from './0004-runs.ts'
import { Migration0005 } from './0005-actors-and-ages-of-events.ts'
import { Migration0006 } from './0006-places-in-the-queue.ts'
import { Migration0007 } from './0007-more-contact-fields.ts'
import { Migration0008 } from './0008-mapping-templates.ts'
import { Migration0009 } from './0009-copied-imports.ts'
import { Migration0010 } from './0010-custom-fields.ts'
import { Migration0011 } from './0011-batches.ts'
import { Migration0012 } from './0012-validations.ts'
import { Migration0013 } from './0013-discarded-rows.ts'
import { Migration0014 } from './0014-corrections.ts'

export const migrations = [
  { name: '0001-imports-and-contacts', class: Migration0001 },
  { name: '0002-keys-begin-with-the-tenant', class: Migration0002 },
  { name: '0003-jobs', class: Migration0003 },
  { name: '0004-runs', class: Migration0004 },
  { name: '0005-actors-and-ages-of-events', class: Migration0005 },
  { name: '0006-places-in-the-queue', class: Migration0006 },
  { name: '0007-more-contact-fields', class: Migration0007 },
  { name: '0008-mapping-templates', class: Migration0008 },
  { name: '0009-copied-imports', class: Migration0009 },
  { name: '0010-custom-fields', class: Migration0010 },
  { name: '0011-batches', class: Migration0011 },
  { name: '0012-validations', class: Migration0012 },
  { name: '0013-discarded-rows', class: Migration0013 },
  { name: '0014-corrections', class: Migration0014 },
]
