/** Single rows of an import: read one, repair it, say that it is not wanted. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { ImportId } from '../../contracts/import.ts'
import { ImportedRow, RowRepair } from '../../contracts/imported-row.ts'
import { ref } from '../../contracts/schema.ts'
import type { ImportService } from '../../contracts/services.ts'
import { AppError } from '../../errors.ts'
import { importers } from '../access.ts'
import { answer, jsonBodyCodes, problems, secured } from '../answers.ts'
import type { HttpLimits } from '../http-limits.ts'
import { idempotencyHeaders, idempotencyKeyOf } from '../idempotency-key.ts'
import { Places } from '../places.ts'
import { goneSignal, localeOf } from '../requests.ts'

interface RowRouteOptions {
  readonly imports: ImportService
  readonly limits: HttpLimits
}

interface RowOptions {
  readonly imports: ImportService
  readonly places: Places
}

const shared = { tags: ['imports'], security: secured }

const params = Type.Object({
  id: ImportId,
  row: Type.String({ pattern: '^[1-9][0-9]{0,6}$', description: 'row of the sheet' }),
})

function rowOf({ id, row }: { id: string; row: string }) {
  return { id, row: Number(row) }
}

export const rowRoutes: FastifyPluginAsyncTypebox<RowRouteOptions> = async (
  app,
  { imports, limits },
) => {
  const places = new Places({ inAll: limits.rowCallsMax, perTenant: limits.rowCallsPerTenant })
  await app.register(readingRoute, { imports, places })
  await app.register(repairingRoute, { imports, places })
  await app.register(discardingRoute, { imports, places })
}

const readingRoute: FastifyPluginAsyncTypebox<RowOptions> = async (app, { imports, places }) => {
  app.route({
    method: 'GET',
    url: '/imports/:id/rows/:row',
    exposeHeadRoute: false,
    config: { access: importers },
    schema: {
      ...shared,
      operationId: 'getImportedRow',
      summary: 'Read a row of an import',
      description:
        'Its cells as they stand in the file, what became of it, its contact and its refused cells. Rows are numbered as in ' +
        'the sheet.',
      params,
      response: {
        200: answer(ref(ImportedRow), 'The row.'),
        ...problems(
          'not-found',
          'row-unknown',
          'import-state-conflict',
          'mapping-missing',
          'service-busy',
        ),
      },
    },
    async handler(request, reply) {
      using _place = places.take(request.caller)
      const signal = goneSignal(reply, new AppError('request-timeout'))
      const locale = localeOf(request)
      return await imports.getRow(request.caller, { ...rowOf(request.params), locale, signal })
    },
  })
}

const repairingRoute: FastifyPluginAsyncTypebox<RowOptions> = async (app, { imports, places }) => {
  app.route({
    method: 'PATCH',
    url: '/imports/:id/rows/:row',
    config: { access: importers },
    schema: {
      ...shared,
      operationId: 'repairImportedRow',
      summary: 'Repair a row',
      description:
        'The row is read anew as the import reads it, with these values in place of its cells. A rejected row becomes a ' +
        'contact of the group with its own number; a row that came in without a value gets it, if its contact still has ' +
        'none. Nothing else is touched. The import tells its new counts by an event `corrected`. Possible while the import ' +
        'stands still.',
      params,
      headers: idempotencyHeaders(
        'any text of your choice; a call that is repeated with its key and values changes nothing more, and answers the ' +
          'row as it is now',
      ),
      body: ref(RowRepair),
      response: {
        200: answer(ref(ImportedRow), 'The row, whose cells stand in the file as before.'),
        ...problems(
          'not-found',
          'row-unknown',
          'row-invalid',
          'row-field-unmapped',
          'row-not-repairable',
          'import-state-conflict',
          'mapping-missing',
          'idempotency-key-reused',
          'service-busy',
          ...jsonBodyCodes,
        ),
      },
    },
    async handler(request, reply) {
      using _place = places.take(request.caller)
      return await imports.repairRow(request.caller, {
        ...rowOf(request.params),
        values: request.body.values,
        idempotencyKey: idempotencyKeyOf(request),
        locale: localeOf(request),
        signal: goneSignal(reply, new AppError('request-timeout')),
      })
    },
  })
}

const discardingRoute: FastifyPluginAsyncTypebox<RowOptions> = async (app, { imports, places }) => {
  app.route({
    method: 'DELETE',
    url: '/imports/:id/rows/:row',
    config: { access: importers },
    schema: {
      ...shared,
      operationId: 'discardImportedRow',
      summary: 'Say that a rejected row is not wanted',
      description:
        'The row is skipped from then on: it leaves the issues, and the import tells its new counts by an event `corrected`. ' +
        'Saying it again changes nothing. Possible while the import stands still.',
      params,
      headers: idempotencyHeaders(
        'any text of your choice; a call that is repeated with its key changes nothing more',
      ),
      response: {
        204: answer(Type.Null(), 'The row is not wanted.'),
        ...problems(
          'request-invalid',
          'not-found',
          'row-unknown',
          'row-not-rejected',
          'import-state-conflict',
          'idempotency-key-reused',
          'service-busy',
        ),
      },
    },
    async handler(request, reply) {
      using _place = places.take(request.caller)
      const idempotencyKey = idempotencyKeyOf(request)
      await imports.removeRow(request.caller, { ...rowOf(request.params), idempotencyKey })
      return reply.code(204).send(null)
    },
  })
}
