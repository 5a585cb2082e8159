/** The mapping that an import made as a copy was given as its suggestion. */
import { Migration } from '@mikro-orm/migrations'

export class Migration0009 extends Migration {
  override up(): void {
    // Without a default no row is written anew.
    this.addSql('alter table imports add column suggested_mapping jsonb')
  }
}
