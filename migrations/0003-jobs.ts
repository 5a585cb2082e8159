/** Work that grows with the size of a group becomes a job in steps: deletions, and assignments to campaigns. */
import { Migration } from '@mikro-orm/migrations'
import { createCampaignPlaces } from './0003/campaign-places.ts'
import { createJobs } from './0003/jobs.ts'

export class Migration0003 extends Migration {
  override up(): void {
    for (const statement of [...createJobs, ...createCampaignPlaces]) this.addSql(statement)
  }
}
