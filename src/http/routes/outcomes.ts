/** What became of each row of an import, and whether it all adds up. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import Negotiator from 'negotiator'
import { type TSchema, Type } from 'typebox'
import type { Caller } from '../../contracts/caller.ts'
import { Reconciliation, RowOutcome } from '../../contracts/row-outcomes.ts'
import { ref } from '../../contracts/schema.ts'
import type { ImportService } from '../../contracts/services.ts'
import { AppError } from '../../errors.ts'
import { mediaRangesMax, sheetRowsMax } from '../../limits.ts'
import { importers } from '../access.ts'
import { answer, problems, secured } from '../answers.ts'
import { sendDownload, xlsxMediaType } from '../download.ts'
import type { HttpLimits } from '../http-limits.ts'
import { Places } from '../places.ts'
import { goneSignal, importParams } from '../requests.ts'

interface OutcomeRouteOptions {
  readonly imports: ImportService
  readonly limits: HttpLimits
}

const shared = { tags: ['imports'], security: secured }

const outcomeQuery = Type.Object(
  {
    fromRow: Type.Optional(
      Type.Integer({
        minimum: 1,
        maximum: sheetRowsMax,
        description:
          'row of the sheet to begin with: behind the last one that was read, or the first one that was pending',
      }),
    ),
  },
  { additionalProperties: false },
)

interface Format {
  readonly type: string
  readonly head: string
  readonly line: (outcome: RowOutcome) => string
}

/** By their media types; the first is taken where a caller has no wish. */
const formats = {
  'application/x-ndjson': {
    type: 'application/x-ndjson; charset=utf-8',
    head: '',
    line: outcome => `${JSON.stringify(outcome)}\n`,
  },
  // RFC 4180. No value of a line can hold a comma or a quotation mark, or be read as a formula.
  'text/csv': {
    type: 'text/csv; charset=utf-8; header=present',
    head: 'row,outcome,contactId,codes\r\n',
    line: ({ row, outcome, contactId = '', codes }) =>
      `${row},${outcome},${contactId},${codes.join(' ')}\r\n`,
  },
} as const satisfies Record<string, Format>

type LineType = keyof typeof formats
type MediaType = LineType | typeof xlsxMediaType

const mediaTypes: readonly MediaType[] = [...(Object.keys(formats) as LineType[]), xlsxMediaType]

/** The format that the header prefers, of which no more than `mediaRangesMax` ranges are read. */
function formatOf(accept: string | undefined): MediaType {
  const ranges = accept?.split(',', mediaRangesMax).join(',')
  const negotiator = new Negotiator({ headers: { accept: ranges } })
  return (negotiator.mediaType([...mediaTypes]) as MediaType | undefined) ?? mediaTypes[0]!
}

const lines: Readonly<Record<MediaType, { readonly schema: TSchema }>> = {
  'application/x-ndjson': {
    schema: Type.String({
      description: 'a RowOutcome in each line',
      contentMediaType: 'application/json',
      contentSchema: ref(RowOutcome),
      examples: ['{"row":2,"outcome":"created","contactId":"1024","codes":[]}\n'],
    }),
  },
  'text/csv': {
    schema: Type.String({
      description: 'columns row, outcome, contactId and codes; codes are set apart by spaces',
      examples: ['row,outcome,contactId,codes\r\n2,created,1024,\r\n'],
    }),
  },
  [xlsxMediaType]: {
    schema: Type.String({
      description: 'an .xlsx file with the same columns; ids of contacts are texts',
      contentMediaType: xlsxMediaType,
    }),
  },
}

const outcomeProblems = problems(
  'request-invalid',
  'not-found',
  'import-state-conflict',
  'service-busy',
)

interface ProofOptions {
  readonly imports: ImportService
  readonly places: Places
  readonly windowMs: number
}

export const outcomeRoutes: FastifyPluginAsyncTypebox<OutcomeRouteOptions> = async (
  app,
  { imports, limits },
) => {
  const places = new Places({ inAll: limits.downloadsMax, perTenant: limits.downloadsPerTenant })
  const options = { imports, places, windowMs: limits.downloadWindowMs }
  await app.register(listRoutes, options)
  await app.register(reconciliationRoute, options)
}

