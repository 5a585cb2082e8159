/** Judges what a mapping would make of its import, by what the inspection kept: warns of it, or refuses it. */
import type { FieldCatalogue } from '../contracts/contact-fields.ts'
import { headerOf } from '../contracts/import-snapshot.ts'
import { headerRowNumber, type Mapping } from '../contracts/mapping.ts'
import { type MappingWarning, mappingWarning } from '../contracts/mapping-warnings.ts'
import { AppError, type Locale } from '../errors.ts'
import { columnLetter } from '../mapping/default-column-name.ts'
import {
  type ColumnJudgement,
  judgeMapping,
  type MappingJudgement,
} from '../mapping/judge-mapping.ts'
import type { ImportEntity } from '../storage/imports/import-entity.ts'
import { findLikeImports, type LikeImports } from '../storage/imports/like-imports.ts'
import type { EntityManager } from '../storage/postgres/orm.ts'
import { sqlOf } from '../storage/postgres/orm-sql.ts'
import type { ImportContext } from './context.ts'
import { toSheetHead } from './preview-import.ts'
import { chooseSheet } from './sheet-choice.ts'

/** When less of a phone or e-mail column can be read than this share, the column was probably mapped by mistake. */
const plausibleShareMin = 0.05
/** When less of a column can be read than this share, the caller is warned: most of its values would be refused. */
const readableShareMin = 0.5

export interface MappedImport {
  /** Read with its sheets and previews. */
  readonly entity: ImportEntity
  readonly mapping: Mapping
  readonly catalogue: FieldCatalogue
}

type Judging = Pick<ImportContext, 'config'>

/** The warnings of a mapping: of its columns first, in their order, then of the list, then of the import. */
export async function warnOfMapping(
  context: Judging,
  em: EntityManager,
  { locale, ...mapped }: MappedImport & { readonly locale: Locale },
): Promise<MappingWarning[]> {
  const { entity, mapping } = mapped
  const judgement = judge(context, mapped)
  return [
    ...judgement.columns.flatMap(column => columnWarnings(column, mapping, locale)),
    ...listWarnings(judgement, mapped, locale),
    ...importWarnings(await findLikeImports(sqlOf(em), entity), entity, locale),
  ]
}

/** Throws `mapping-implausible` for a mapping under which nearly no phone or no e-mail could be read. */
export function refuseImplausible(context: Judging, mapped: MappedImport): void {
  const column = judge(context, mapped).columns.find(each => isImplausible(each, mapped.mapping))
  if (column === undefined) return
  throw new AppError('mapping-implausible', {
    letter: columnLetter(column.column),
    field: column.field.key,
    percent: Math.round(column.readable! * 100),
  })
}

function judge({ config }: Judging, { entity, mapping, catalogue }: MappedImport) {
  const { rows, columns } = toSheetHead(chooseSheet(entity.sheets, mapping.sheet), entity)
  return judgeMapping(mapping, {
    rows,
    profiles: columns,
    profileRegion: config.defaultRegion,
    catalogue,
    today: new Date(entity.createdAt ?? Date.now()).toISOString().slice(0, 'YYYY-MM-DD'.length),
  })
}

function isImplausible({ field, readable }: ColumnJudgement, { force }: Mapping): boolean {
  if (force === true || readable === null || readable >= plausibleShareMin) return false
  return field.kind === 'phone' || field.kind === 'email'
}

function columnWarnings(
  judged: ColumnJudgement,
  mapping: Mapping,
  locale: Locale,
): MappingWarning[] {
  const { column, field, readable, gainsaid } = judged
  const data = { letter: columnLetter(column), label: field.labels[locale] }
  const place = { column, field: field.key }
  const warnings: MappingWarning[] = []
  if (isImplausible(judged, mapping)) {
    const told = { ...place, share: readable! }
    warnings.push(mappingWarning('mapping-implausible', locale, told, data))
  } else if (readable !== null && readable < readableShareMin) {
    const told = { ...place, share: 1 - readable }
    warnings.push(mappingWarning('values-refused', locale, told, data))
  }
  if (gainsaid !== null) {
    const told = { ...place, share: gainsaid }
    warnings.push(mappingWarning('contents-gainsay', locale, told, data))
  }
  return warnings
}

function listWarnings(
  { betterRegion, reaches }: MappingJudgement,
  { entity, mapping }: MappedImport,
  locale: Locale,
): MappingWarning[] {
  const warnings: MappingWarning[] = []
  if (betterRegion !== null) {
    const { share, region: other } = betterRegion
    const data = { region: mapping.region, other }
    warnings.push(mappingWarning('region-unfit', locale, { share }, data))
  }
  if (!reaches) warnings.push(mappingWarning('no-contact-way', locale))
  const { reason } = headerOf(chooseSheet(entity.sheets, mapping.sheet))
  if (reason === 'first-row-person' && headerRowNumber(mapping.headerRow) > 0) {
    warnings.push(mappingWarning('first-row-person', locale))
  }
  return warnings
}

function importWarnings(
  { isNameTaken, earlierName }: LikeImports,
  { name }: ImportEntity,
  locale: Locale,
): MappingWarning[] {
  const warnings: MappingWarning[] = []
  if (isNameTaken) warnings.push(mappingWarning('name-taken', locale, {}, { name }))
  if (earlierName !== null) {
    warnings.push(mappingWarning('file-repeated', locale, {}, { earlier: earlierName }))
  }
  return warnings
}
