/** Serves the wizard between upload and start: preview, suggestion, mapping. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Preview } from '../../contracts/import.ts'
import {
  HeaderRow,
  MappingAnswer,
  MappingRequest,
  MappingSuggestion,
} from '../../contracts/mapping.ts'
import { ref } from '../../contracts/schema.ts'
import type { ImportService } from '../../contracts/services.ts'
import { previewRowsDefault, previewRowsMax } from '../../limits.ts'
import { importers } from '../access.ts'
import { answer, jsonBodyCodes, problems, secured } from '../answers.ts'
import { importParams, localeOf } from '../requests.ts'

interface MappingRouteOptions {
  readonly imports: ImportService
}

const shared = { tags: ['mapping'], security: secured, params: importParams }

const SheetQuery = Type.Object(
  {
    sheet: Type.Optional(
      Type.String({
        minLength: 1,
        maxLength: 255,
        description:
          'name of the sheet; default: the `proposedSheet` of the import, or for a copy the sheet of its suggested mapping',
      }),
    ),
    headerRow: Type.Optional(HeaderRow),
  },
  { additionalProperties: false },
)

const PreviewQuery = Type.Object(
  {
    ...SheetQuery.properties,
    rows: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: previewRowsMax,
        description: `rows of the preview, default ${previewRowsDefault}`,
      }),
    ),
  },
  { additionalProperties: false },
)

const sheetProblems = problems('request-invalid', 'not-found', 'sheet-unknown', 'sheet-unreadable')

interface SheetRequest<Query> extends FastifyRequest {
  readonly params: { readonly id: string }
  readonly query: Query
}

/** The arguments of a service function that looks at a sheet. */
function sheetArguments<Query extends object>(request: SheetRequest<Query>) {
  return [request.caller, request.params.id, request.query, localeOf(request)] as const
}

/** Faults of a mapping whose form is right. */
export const mappingCodes = [
  'sheet-unknown',
  'sheet-unreadable',
  'mapping-empty',
  'mapping-field-twice',
  'mapping-column-twice',
  'mapping-unknown-field',
  'mapping-unknown-column',
  'mapping-unknown-region',
  'mapping-required-unmapped',
  'mapping-no-rows',
  'template-unknown',
  'template-column-missing',
] as const

export const mappingRoutes: FastifyPluginAsyncTypebox<MappingRouteOptions> = async (
  app,
  options,
) => {
  await app.register(sheetRoutes, options)
  await app.register(ownRoutes, options)
}

/** The calls that read a sheet and change nothing. */
const sheetRoutes: FastifyPluginAsyncTypebox<MappingRouteOptions> = async (app, { imports }) => {
  app.route({
    method: 'GET',
    url: '/imports/:id/preview',
    config: { access: importers },
    schema: {
      ...shared,
      operationId: 'previewImport',
      summary: 'Preview the first rows',
      description:
        'Column names from the row that holds them, or numbered names in the language of the request, and the rows ' +
        'below.',
      querystring: PreviewQuery,
      response: {
        200: answer(ref(Preview), 'Columns and rows; an empty cell is null.'),
        ...sheetProblems,
      },
    },
    handler: request => imports.preview(...sheetArguments(request)),
  })

  app.route({
    method: 'GET',
    url: '/imports/:id/mapping/suggestion',
    config: { access: importers },
    schema: {
      ...shared,
      operationId: 'suggestMapping',
      summary: 'Suggest a mapping',
      description:
        'For each column the contact field that its name and its contents speak for, and the region of the list. The ' +
        'answer is a valid body of `PUT …/mapping`. When the tenant started a mapping for the same column names before, ' +
        'the last one comes back (`used-before`).',
      querystring: SheetQuery,
      response: {
        200: answer(ref(MappingSuggestion), 'A field, a confidence and the reason, per column.'),
        ...sheetProblems,
      },
    },
    handler: request => imports.suggestMapping(...sheetArguments(request)),
  })
}

/** The calls that read and set the mapping. */
const ownRoutes: FastifyPluginAsyncTypebox<MappingRouteOptions> = async (app, { imports }) => {
  app.route({
    method: 'GET',
    url: '/imports/:id/mapping',
    config: { access: importers },
    schema: {
      ...shared,
      operationId: 'getMapping',
      summary: 'Read the mapping',
      response: {
        200: answer(
          ref(MappingAnswer),
          'The mapping, the fields that are still free, and warnings.',
        ),
        ...problems('not-found', 'mapping-missing'),
      },
    },
    handler: request => imports.getMapping(request.caller, request.params.id, localeOf(request)),
  })

  app.route({
    method: 'PUT',
    url: '/imports/:id/mapping',
    config: { access: importers },
    schema: {
      ...shared,
      operationId: 'putMapping',
      summary: 'Set the mapping',
      description:
        'Replaces the mapping, as often as you like until the import starts. A mapping gives at least one column a field, ' +
        'and each field to one column at most. Without `template` the body must hold `headerRow` and `columns`. A ' +
        'suggestion can be sent back as it is. `warnings` say what would probably go wrong.',
      body: ref(MappingRequest),
      response: {
        200: answer(
          ref(MappingAnswer),
          'The mapping, the fields that are still free, and warnings.',
        ),
        ...problems(
          'not-found',
          'import-state-conflict',
          'correction-mapping-fixed',
          ...mappingCodes,
          ...jsonBodyCodes,
        ),
      },
    },
    handler: request =>
      imports.putMapping(request.caller, request.params.id, request.body, localeOf(request)),
  })
}