const listRoutes: FastifyPluginAsyncTypebox<ProofOptions> = async (app, options) => {
  app.route({
    method: 'GET',
    url: '/imports/:id/outcomes',
    exposeHeadRoute: false,
    config: { access: importers },
    schema: {
      ...shared,
      operationId: 'listOutcomes',
      summary: 'List what became of each row',
      description:
        'One line for each row of the sheet, from the first data row to the last, also while the import runs: `created` with ' +
        'the id of its contact, `skipped`, `rejected` with the codes of its refused cells, or `pending`. Each stretch of ' +
        'rows is as it was when it was sent. An answer that breaks off goes on with `fromRow`. `Accept` asks for CSV, of which no ' +
        'value can be taken for a formula, or for a workbook.',
      params: importParams,
      querystring: outcomeQuery,
      response: {
        200: { description: 'The rows, as a stream.', content: lines },
        ...outcomeProblems,
      },
    },
    handler: (request, reply) => {
      reply.header('vary', 'accept')
      const { caller, params, query, headers } = request
      return send(reply, options, { caller, ...params, query, mediaType: formatOf(headers.accept) })
    },
  })

  for (const { suffix, operationId, summary, mediaType } of suffixes) {
    app.route({
      method: 'GET',
      url: `/imports/:id/outcomes.${suffix}`,
      exposeHeadRoute: false,
      config: { access: importers },
      schema: {
        ...shared,
        operationId,
        summary,
        description: 'The same rows as those of `outcomes`, whatever the header `Accept` says.',
        params: importParams,
        querystring: outcomeQuery,
        response: {
          200: {
            description: 'The rows, as a stream.',
            content: { [mediaType]: lines[mediaType] },
          },
          ...outcomeProblems,
        },
      },
      handler: (request, reply) => {
        const { caller, params, query } = request
        return send(reply, options, { caller, ...params, query, mediaType })
      },
    })
  }
}

const suffixes = [
  {
    suffix: 'csv',
    operationId: 'listOutcomesAsCsv',
    summary: 'List what became of each row, as CSV',
    mediaType: 'text/csv',
  },
  {
    suffix: 'xlsx',
    operationId: 'listOutcomesAsSheet',
    summary: 'List what became of each row, as a workbook',
    mediaType: xlsxMediaType,
  },
] as const

const reconciliationRoute: FastifyPluginAsyncTypebox<ProofOptions> = async (
  app,
  { imports, places },
) => {
  app.route({
    method: 'GET',
    url: '/imports/:id/reconciliation',
    exposeHeadRoute: false,
    config: { access: importers },
    schema: {
      ...shared,
      operationId: 'reconcileImport',
      summary: 'Count an import again',
      description:
        'Counts contacts, refused cells and skipped rows in the tables, and compares them with the ledger and with the rows ' +
        'that the file holds. Rows that are missing or surplus are named. `ok` is said of a completed import alone; a ' +
        'recount that does not come to its end in time says `interim`, and how many rows it took in.',
      params: importParams,
      response: {
        200: answer(ref(Reconciliation), 'The verdict, and the figures side by side.'),
        ...problems('not-found', 'import-state-conflict', 'service-busy'),
      },
    },
    async handler(request, reply) {
      using _place = places.take(request.caller)
      const signal = goneSignal(reply, new AppError('request-timeout'))
      return await imports.reconcile(request.caller, request.params.id, signal)
    },
  })
}

interface Wish {
  readonly caller: Caller
  readonly id: string
  readonly query: { readonly fromRow?: number }
  readonly mediaType: MediaType
}

async function send(
  reply: FastifyReply,
  { imports, places, windowMs: pieceMs }: ProofOptions,
  { caller, id, query, mediaType }: Wish,
): Promise<FastifyReply> {
  const place = places.take(caller)
  const free = () => place[Symbol.dispose]()
  if (mediaType !== xlsxMediaType) {
    const { type, head, line } = formats[mediaType]
    const pieces = write(imports.listOutcomes(caller, id, query), head, line)
    return sendDownload(reply, { type, pieces, pieceMs }, free)
  }
  try {
    const { fileName, bytes } = await imports.writeOutcomeSheet(caller, id, query)
    return await sendDownload(reply, { type: mediaType, fileName, pieces: bytes, pieceMs }, free)
  } catch (error) {
    free()
    throw error
  }
}

async function* write(
  outcomes: AsyncIterable<readonly RowOutcome[]>,
  head: string,
  line: Format['line'],
): AsyncGenerator<string> {
  let text = head
  for await (const window of outcomes) {
    for (const outcome of window) text += line(outcome)
    yield text
    text = ''
  }
}
