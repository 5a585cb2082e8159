/**
 * Prints what would be proposed for workbooks, as JSON lines: for each file the sheet, the row of names with its reason,
 * the region, and for each column its name, what it holds and the field. One file's fault never ends the run; exit
 * code 1 tells of it.
 *
 *   node src/bin/suggest.ts FILE… [--region PL]
 */
import { tmpdir } from 'node:os'
import { parseArgs } from 'node:util'
import { headerOf, proposedSheet } from '../contracts/import-snapshot.ts'
import { inspectFile } from '../imports/upload/inspect-file.ts'
import { builtInFields } from '../mapping/built-in-fields.ts'
import { createFieldCatalogue } from '../mapping/field-catalogue.ts'
import { joinHeaderRows } from '../mapping/join-header-rows.ts'
import { suggestMapping } from '../mapping/match-headers.ts'
import { mainKind, proposeRegion } from '../mapping/profile/column-profile.ts'
import { localeOf } from '../mapping/region-languages.ts'

const catalogue = createFieldCatalogue(builtInFields)

async function suggestFor(path: string, region: string) {
  const locale = localeOf(region)
  const { sheets, previews } = await inspectFile({ path, scratchDir: tmpdir(), locale, region })
  const sheet = proposedSheet(sheets)
  const preview = previews.find(candidate => candidate.sheet === sheet?.name)
  if (!sheet || !preview) throw new Error('no sheet holds a value')
  const { row, reason } = headerOf(sheet)
  const { rows, merged = [], columns: profiles = [] } = preview
  const header = joinHeaderRows(rows, row ?? 0, merged)
  const names = Array.from({ length: sheet.columns }, (_, at) => header[at] ?? null)
  const columns = suggestMapping(names, catalogue, profiles).map(suggestion => ({
    name: names[suggestion.column - 1],
    ...suggestion,
    kind: profiles[suggestion.column - 1] ? mainKind(profiles[suggestion.column - 1]!) : null,
  }))
  return {
    sheet: sheet.name,
    headerRow: row,
    headerRowReason: reason,
    ...proposeRegion(profiles, region),
    columns,
  }
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { region: { type: 'string', default: 'PL' } },
})
if (positionals.length === 0) {
  console.error('usage: npm run -s suggest -- FILE… [--region PL]')
  process.exitCode = 2
}
for (const file of positionals) {
  try {
    console.log(JSON.stringify({ file, ...(await suggestFor(file, values.region)) }))
  } catch (error) {
    process.exitCode = 1
    console.log(JSON.stringify({ file, error: String(error) }))
  }
}
