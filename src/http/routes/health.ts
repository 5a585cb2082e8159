/** Tells orchestrators, without a token, whether the process lives and whether it is ready. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { Problem } from '../../contracts/problem.ts'
import { ref } from '../../contracts/schema.ts'
import type { Readiness } from '../../contracts/services.ts'
import { AppError } from '../../errors.ts'
import { version } from '../../version.ts'
import { answer } from '../answers.ts'
import { problemMediaType } from '../problem.ts'

interface HealthRouteOptions {
  readonly readiness: Readiness
}

const shared = { tags: ['service'], security: [] }

const Health = Type.Object({ status: Type.Literal('ok') }, { additionalProperties: false })

const Liveness = Type.Object(
  { status: Type.Literal('ok'), version: Type.String({ description: 'the release that runs' }) },
  { additionalProperties: false },
)

export const healthRoutes: FastifyPluginAsyncTypebox<HealthRouteOptions> = async (
  app,
  { readiness },
) => {
  app.route({
    method: 'GET',
    url: '/livez',
    config: { quiet: true },
    schema: {
      ...shared,
      operationId: 'getLiveness',
      summary: 'Whether the process answers',
      response: { 200: answer(Liveness, 'The process answers.') },
    },
    handler: async () => ({ status: 'ok' as const, version }),
  })

  app.route({
    method: 'GET',
    url: '/readyz',
    config: { quiet: true },
    schema: {
      ...shared,
      operationId: 'getReadiness',
      summary: 'Whether requests should be sent here',
      description:
        'Ready means: PostgreSQL answers, and nobody told the process to end. The broker plays no part.',
      response: {
        200: answer(Health, 'The process takes requests.'),
        503: {
          description: '`service-unavailable`: send requests to another process.',
          content: { [problemMediaType]: { schema: ref(Problem) } },
        },
      },
    },
    async handler(request) {
      const { ready, reason } = await readiness.check()
      if (ready) return { status: 'ok' as const }
      request.log.warn({ reason }, 'not ready')
      throw new AppError('service-unavailable')
    },
  })
}
