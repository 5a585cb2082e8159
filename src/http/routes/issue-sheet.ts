/** The faulty rows of an import as a sheet to correct. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { type ImportService, type IssueOutcome, issueOutcomes } from '../../contracts/services.ts'
import { importers } from '../access.ts'
import { problems, secured } from '../answers.ts'
import { sendDownload, xlsxMediaType } from '../download.ts'
import type { HttpLimits } from '../http-limits.ts'
import { Places } from '../places.ts'
import { importParams, localeOf } from '../requests.ts'

interface IssueSheetRouteOptions {
  readonly imports: ImportService
  readonly limits: HttpLimits
}

const query = Type.Object(
  {
    outcome: Type.Optional(
      Type.Unsafe<IssueOutcome>({
        type: 'string',
        enum: [...issueOutcomes],
        description:
          'rejected: rows that did not come in · blanked: rows that came in without a value · all: both, which is the default',
      }),
    ),
  },
  { additionalProperties: false },
)

export const issueSheetRoutes: FastifyPluginAsyncTypebox<IssueSheetRouteOptions> = async (
  app,
  { imports, limits },
) => {
  const places = new Places({
    inAll: limits.issueSheetsMax,
    perTenant: limits.issueSheetsPerTenant,
  })

  app.route({
    method: 'GET',
    url: '/imports/:id/issues.xlsx',
    exposeHeadRoute: false,
    config: { access: importers },
    schema: {
      tags: ['imports'],
      security: secured,
      operationId: 'downloadIssueSheet',
      summary: 'Download the rows to correct',
      description:
        'A workbook with the rows that have refused cells: all columns of the file in their order with their number formats, ' +
        'in front of them `Row`, behind them `Reason`, by `Accept-Language`. Refused cells are coloured and have the reason ' +
        'as a comment; a second sheet says what to do. A column without a name is called by its letter. Of an import that ' +
        'runs, the file has the rows imported so far.',
      params: importParams,
      querystring: query,
      response: {
        200: {
          description: 'The workbook, as a stream.',
          content: {
            [xlsxMediaType]: {
              schema: Type.String({
                description: 'an .xlsx file',
                contentMediaType: xlsxMediaType,
              }),
            },
          },
        },
        ...problems(
          'request-invalid',
          'not-found',
          'import-state-conflict',
          'mapping-missing',
          'service-busy',
        ),
      },
    },
    async handler(request, reply) {
      const { caller, params, query } = request
      const place = places.take(caller)
      const free = () => place[Symbol.dispose]()
      try {
        const locale = localeOf(request)
        const wish = { outcome: query.outcome ?? 'all', locale }
        const { fileName, bytes } = await imports.writeIssueSheet(caller, params.id, wish)
        reply.headers({ vary: 'accept-language', 'content-language': locale })
        const pieceMs = limits.downloadWindowMs
        return await sendDownload(
          reply,
          { type: xlsxMediaType, fileName, pieces: bytes, pieceMs },
          free,
        )
      } catch (error) {
        free()
        throw error
      }
    },
  })
}
