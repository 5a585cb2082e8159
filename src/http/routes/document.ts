/** The document of the API, without a token. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { answer } from '../answers.ts'

export const documentRoutes: FastifyPluginAsyncTypebox = async app => {
  app.route({
    method: 'GET',
    url: '/openapi.json',
    schema: {
      tags: ['service'],
      security: [],
      operationId: 'getApiDocument',
      summary: 'This document',
      response: {
        200: answer(Type.Object({}, { additionalProperties: true }), 'OpenAPI 3.1 in JSON.'),
      },
    },
    handler: async () => app.swagger(),
  })
}
