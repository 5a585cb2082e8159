/**
 * Writes `good/` and `bad/` from the definitions beside it: `node test/xlsx/write-fixtures.ts`.
 * What a good workbook holds is written down with its definition, never taken from the reader.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { badWorkbooks } from './bad-workbooks.ts'
import { goodWorkbooks } from './good-workbooks.ts'

for (const folder of ['good', 'bad']) {
  rmSync(join(import.meta.dirname, folder), { recursive: true, force: true })
  mkdirSync(join(import.meta.dirname, folder))
}
for (const { name, bytes, golden } of goodWorkbooks) {
  writeFileSync(join(import.meta.dirname, 'good', `${name}.xlsx`), bytes)
  writeFileSync(join(import.meta.dirname, 'good', `${name}.json`), `${JSON.stringify(golden)}\n`)
}
for (const { name, bytes } of badWorkbooks) {
  writeFileSync(join(import.meta.dirname, 'bad', `${name}.xlsx`), bytes)
}
