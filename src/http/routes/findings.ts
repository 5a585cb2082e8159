/** The cells that an import did not take just as they stand: all of them counted by kind, refused ones one by one. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { FindingList } from '../../contracts/findings.ts'
import { RowIssuePage } from '../../contracts/import.ts'
import { type Run, runs } from '../../contracts/run-state.ts'
import { ref } from '../../contracts/schema.ts'
import type { ImportService } from '../../contracts/services.ts'
import { importers } from '../access.ts'
import { answer, problems, secured } from '../answers.ts'
import { importParams, localeOf, pageQuery } from '../requests.ts'

interface FindingRouteOptions {
  readonly imports: ImportService
}

const runQuery = {
  run: Type.Optional(
    Type.Unsafe<Run>({
      type: 'string',
      enum: [...runs],
      description:
        'whose rows: those of the import, which is the default, or those of its validation',
    }),
  ),
}

const shared = { tags: ['imports'], security: secured }

export const findingRoutes: FastifyPluginAsyncTypebox<FindingRouteOptions> = async (
  app,
  { imports },
) => {
  app.route({
    method: 'GET',
    url: '/imports/:id/findings',
    config: { access: importers },
    schema: {
      ...shared,
      operationId: 'listFindings',
      summary: 'List findings',
      description:
        'The import takes a mapped cell just as it stands, or lists it here as `repaired`, `noted`, `blanked` or `rejected`: by column, field and code, ' +
        'with the exact count and the first cells of the sheet. While the import runs, the list covers the rows committed so far. ' +
        '`run=validation` gives the findings of its validation.',
      params: importParams,
      querystring: Type.Object(runQuery, { additionalProperties: false }),
      response: {
        200: answer(ref(FindingList), 'The findings, those of whole rows first, then by column.'),
        ...problems('request-invalid', 'not-found'),
      },
    },
    handler: request =>
      imports.listFindings(request.caller, request.params.id, request.query, localeOf(request)),
  })

  app.route({
    method: 'GET',
    url: '/imports/:id/issues',
    config: { access: importers },
    schema: {
      ...shared,
      operationId: 'listRowIssues',
      summary: 'List refused cells',
      description:
        'Refused cells in the order of the sheet, each with the text found there and what to correct. The import left a ' +
        '`blanked` cell out of its contact; for a `rejected` cell it left out the whole row. `run=validation` gives the ' +
        'cells that its validation refused.',
      params: importParams,
      querystring: Type.Object({ ...pageQuery, ...runQuery }, { additionalProperties: false }),
      response: {
        200: answer(ref(RowIssuePage), 'A page of row issues.'),
        ...problems('request-invalid', 'not-found'),
      },
    },
    handler: request =>
      imports.listIssues(request.caller, request.params.id, request.query, localeOf(request)),
  })
}
