/** Mapping templates: keep, list, read, replace, delete. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import {
  MappingTemplate,
  MappingTemplatePage,
  TemplateRequest,
} from '../../contracts/mapping-template.ts'
import { ref } from '../../contracts/schema.ts'
import type { ImportService } from '../../contracts/services.ts'
import { templatesPerTenant } from '../../limits.ts'
import { importers } from '../access.ts'
import { answer, jsonBodyCodes, problems, secured } from '../answers.ts'
import { decimalParams, pageQuery } from '../requests.ts'

interface TemplateRouteOptions {
  readonly imports: ImportService
}

const shared = { tags: ['mapping'], security: secured }
const pageOnly = Type.Object(pageQuery, { additionalProperties: false })

const contentCodes = [
  'template-name-taken',
  'template-too-large',
  'mapping-empty',
  'mapping-field-twice',
  'mapping-unknown-field',
  'mapping-unknown-region',
  'mapping-required-unmapped',
  ...jsonBodyCodes,
] as const

export const templateRoutes: FastifyPluginAsyncTypebox<TemplateRouteOptions> = async (
  app,
  options,
) => {
  await app.register(keepingRoutes, options)
  await app.register(readingRoutes, options)
  await app.register(removingRoutes, options)
}

const keepingRoutes: FastifyPluginAsyncTypebox<TemplateRouteOptions> = async (app, { imports }) => {
  app.route({
    method: 'POST',
    url: '/mapping-templates',
    config: { access: importers },
    schema: {
      ...shared,
      operationId: 'createMappingTemplate',
      summary: 'Keep a mapping under a name',
      description:
        'Columns are named by their names, so that the template fits every list with such columns. A tenant has up to ' +
        `${templatesPerTenant} templates, each under a name of its own.`,
      body: ref(TemplateRequest),
      response: {
        201: answer(ref(MappingTemplate), 'The template; `Location` is where to read it.'),
        ...problems('templates-too-many', ...contentCodes),
      },
    },
    async handler(request, reply) {
      const template = await imports.createTemplate(request.caller, request.body)
      return reply
        .code(201)
        .header('location', `/v1/mapping-templates/${template.id}`)
        .send(template)
    },
  })

  app.route({
    method: 'PUT',
    url: '/mapping-templates/:id',
    config: { access: importers },
    schema: {
      ...shared,
      operationId: 'replaceMappingTemplate',
      summary: 'Replace or rename a mapping template',
      description: 'Imports that were mapped by it keep the mapping that they have.',
      params: decimalParams,
      body: ref(TemplateRequest),
      response: {
        200: answer(ref(MappingTemplate), 'The template as it is now.'),
        ...problems('not-found', ...contentCodes),
      },
    },
    handler: ({ caller, params, body }) => imports.replaceTemplate(caller, params.id, body),
  })
}

const readingRoutes: FastifyPluginAsyncTypebox<TemplateRouteOptions> = async (app, { imports }) => {
  app.route({
    method: 'GET',
    url: '/mapping-templates',
    config: { access: importers },
    schema: {
      ...shared,
      operationId: 'listMappingTemplates',
      summary: 'List mapping templates',
      querystring: pageOnly,
      response: {
        200: answer(ref(MappingTemplatePage), 'A page of templates, the newest first.'),
        ...problems('request-invalid'),
      },
    },
    handler: ({ caller, query }) => imports.listTemplates(caller, query),
  })

  app.route({
    method: 'GET',
    url: '/mapping-templates/:id',
    config: { access: importers },
    schema: {
      ...shared,
      operationId: 'getMappingTemplate',
      summary: 'Read a mapping template',
      params: decimalParams,
      response: {
        200: answer(ref(MappingTemplate), 'The template.'),
        ...problems('not-found'),
      },
    },
    handler: ({ caller, params }) => imports.getTemplate(caller, params.id),
  })
}

const removingRoutes: FastifyPluginAsyncTypebox<TemplateRouteOptions> = async (
  app,
  { imports },
) => {
  app.route({
    method: 'DELETE',
    url: '/mapping-templates/:id',
    config: { access: importers },
    schema: {
      ...shared,
      operationId: 'removeMappingTemplate',
      summary: 'Delete a mapping template',
      params: decimalParams,
      response: {
        204: answer(Type.Null(), 'The template is gone; imports mapped by it keep their mapping.'),
        ...problems('not-found'),
      },
    },
    async handler({ caller, params }, reply) {
      await imports.removeTemplate(caller, params.id)
      return reply.code(204).send(null)
    },
  })
}
