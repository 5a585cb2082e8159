/** The sheet that a mapping names, in the workbook that a run has fetched; opened once, however often its rows are read. */
import type { Mapping } from '../../contracts/mapping.ts'
import { localeOf } from '../../mapping/region-languages.ts'
import { openWorkbook, type SheetInfo, type Workbook } from '../../xlsx/index.ts'

export interface MappedSheet extends AsyncDisposable {
  readonly workbook: Workbook
  readonly sheet: SheetInfo
}

export interface MappedSheetOptions {
  /** path of the workbook */
  readonly path: string
  readonly scratchDir: string
  readonly mapping: Pick<Mapping, 'sheet' | 'region'>
  readonly stopping: AbortSignal
}

/** Opens the workbook; disposing closes it. Throws an `XlsxError` for a workbook that cannot be read. */
export async function openMappedSheet(options: MappedSheetOptions): Promise<MappedSheet> {
  const { path, scratchDir, mapping, stopping } = options
  const locale = localeOf(mapping.region)
  const workbook = await openWorkbook(path, { scratchDir, locale, signal: stopping })
  const close = () => workbook.close()
  const sheet = workbook.sheets.find(({ name }) => name === mapping.sheet)
  if (sheet) return { workbook, sheet, [Symbol.asyncDispose]: close }
  await close()
  throw new Error(`the stored workbook has no sheet "${mapping.sheet}"`)
}
