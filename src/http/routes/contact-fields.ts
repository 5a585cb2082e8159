/** Contact fields: list, and the custom ones made, changed, deleted. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { ContactFieldItem, ContactFieldList } from '../../contracts/contact.ts'
import {
  ContactFieldChange,
  ContactFieldCreation,
  ContactFieldUsage,
  CustomFieldKey,
} from '../../contracts/custom-fields.ts'
import { ref } from '../../contracts/schema.ts'
import type { ContactService } from '../../contracts/services.ts'
import { customFieldsPerTenant } from '../../limits.ts'
import { contactWorkers, importers } from '../access.ts'
import { answer, jsonBodyCodes, problems, secured } from '../answers.ts'
import { localeOf } from '../requests.ts'

interface FieldRouteOptions {
  readonly contacts: ContactService
}

const shared = { tags: ['contacts'], security: secured }
const keyParams = Type.Object({ key: CustomFieldKey })

export const contactFieldRoutes: FastifyPluginAsyncTypebox<FieldRouteOptions> = async (
  app,
  options,
) => {
  await app.register(readingRoutes, options)
  await app.register(keepingRoutes, options)
  await app.register(removingRoutes, options)
}

const readingRoutes: FastifyPluginAsyncTypebox<FieldRouteOptions> = async (app, { contacts }) => {
  app.route({
    method: 'GET',
    url: '/contact-fields',
    config: { access: contactWorkers },
    schema: {
      ...shared,
      operationId: 'listContactFields',
      summary: 'List contact fields',
      description:
        'The fields that a column can be mapped to, labelled in the language asked for; the custom fields of the ' +
        'tenant stand behind the built-in ones.',
      response: {
        200: answer(ref(ContactFieldList), 'All fields in display order.'),
        ...problems(),
      },
    },
    handler: async request => ({
      items: await contacts.listFields(request.caller, localeOf(request)),
    }),
  })

  app.route({
    method: 'GET',
    url: '/contact-fields/:key/usage',
    config: { access: importers },
    schema: {
      ...shared,
      operationId: 'readContactFieldUsage',
      summary: 'Count the contacts that hold a custom field',
      description: 'What a deletion of the field would take away.',
      params: keyParams,
      response: {
        200: answer(ref(ContactFieldUsage), 'How many contacts hold a value.'),
        ...problems('not-found', 'contact-field-built-in'),
      },
    },
    handler: ({ caller, params }) => contacts.readFieldUsage(caller, params.key),
  })
}

const keepingRoutes: FastifyPluginAsyncTypebox<FieldRouteOptions> = async (app, { contacts }) => {
  app.route({
    method: 'POST',
    url: '/contact-fields',
    config: { access: importers },
    schema: {
      ...shared,
      operationId: 'createContactField',
      summary: 'Make a custom field',
      description: `A tenant has up to ${customFieldsPerTenant} custom fields. Its key and its type stay as they are.`,
      body: ref(ContactFieldCreation),
      response: {
        201: answer(ref(ContactFieldItem), 'The field.'),
        ...problems(
          'contact-field-taken',
          'contact-fields-too-many',
          'contact-field-choices',
          'contact-field-too-large',
          ...jsonBodyCodes,
        ),
      },
    },
    async handler(request, reply) {
      const field = await contacts.createField(request.caller, request.body, localeOf(request))
      return reply.code(201).send(field)
    },
  })

  app.route({
    method: 'PATCH',
    url: '/contact-fields/:key',
    config: { access: importers },
    schema: {
      ...shared,
      operationId: 'changeContactField',
      summary: 'Change the names, choices or duty of a custom field',
      description: 'Values that contacts hold stay as they are, also where their choice is gone.',
      params: keyParams,
      body: ref(ContactFieldChange),
      response: {
        200: answer(ref(ContactFieldItem), 'The field as it is now.'),
        ...problems(
          'not-found',
          'contact-field-built-in',
          'contact-field-choices',
          'contact-field-too-large',
          ...jsonBodyCodes,
        ),
      },
    },
    handler: request =>
      contacts.changeField(request.caller, request.params.key, request.body, localeOf(request)),
  })
}

const removingRoutes: FastifyPluginAsyncTypebox<FieldRouteOptions> = async (app, { contacts }) => {
  app.route({
    method: 'DELETE',
    url: '/contact-fields/:key',
    config: { access: importers },
    schema: {
      ...shared,
      operationId: 'removeContactField',
      summary: 'Delete a custom field and its values',
      description:
        'The field is gone at once, and its key is free. Its values are in no answer any more; they are taken from ' +
        'their contacts in the background. An import that is running goes on without them.',
      params: keyParams,
      response: {
        202: answer(ref(ContactFieldItem), 'The field as it was.'),
        ...problems('not-found', 'contact-field-built-in'),
      },
    },
    async handler(request, reply) {
      const { caller, params } = request
      const field = await contacts.removeField(caller, params.key, localeOf(request))
      return reply.code(202).send(field)
    },
  })
}
