/** Imports after their upload: list, read, rename, delete, start, cancel. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { Import, ImportPage, ImportRename, ImportStatusSchema } from '../../contracts/import.ts'
import { ref } from '../../contracts/schema.ts'
import type { ImportService } from '../../contracts/services.ts'
import { importers } from '../access.ts'
import { answer, jsonBodyCodes, problems, secured } from '../answers.ts'
import { importParams, localeOf, pageQuery, searchText } from '../requests.ts'

interface ImportRouteOptions {
  readonly imports: ImportService
}

export const importRoutes: FastifyPluginAsyncTypebox<ImportRouteOptions> = async (
  app,
  { imports },
) => {
  await app.register(readingRoutes, { imports })
  await app.register(changingRoutes, { imports })
  await app.register(runningRoutes, { imports })
}

const shared = { tags: ['imports'], security: secured }

const readingRoutes: FastifyPluginAsyncTypebox<ImportRouteOptions> = async (app, { imports }) => {
  app.route({
    method: 'GET',
    url: '/imports',
    config: { access: importers },
    schema: {
      ...shared,
      operationId: 'listImports',
      summary: 'List imports',
      description:
        'Newest first, without their sheets. Pages are keyset pages: a new import shifts none of them.',
      querystring: Type.Object(
        {
          status: Type.Optional(ImportStatusSchema),
          name: searchText('part of the name, in any case'),
          ...pageQuery,
        },
        { additionalProperties: false },
      ),
      response: {
        200: answer(ref(ImportPage), 'A page of imports.'),
        ...problems('request-invalid'),
      },
    },
    handler: request => imports.list(request.caller, request.query, localeOf(request)),
  })

  app.route({
    method: 'GET',
    url: '/imports/:id',
    config: { access: importers },
    schema: {
      ...shared,
      operationId: 'getImport',
      summary: 'Read an import',
      description:
        'State, sheets, row ledger and progress. The ledger always adds up: total = created + updated + skipped + rejected + remaining.',
      params: importParams,
      response: { 200: answer(ref(Import), 'The import.'), ...problems('not-found') },
    },
    handler: request => imports.get(request.caller, request.params.id, localeOf(request)),
  })
}

const changingRoutes: FastifyPluginAsyncTypebox<ImportRouteOptions> = async (app, { imports }) => {
  app.route({
    method: 'PATCH',
    url: '/imports/:id',
    config: { access: importers },
    schema: {
      ...shared,
      operationId: 'renameImport',
      summary: 'Rename an import',
      description: 'Possible in every state but `deleting`.',
      params: importParams,
      body: ref(ImportRename),
      response: {
        200: answer(ref(Import), 'The import with its new name.'),
        ...problems('not-found', 'import-state-conflict', ...jsonBodyCodes),
      },
    },
    handler: request =>
      imports.rename(
        request.caller,
        request.params.id,
        request.body.name.trim(),
        localeOf(request),
      ),
  })

  app.route({
    method: 'DELETE',
    url: '/imports/:id',
    config: { access: importers },
    schema: {
      ...shared,
      operationId: 'deleteImport',
      summary: 'Delete an import',
      description:
        'Deletes all its contacts, their cases and campaign places, its file and its issues, in the background. ' +
        'A running import is stopped first. When all of it is gone, the event `deleted` follows.',
      params: importParams,
      response: {
        202: answer(ref(Import), 'The import, now `deleting`.'),
        ...problems('not-found'),
      },
    },
    async handler(request, reply) {
      const deleting = await imports.remove(request.caller, request.params.id, localeOf(request))
      return reply.code(202).send(deleting)
    },
  })
}

const startCodes = [
  'import-state-conflict',
  'mapping-missing',
  'mapping-implausible',
  'correction-original-moving',
] as const

const runningRoutes: FastifyPluginAsyncTypebox<ImportRouteOptions> = async (app, { imports }) => {
  app.route({
    method: 'POST',
    url: '/imports/:id/start',
    config: { access: importers },
    schema: {
      ...shared,
      operationId: 'startImport',
      summary: 'Start or continue an import',
      description:
        'Queues a mapped import. A cancelled or failed one continues after its last imported row; no row is repeated. ' +
        'A mapping under which less than 5 % of the values of a phone or e-mail column can be read is refused unless it ' +
        'says `force: true`.',
      params: importParams,
      response: {
        202: answer(ref(Import), 'The import, now `queued`.'),
        ...problems('not-found', ...startCodes),
      },
    },
    async handler(request, reply) {
      const queued = await imports.start(request.caller, request.params.id, localeOf(request))
      return reply.code(202).send(queued)
    },
  })

  app.route({
    method: 'POST',
    url: '/imports/:id/cancel',
    config: { access: importers },
    schema: {
      ...shared,
      operationId: 'cancelImport',
      summary: 'Cancel an import',
      description:
        'A queued import is cancelled at once, a running one at its next batch. Rows already imported stay.',
      params: importParams,
      response: {
        202: answer(ref(Import), 'The import.'),
        ...problems('not-found', 'import-state-conflict'),
      },
    },
    async handler(request, reply) {
      const cancelled = await imports.cancel(request.caller, request.params.id, localeOf(request))
      return reply.code(202).send(cancelled)
    },
  })

  app.route({
    method: 'POST',
    url: '/imports/:id/copy',
    config: { access: importers },
    schema: {
      ...shared,
      operationId: 'copyImport',
      summary: 'Copy an import',
      description:
        'Makes a new import from the stored file of one that is over, with its mapping as the suggestion: a wrong mapping ' +
        'costs no second upload. The contacts of the first import stay.',
      params: importParams,
      response: {
        201: answer(ref(Import), 'The new import, `uploaded`.'),
        ...problems('not-found', 'import-state-conflict', 'storage-full'),
      },
    },
    async handler(request, reply) {
      const copy = await imports.copy(request.caller, request.params.id, localeOf(request))
      return reply.code(201).header('location', `/v1/imports/${copy.id}`).send(copy)
    },
  })
}
