/**
 * More fields of contacts, and the index by which a full name is found. Columns without a default cost a filled table
 * nothing; the index is built beside a service at work.
 */
import { Migration } from '@mikro-orm/migrations'
import { buildMissing } from './concurrently.ts'

const indexes = [
  {
    name: 'contacts_full_name',
    on: 'contacts (tenant_id, full_name_key, id) where full_name_key is not null',
  },
]

export class Migration0007 extends Migration {
  override isTransactional(): boolean {
    return false
  }

  override async up(): Promise<void> {
    const building = await buildMissing(this, indexes)
    // The key is written with its contact: a generated column would have the whole table written anew.
    const columns = [
      'full_name text',
      'full_name_key text collate "C"',
      'title text',
      'email3 text',
      'house_number text collate "C"',
      'apartment_number text collate "C"',
      'region text',
      'business_id text collate "C"',
      'website text',
      'language text',
      'consent_phone boolean',
      'consent_email boolean',
      'consent_at date',
    ]
    const adding = columns.map(column => `add column if not exists ${column}`).join(', ')
    for (const statement of [`alter table contacts ${adding}`, ...building]) {
      this.addSql(statement)
    }
  }
}
