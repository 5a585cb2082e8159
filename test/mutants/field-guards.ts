/** Guards of custom fields: their values, their search, and what becomes of both when a field is deleted. */
import type { Guard } from './guards.ts'

export const fieldGuards: readonly Guard[] = [
  {
    name: 'custom fields: two callers do not add the last one together',
    file: 'src/storage/contacts/custom-fields.ts',
    find: "  await sql('select pg_advisory_xact_lock($1::int, hashtext($2))', [lockClass, tenantId])\n",
    replace: '  void lockClass\n',
    tests: ['test/contacts/custom-fields.test.ts'],
  },
  {
    name: 'custom fields: every process is told of a change',
    file: 'src/storage/contacts/custom-fields.ts',
    find: "await sql('select pg_notify($1, $2)', [customFieldChannel, tenantId])",
    replace: 'void [sql, tenantId]',
    tests: ['test/contacts/custom-fields.test.ts'],
  },
  {
    name: 'custom fields: batches leave out values of a field that was deleted',
    file: 'src/storage/contacts/custom-values.ts',
    find: 'where not exists (select from contact_fields f where f.tenant_id = $1 and f.id = own.id))',
    replace: 'where false)',
    tests: ['test/contacts/remove-field.test.ts'],
  },
  {
    name: 'custom fields: the removal waits for batches that began before',
    file: 'src/contacts/remove-field.ts',
    find: 'if (after === undefined && !(await areBatchesOver(sql, startedBefore))) {',
    replace: 'if (after === undefined && !areBatchesOver) {',
    tests: ['test/contacts/remove-field.test.ts'],
  },
  {
    name: 'custom fields: a run goes on without those that were deleted',
    file: 'src/imports/run/run-import.ts',
    find: 'withoutDeleted(completeMapping(claimed.mapping), catalogue)',
    replace: '(void withoutDeleted, completeMapping(claimed.mapping))',
    tests: ['test/contacts/remove-field.test.ts'],
  },
  {
    name: 'custom fields: contacts hold all of the values that are named',
    file: 'src/storage/contacts/value-search.ts',
    find: '    ...sought.map(value => holdsValue(value, values)),\n',
    replace: '    ...(holdsValue ? [] : []),\n',
    tests: ['test/contacts/custom-search.test.ts'],
  },
  {
    name: 'custom fields: a search is led by its rarest value',
    file: 'src/storage/contacts/value-search.ts',
    find: 'return found.indexOf(Math.min(...found))',
    replace: 'return found.length - found.length',
    tests: ['test/storage/contacts/value-search.test.ts'],
  },
  {
    name: 'custom fields: a deleted import takes the places of its values along',
    file: 'migrations/0010-custom-fields.ts',
    find: "if exists (select from removed where custom <> '{}') then",
    replace: 'if false then',
    tests: ['test/contacts/custom-values.test.ts'],
  },
  {
    name: 'mapping: an unknown field fails its import at once',
    file: 'src/imports/run/run-import.ts',
    find: "if (unknown) throw new AppError('mapping-unknown-field', { field: unknown.field })",
    replace: 'void [unknown, AppError]',
    tests: ['test/imports/run/unknown-field.test.ts'],
  },
]
