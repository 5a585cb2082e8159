/** Mappings that are used again: templates that tenants keep under a name, and those that they started last. */
import { KiB } from './bytes.ts'
import { previewCellCharactersMax } from './uploads.ts'

/** Mapping templates of one tenant. Nobody finds one among more by its name. */
export const templatesPerTenant = 200

/** Columns that a template names. A field takes one column at most, and there are fewer fields. */
export const templateColumnsMax = 500

/** A template as JSON. Hundreds of columns fit, and all templates of a tenant stay below 13 MiB. */
export const templateBytesMax = 64 * KiB

/** Lists of column names of one tenant whose last mapping is remembered. The least recent ones are forgotten. */
export const usedMappingsPerTenant = 200

/** Characters of the name of a template. */
export const templateNameCharactersMax = 200

/** Characters of the name of a column. It may stand in two rows: both texts of the preview, and what joins them. */
export const columnNameCharactersMax = 2 * previewCellCharactersMax + 3
