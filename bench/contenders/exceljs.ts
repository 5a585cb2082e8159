/** exceljs 4.4.0, its streaming reader, with shared strings and dates resolved. */
import ExcelJS from 'exceljs'
import { measure } from '../contender.ts'

await measure(async (path, tally) => {
  const workbook = new ExcelJS.stream.xlsx.WorkbookReader(path, {
    worksheets: 'emit',
    sharedStrings: 'cache',
    styles: 'cache',
    hyperlinks: 'ignore',
  })
  for await (const sheet of workbook) {
    for await (const row of sheet) {
      tally.rows += 1
      row.eachCell(cell => tally.addCell(cell.value))
    }
  }
})
