/** Contacts: search, filter, read. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { Contact, ContactPage } from '../../contracts/contact.ts'
import { ref } from '../../contracts/schema.ts'
import type { ContactService } from '../../contracts/services.ts'
import { contactWorkers } from '../access.ts'
import { answer, problems, secured } from '../answers.ts'
import { decimalParams, importIdsQuery, pageQuery, searchText } from '../requests.ts'

interface ContactRouteOptions {
  readonly contacts: ContactService
}

const shared = { tags: ['contacts'], security: secured }

export const contactRoutes: FastifyPluginAsyncTypebox<ContactRouteOptions> = async (
  app,
  { contacts },
) => {
  app.route({
    method: 'GET',
    url: '/contacts',
    config: { access: contactWorkers },
    schema: {
      ...shared,
      operationId: 'listContacts',
      summary: 'Search contacts',
      querystring: Type.Object(
        {
          importId: importIdsQuery,
          q: searchText(
            'beginning of a last name, full name, company, e-mail address or phone number',
          ),
          ...pageQuery,
        },
        { additionalProperties: false },
      ),
      response: {
        200: answer(ref(ContactPage), 'A page of contacts.'),
        ...problems('request-invalid'),
      },
    },
    handler: request => {
      const { importId: importIds, ...query } = request.query
      return contacts.listContacts(request.caller, { ...query, ...(importIds && { importIds }) })
    },
  })

  app.route({
    method: 'GET',
    url: '/contacts/:id',
    config: { access: contactWorkers },
    schema: {
      ...shared,
      operationId: 'getContact',
      summary: 'Read a contact',
      params: decimalParams,
      response: { 200: answer(ref(Contact), 'The contact.'), ...problems('not-found') },
    },
    handler: request => contacts.getContact(request.caller, request.params.id),
  })
}
