/** Guards of repairs and corrections: each row once, nothing but what was refused, only while the original stands still. */
import type { Guard } from './guards.ts'

const corrections = ['test/imports/corrections.test.ts'] as const

const model = [
  'test/imports/corrections.test.ts',
  'test/imports/corrections-model.test.ts',
] as const

const repairs = ['test/storage/imports/repair-rows.test.ts'] as const

export const correctionGuards: readonly Guard[] = [
  {
    name: 'repairs: two of one row wait for each other',
    file: 'src/storage/imports/repair-state.ts',
    find: 'order by row_number, column_number offset 0 for update) found`',
    replace: 'order by row_number, column_number offset 0) found`',
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
    file: 'src/storage/imports/standing-import.ts',
    find: 'moves.correct',
    replace: 'moves.prove',
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
    name: 'corrections: the fence of their own claim',
    file: 'src/storage/imports/correction-writer.ts',
    find: "and epoch = $3 and status = 'running' and next_row = $11",
    replace: 'and $3::int is not null and $11::int is not null',
    tests: ['test/storage/imports/correction-writer.test.ts'],
  },
  {
    name: 'corrections: only while the original stands still',
    file: 'src/imports/change-import.ts',
    find: "if (original && isAllowed('correct', original.status)) return",
    replace: 'if (original) return',
    tests: corrections,
  },
  {
    name: 'corrections: columns are those of the original',
    file: 'src/imports/upload/accept-correction.ts',
    find: '  refuseOtherColumns(original, mapping, preview[0] ?? [])\n',
    replace: '',
    tests: corrections,
  },
  {
    name: 'corrections: the first column holds numbers of rows',
    file: 'src/imports/upload/accept-correction.ts',
    find: '  refuseUnnumbered(preview)\n',
    replace: '',
    tests: corrections,
  },
  {
    name: 'undone repairs: what a person changed since stays',
    file: 'src/storage/imports/undo-repairs.ts',
    find: 'return !isListed && values[0] !== undefined && isStill(held, values[0])',
    replace: 'return !isListed && values[0] !== undefined',
    tests: model,
  },
  {
    name: 'undone repairs: assignments lose the places',
    file: 'src/storage/imports/undo-repairs.ts',
    find: '  await countLostPlaces(sql, tenantId, places)\n',
    replace: '',
    tests: model,
  },
  {
    name: 'undone repairs: values of custom fields leave their places',
    file: 'src/storage/imports/undo-repairs.ts',
    find: '    await removeValuePlaces(sql, tenantId, fields)\n',
    replace: '',
    tests: model,
  },
  {
    name: 'undone repairs: before a correction is gone',
    file: 'src/storage/imports/purge.ts',
    find: "  if (await giveRowsBack(sql, deletion)) return 'more'\n",
    replace: '',
    tests: model,
  },
  {
    name: 'deletion: corrections go before their import',
    file: 'src/storage/imports/purge.ts',
    find: 'if (correctionId !== undefined) {',
    replace: "if (correctionId === '') {",
    tests: model,
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
