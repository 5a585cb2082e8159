/** Work that grows with the size of a group becomes a job in steps. */
import { Migration } from '@mikro-orm/migrations'
import { createJobs } from './0003/jobs.ts'

export class Migration0003 extends Migration {
  override up(): void {
    for (const statement of createJobs) this.addSql(statement)
  }
}
