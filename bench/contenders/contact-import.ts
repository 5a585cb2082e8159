/** Our reader: every cell as a typed value, checksums verified, all caps at their defaults. */
import { openWorkbook } from '../../src/xlsx/index.ts'
import { measure } from '../contender.ts'

await measure(async (path, tally) => {
  await using workbook = await openWorkbook(path)
  for await (const batch of workbook.rowBatches(workbook.firstVisibleSheet)) {
    for (const row of batch) {
      tally.rows += 1
      for (const cell of row.cells) tally.addCell(cell.value)
    }
  }
})
