/** xlsx (SheetJS) 0.18.5, which reads a workbook in one piece, in its leanest form. */
import { readFileSync } from 'node:fs'
import XLSX from 'xlsx'
import { measure } from '../contender.ts'

await measure(async (path, tally) => {
  const workbook = XLSX.read(readFileSync(path), {
    dense: true,
    cellDates: true,
    cellText: false,
    cellHTML: false,
    cellFormula: false,
  })
  const rows = workbook.Sheets[workbook.SheetNames[0]!] as unknown as (
    | ({ v?: unknown } | undefined)[]
    | undefined
  )[]
  for (const row of rows) {
    if (!row) continue
    tally.rows += 1
    for (const cell of row) tally.addCell(cell?.v)
  }
})
