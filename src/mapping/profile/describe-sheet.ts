/** What the inspection keeps of a sheet beside its first rows: where its names stand, and what its columns hold. */
import type {
  ColumnProfile,
  DescribedColumn,
  HeaderRowProposal,
} from '../../contracts/sheet-description.ts'
import type { SheetRow } from '../cell.ts'
import { cellsByColumn, findInColumn, type PlacedCell } from './column-findings.ts'
import { mainKind, profileColumns } from './column-profile.ts'
import { type ListMarks, proposeHeaderRow } from './header-row.ts'
import { prepareValueJudge } from './value-kinds.ts'

export interface SheetDescription {
  readonly header: HeaderRowProposal
  readonly columns: DescribedColumn[]
  /** Whether the sheet holds a list: rows below names, or columns of kinds that contacts have. */
  readonly isList: boolean
}

export interface SheetSample {
  /** The first rows, and rows spread over the whole sheet. */
  readonly firstRows: readonly SheetRow[]
  readonly sampleRows: readonly SheetRow[]
  readonly marks: ListMarks
  readonly rowsWithMergedColumns: ReadonlySet<number>
  readonly columnCount: number
  /** Of the service, ISO 3166-1 alpha-2. */
  readonly region: string
}

export function describeSheet(sample: SheetSample): SheetDescription {
  const { firstRows, sampleRows, columnCount, region } = sample
  const judge = prepareValueJudge(region)
  const rough = profileColumns(sampleRows, { columnCount, judge })
  const header = proposeHeaderRow({ ...sample, rows: firstRows, profiles: rough, judge })
  const data = sampleRows.filter(({ number }) => number > (header.row ?? 0))
  const cells = cellsByColumn(data)
  const columns = profileColumns(data, { columnCount, judge }).map(profile =>
    withFindings(profile, cells.get(profile.column) ?? [], region),
  )
  return { header, columns, isList: isList(header, columns) }
}

function withFindings(
  profile: ColumnProfile,
  cells: readonly PlacedCell[],
  region: string,
): DescribedColumn {
  const main = mainKind(profile)
  if (main === null) return profile
  const findings = findInColumn(cells, profile.column, { kind: main.kind, region })
  return findings.length === 0 ? profile : { ...profile, findings }
}

function isList({ reason }: HeaderRowProposal, columns: readonly ColumnProfile[]): boolean {
  if (!columns.some(({ values }) => values > 0)) return false
  if (reason !== 'assumed' && reason !== 'empty' && reason !== 'texts-over-values') return true
  return columns.some(profile => {
    const kind = mainKind(profile)?.kind
    return kind === 'phone' || kind === 'email' || kind === 'given-name' || kind === 'full-name'
  })
}
