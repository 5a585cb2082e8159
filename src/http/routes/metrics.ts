/** Serves an operator's monitoring, without a token. */
import type { FastifyPluginAsync } from 'fastify'
import type { Metrics } from '../../contracts/services.ts'

interface MetricsRouteOptions {
  readonly metrics: Metrics
}

export const metricsRoutes: FastifyPluginAsync<MetricsRouteOptions> = async (app, { metrics }) => {
  app.route({
    method: 'GET',
    url: '/metrics',
    config: { quiet: true },
    schema: {
      tags: ['service'],
      security: [],
      operationId: 'getMetrics',
      summary: 'Metrics in the text format of Prometheus',
      response: {
        200: {
          description: 'Counts of the process and of all imports, never anybody’s data.',
          content: { 'text/plain': { schema: { type: 'string' } } },
        },
      },
    },
    async handler(_request, reply) {
      const { contentType, text } = await metrics.read()
      return reply.type(contentType).send(text)
    },
  })
}
