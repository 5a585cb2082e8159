/**
 * Who made a change stands in its event and in the case that was changed. Indexes for the questions that are asked
 * again and again: how old is the oldest event that waits, which events are wanted once more, which imports of a
 * tenant move. They are built beside a service at work.
 */
import { Migration } from '@mikro-orm/migrations'
import { buildMissing } from './concurrently.ts'

const indexes = [
  {
    name: 'outbox_waiting_since',
    on: 'outbox (created_at) where published_at is null and parked_at is null',
  },
  { name: 'outbox_again', on: 'outbox (tenant_id, import_id) where again' },
  {
    name: 'imports_moving',
    on: `imports (tenant_id, id) where status in ('queued', 'running', 'deleting')`,
  },
]

export class Migration0005 extends Migration {
  override isTransactional(): boolean {
    return false
  }

  override async up(): Promise<void> {
    const building = await buildMissing(this, indexes)
    for (const statement of [
      // The subject of the caller; null where the service did it by itself.
      'alter table outbox add column if not exists actor text',
      'alter table cases add column if not exists changed_by text',
      ...building,
    ]) {
      this.addSql(statement)
    }
  }
}
