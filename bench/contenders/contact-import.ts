/**
 * Our reader: every cell as a typed value, checksums verified, all caps at their defaults. A second
 * argument changes the bytes of shared strings that it keeps in memory.
 */
import { defaultLimits, openWorkbook, type Row } from '../../src/xlsx/index.ts'
import { measure, type Tally } from '../contender.ts'

const sharedStringsMemoryBytesMax =
  Number(process.argv[3]) || defaultLimits.sharedStringsMemoryBytesMax

function addRow(tally: Tally, { cells }: Row): void {
  tally.rows += 1
  for (const cell of cells) tally.addCell(cell.value)
}

await measure(async (path, tally) => {
  await using workbook = await openWorkbook(path, { limits: { sharedStringsMemoryBytesMax } })
  for await (const batch of workbook.rowBatches(workbook.firstVisibleSheet)) {
    for (const row of batch) addRow(tally, row)
  }
})
