/** `POST /v1/imports`: an upload becomes an import. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { Import, ImportId, ImportName } from '../../contracts/import.ts'
import { MappingRequest, TemplateChoice } from '../../contracts/mapping.ts'
import { ref } from '../../contracts/schema.ts'
import type { ImportService } from '../../contracts/services.ts'
import { AppError } from '../../errors.ts'
import { importers } from '../access.ts'
import { answer, problems, secured } from '../answers.ts'
import type { HttpLimits } from '../http-limits.ts'
import { idempotencyHeaders, idempotencyKeyOf } from '../idempotency-key.ts'
import { Places } from '../places.ts'
import { receiveUpload } from '../receive-upload.ts'
import { clientSignal, localeOf } from '../requests.ts'
import { mappingPointer, pointBelow } from '../upload-mapping.ts'
import { mappingCodes } from './mapping.ts'

/** The form as the document shows it. `receive-upload.ts` reads and checks the parts as they stream in. */
const UploadForm = Type.Object(
  {
    file: Type.Unsafe<string>({
      type: 'string',
      format: 'binary',
      description: 'the .xlsx file; its name becomes the name of the import unless `name` is sent',
    }),
    name: Type.Optional(ImportName),
    mapping: Type.Optional(ref(MappingRequest)),
    template: Type.Optional(TemplateChoice),
    corrects: Type.Optional(
      Type.Unsafe<string>({
        ...ImportId,
        description:
          'the import whose faulty rows the file corrects; a downloaded sheet of faulty rows names it by itself',
      }),
    ),
    start: Type.Optional(
      Type.Unsafe<boolean>({
        type: 'boolean',
        description: '`true` starts the import at once; needs `mapping`, `template` or `corrects`',
      }),
    ),
  },
  { required: ['file'] },
)

const uploadHeaders = idempotencyHeaders(
  'any text of your choice; a repeated upload with the same key and file answers with the import of the first, ' +
    'as it is now. While that import is being deleted the answer is `idempotency-key-held`; then the key is free.',
)

interface UploadRouteOptions {
  readonly imports: ImportService
  readonly limits: HttpLimits
}

const locationHeader = { type: 'string', description: 'address of the import' }

const uploadSchema = {
  operationId: 'uploadImport',
  tags: ['imports'],
  summary: 'Upload a sheet',
  description:
    'Takes one .xlsx file as `multipart/form-data`, reads it once from end to end, and keeps it as a new import. ' +
    'A file that can not be imported is refused at once with what to correct, and nothing of it is kept. ' +
    'The part `mapping` is the body of `PUT …/mapping` as JSON; `template` in its place names a mapping template. With ' +
    '`start` the import is started in the same call. A corrected sheet of faulty rows becomes an import of the kind ' +
    '`correction`, mapped as the one that it corrects. The service refuses the upload when its mapping does not fit.',
  security: secured,
  consumes: ['multipart/form-data'],
  headers: uploadHeaders,
  querystring: Type.Object({}, { additionalProperties: false }),
  response: {
    201: answer(
      { ...ref(Import), headers: { Location: locationHeader } },
      'The import, with its sheets and exact row counts.',
    ),
    ...problems(
      'request-invalid',
      'request-timeout',
      'media-type-unsupported',
      'upload-malformed',
      'file-missing',
      'file-twice',
      'file-too-large',
      'file-not-xlsx',
      'file-encrypted',
      'file-label-protected',
      'file-corrupt',
      'file-no-worksheet',
      'file-empty',
      'file-too-many-rows',
      'file-too-many-columns',
      'file-beyond-limits',
      ...mappingCodes,
      'mapping-implausible',
      'correction-original-unknown',
      'correction-original-moving',
      'correction-rows-missing',
      'correction-columns-differ',
      'idempotency-key-reused',
      'idempotency-key-held',
      'storage-full',
      'service-busy',
    ),
  },
}

export const uploadRoutes: FastifyPluginAsyncTypebox<UploadRouteOptions> = async (
  app,
  { imports, limits },
) => {
  const places = new Places({
    inAll: limits.uploadsReceivingMax,
    perTenant: limits.uploadsReceivingPerTenant,
  })
  const closing = new AbortController()
  // A client that is still sending could hold up the close for as long as it likes.
  app.addHook('preClose', async () => closing.abort(new AppError('service-unavailable')))

  /** Receives the upload and keeps it as an import. It removes the spooled file before the answer goes out. */
  async function acceptUpload(request: FastifyRequest, signal: AbortSignal): Promise<Import> {
    using _place = places.take(request.caller)
    await using upload = await receiveUpload(request, {
      spool: source => imports.spool(source),
      limits,
      signal,
    })
    const { file, fileName, name, mapping, hasMappingPart, start, corrects } = upload
    const idempotencyKey = idempotencyKeyOf(request)
    const accepting = imports.accept(
      request.caller,
      {
        file,
        fileName,
        ...(mapping !== undefined && { mapping, start }),
        ...(corrects !== undefined && { corrects, start }),
        ...(name !== undefined && { name }),
        ...(idempotencyKey !== undefined && { idempotencyKey }),
      },
      localeOf(request),
      signal,
    )
    return await accepting.catch(error => {
      throw hasMappingPart ? pointBelow(mappingPointer, error) : error
    })
  }

  app.route({
    method: 'POST',
    url: '/imports',
    config: {
      access: importers,
      swaggerTransform: ({ schema, url }) => ({ schema: { ...schema, body: UploadForm }, url }),
    },
    schema: uploadSchema,
    async handler(request, reply) {
      const signal = AbortSignal.any([clientSignal(reply), closing.signal])
      const accepted = await acceptUpload(request, signal)
      return reply.code(201).header('location', `/v1/imports/${accepted.id}`).send(accepted)
    },
  })
}
