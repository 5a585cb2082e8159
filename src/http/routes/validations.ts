/** Validations of imports: what a start would bring in, found out before. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Import } from '../../contracts/import.ts'
import { ref } from '../../contracts/schema.ts'
import type { ImportService } from '../../contracts/services.ts'
import { importers } from '../access.ts'
import { answer, problems, secured } from '../answers.ts'
import { importParams, localeOf } from '../requests.ts'

interface ValidationRouteOptions {
  readonly imports: ImportService
}

const shared = { tags: ['imports'], security: secured }

export const validationRoutes: FastifyPluginAsyncTypebox<ValidationRouteOptions> = async (
  app,
  { imports },
) => {
  app.route({
    method: 'POST',
    url: '/imports/:id/validate',
    config: { access: importers },
    schema: {
      ...shared,
      operationId: 'validateImport',
      summary: 'Validate an import',
      description:
        'Reads and maps all rows of a mapped import in the background, as a start would, and writes no contact. It waits in ' +
        'the queue of the imports. `validation` of the import tells how far it is; when it is `completed`, `rows` is the ' +
        'ledger that a start would give. Its issues and findings are read with `run=validation`. A validation that is ' +
        'queued or running goes on; one that is over is replaced. A start, another mapping and a deletion cancel it. A mapping that ' +
        'a start would refuse as not plausible can be validated.',
      params: importParams,
      response: {
        202: answer(ref(Import), 'The import; its validation is `queued` or `running`.'),
        ...problems(
          'not-found',
          'import-state-conflict',
          'mapping-missing',
          'correction-without-validation',
        ),
      },
    },
    async handler(request, reply) {
      const { caller, params } = request
      return reply.code(202).send(await imports.validate(caller, params.id, localeOf(request)))
    },
  })

  app.route({
    method: 'POST',
    url: '/imports/:id/validate/cancel',
    config: { access: importers },
    schema: {
      ...shared,
      operationId: 'cancelValidation',
      summary: 'Cancel a validation',
      description:
        'A queued validation is cancelled at once, a running one at its next step. What it found so far can still be read.',
      params: importParams,
      response: {
        202: answer(ref(Import), 'The import; its validation is `cancelled`.'),
        ...problems('not-found', 'validation-not-running'),
      },
    },
    async handler(request, reply) {
      const { caller, params } = request
      const cancelled = await imports.cancelValidation(caller, params.id, localeOf(request))
      return reply.code(202).send(cancelled)
    },
  })
}
