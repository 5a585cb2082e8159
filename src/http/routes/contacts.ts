/** Contacts: search, filter, read. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { Contact, ContactPage } from '../../contracts/contact.ts'
import { customFieldKeyPattern } from '../../contracts/custom-fields.ts'
import { ref } from '../../contracts/schema.ts'
import type { ContactService } from '../../contracts/services.ts'
import { searchedFieldsMax, soughtValueCharactersMax } from '../../limits.ts'
import { contactWorkers } from '../access.ts'
import { answer, problems, secured } from '../answers.ts'
import { decimalParams, importIdsQuery, pageQuery, searchText } from '../requests.ts'

interface ContactRouteOptions {
  readonly contacts: ContactService
}

const shared = { tags: ['contacts'], security: secured }

const customName = `^field\\.${customFieldKeyPattern.slice(1)}`
const customValue = Type.String({ minLength: 1, maxLength: soughtValueCharactersMax })

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
      description:
        'Each parameter `field.KEY` names a custom field of the tenant and the value that contacts hold, in any letter ' +
        'case: `field.segment=gold`. It is read as a cell of the field would be: `field.vip=yes`. Up to ' +
        `${searchedFieldsMax} may be named; contacts hold all of their values.`,
      querystring: Type.Object(
        {
          importId: importIdsQuery,
          q: searchText(
            'beginning of a last name, full name, company, e-mail address or phone number',
          ),
          ...pageQuery,
        },
        { additionalProperties: false, patternProperties: { [customName]: customValue } },
      ),
      response: {
        200: answer(ref(ContactPage), 'A page of contacts.'),
        ...problems('request-invalid'),
      },
    },
    handler: request => {
      const { importId: importIds, q, limit, cursor, ...custom } = request.query
      return contacts.listContacts(request.caller, {
        ...(q !== undefined && { q }),
        ...(limit !== undefined && { limit }),
        ...(cursor !== undefined && { cursor }),
        ...(importIds && { importIds }),
        ...(Object.keys(custom).length > 0 && { custom }),
      })
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
