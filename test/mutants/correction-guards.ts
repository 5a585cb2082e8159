/** Guards of repairs and corrections: each row once, nothing but what was refused, only while the original stands still. */
import type { Guard } from './guards.ts'

const repairs = ['test/storage/imports/repair-rows.test.ts'] as const

export const correctionGuards: readonly Guard[] = [
  {
    name: 'repairs: two of one row wait for each other',
    file: 'src/storage/imports/repair-state.ts',
    find: 'order by row_number, column_number for update`',
    replace: 'order by row_number, column_number`',
    tests: repairs,
  },
  {
    name: 'repairs: a row counts once in one request',
    file: 'src/storage/imports/repair-rows.ts',
    find: "states.set(repair.row, { kind: 'closed', code: 'row-repaired-before' })",
    replace: 'void states',
    tests: repairs,
  },
  {
    name: 'repairs: the original stands still',
    file: 'src/storage/imports/repair-rows.ts',
    find: 'const standing = moves.correct',
    replace: 'const standing = moves.prove',
    tests: repairs,
  },
  {
    name: 'repairs: what a contact holds stays',
    file: 'src/storage/imports/judge-repair.ts',
    find: 'if (isHeld(contact, columns[first]!)) isChanged = true',
    replace: 'if (isHeld(contact, columns[first]!) && cell.value === null) isChanged = true',
    tests: repairs,
  },
  {
    name: 'repairs: only cells that were refused are filled',
    file: 'src/storage/imports/repair-rows.ts',
    find: 'fills.get(at) ?? null',
    replace: 'fills.get(at) ?? repair.values?.[at] ?? null',
    tests: repairs,
  },
  {
    name: 'repairs: searches find the new contacts of an import',
    file: 'src/storage/imports/repair-rows.ts',
    find: 'case when last_contact_id < $5::bigint then $5::bigint else last_contact_id end',
    replace: 'case when $5::bigint > 0 then last_contact_id else last_contact_id end',
    tests: repairs,
  },
  {
    name: 'repairs: assignments take repaired rows in',
    file: 'src/storage/imports/repair-rows.ts',
    find: '  await wakeAssignments(sql, request)\n',
    replace: '',
    tests: repairs,
  },
]
