/** Templates of mappings: what a mapping says, kept under a name, with columns by their names instead of their numbers. */
import { type Static, Type } from 'typebox'
import {
  columnNameCharactersMax,
  headerRowMax,
  templateColumnsMax,
  templateNameCharactersMax,
} from '../limits.ts'
import { mappingChoices } from './mapping.ts'
import { DecimalId, lineOfText, nullable, page, ref, Timestamp } from './schema.ts'

export const TemplateColumn = Type.Object(
  {
    name: Type.String({
      minLength: 1,
      maxLength: columnNameCharactersMax,
      description:
        'name of the column as the preview tells it; letter case, accents and punctuation do not matter where no ' +
        'column has exactly this name. Of columns with one name the first named here takes the leftmost',
      examples: ['Nazwisko klienta'],
    }),
    field: Type.String({ minLength: 1, maxLength: 64, description: 'key of a contact field' }),
  },
  { $id: 'TemplateColumn', additionalProperties: false },
)

/** A template needs names, so there is a row that holds them. */
const TemplateHeaderRow = Type.Unsafe<true | number>({
  type: ['boolean', 'integer'],
  minimum: 1,
  maximum: headerRowMax,
  not: { const: false },
  description:
    'the row of the sheet that holds column names, true for row 1; default: the row that is proposed for the sheet',
})

const says = {
  name: lineOfText(templateNameCharactersMax),
  headerRow: Type.Optional(TemplateHeaderRow),
  columns: Type.Array(ref(TemplateColumn), { maxItems: templateColumnsMax }),
  ...mappingChoices,
}

export const TemplateRequest = Type.Object(says, {
  $id: 'TemplateRequest',
  additionalProperties: false,
})

export const MappingTemplate = Type.Object(
  {
    id: DecimalId,
    ...says,
    createdBy: Type.String(),
    createdAt: Timestamp,
    changedBy: nullable(Type.String()),
    changedAt: nullable(Timestamp),
  },
  { $id: 'MappingTemplate', additionalProperties: false },
)

export const MappingTemplatePage = page(ref(MappingTemplate), 'MappingTemplatePage')

export type TemplateColumn = Static<typeof TemplateColumn>
export type TemplateRequest = Static<typeof TemplateRequest>
export type MappingTemplate = Static<typeof MappingTemplate>
export type MappingTemplatePage = Static<typeof MappingTemplatePage>

/** What a template says, without its name. */
export type TemplateContent = Omit<TemplateRequest, 'name'>
