/**
 * Makes the sheets to read: `node generate.ts` all of them, `node generate.ts 250000 inline` one
 * of any size. The runner makes what it misses by itself.
 */
import { type BenchSheet, benchSheets, makeSheet } from './sheets.ts'

const [rows, strings = 'shared'] = process.argv.slice(2)
if (strings !== 'shared' && strings !== 'inline') throw new Error('strings: shared or inline')
const wanted: readonly BenchSheet[] =
  rows === undefined ? benchSheets : [{ rows: Number(rows), strings }]
for (const sheet of wanted) console.log(JSON.stringify(await makeSheet(sheet)))
