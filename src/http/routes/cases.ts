/** Cases of contacts: open, list, change. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { Case, CaseChange, CaseCreation, CasePage, CaseStatusSchema } from '../../contracts/case.ts'
import { DecimalId, ref } from '../../contracts/schema.ts'
import type { ContactService } from '../../contracts/services.ts'
import { contactWorkers } from '../access.ts'
import { answer, jsonBodyCodes, problems, secured } from '../answers.ts'
import { decimalParams, importIdsQuery, pageQuery } from '../requests.ts'

interface CaseRouteOptions {
  readonly contacts: ContactService
}

const shared = { tags: ['cases'], security: secured }

export const caseRoutes: FastifyPluginAsyncTypebox<CaseRouteOptions> = async (app, options) => {
  await app.register(changingRoutes, options)
  await app.register(readingRoutes, options)
}

const changingRoutes: FastifyPluginAsyncTypebox<CaseRouteOptions> = async (app, { contacts }) => {
  app.route({
    method: 'POST',
    url: '/contacts/:id/cases',
    config: { access: contactWorkers },
    schema: {
      ...shared,
      operationId: 'createCase',
      summary: 'Open a case for a contact',
      params: decimalParams,
      body: ref(CaseCreation),
      response: {
        201: answer(ref(Case), 'The case.'),
        ...problems('not-found', ...jsonBodyCodes),
      },
    },
    async handler(request, reply) {
      const { caller, params, body } = request
      return reply.code(201).send(await contacts.createCase(caller, params.id, body.subject))
    },
  })

  app.route({
    method: 'PATCH',
    url: '/cases/:id',
    config: { access: contactWorkers },
    schema: {
      ...shared,
      operationId: 'changeCase',
      summary: 'Close, reopen or retitle a case',
      params: decimalParams,
      body: ref(CaseChange),
      response: {
        200: answer(ref(Case), 'The case.'),
        ...problems('not-found', ...jsonBodyCodes),
      },
    },
    handler: request => contacts.changeCase(request.caller, request.params.id, request.body),
  })
}

const readingRoutes: FastifyPluginAsyncTypebox<CaseRouteOptions> = async (app, { contacts }) => {
  app.route({
    method: 'GET',
    url: '/cases',
    config: { access: contactWorkers },
    schema: {
      ...shared,
      operationId: 'listCases',
      summary: 'List cases',
      description: 'Newest first.',
      querystring: Type.Object(
        {
          contactId: Type.Optional(
            Type.Unsafe<string>({ ...DecimalId, description: 'only cases of this contact' }),
          ),
          importId: importIdsQuery,
          status: Type.Optional(CaseStatusSchema),
          ...pageQuery,
        },
        { additionalProperties: false },
      ),
      response: { 200: answer(ref(CasePage), 'A page of cases.'), ...problems('request-invalid') },
    },
    handler: request => {
      const { importId: importIds, ...query } = request.query
      return contacts.listCases(request.caller, { ...query, ...(importIds && { importIds }) })
    },
  })
}
