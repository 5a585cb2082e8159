/** Campaigns: create, list, and their contacts. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { Campaign, CampaignCreation, CampaignPage } from '../../contracts/campaign.ts'
import { ContactPage } from '../../contracts/contact.ts'
import { ref } from '../../contracts/schema.ts'
import type { ContactService } from '../../contracts/services.ts'
import { importers } from '../access.ts'
import { answer, jsonBodyCodes, problems, secured } from '../answers.ts'
import { decimalParams, pageQuery } from '../requests.ts'

interface CampaignRouteOptions {
  readonly contacts: ContactService
}

const shared = { tags: ['campaigns'], security: secured }
const pageOnly = Type.Object(pageQuery, { additionalProperties: false })

export const campaignRoutes: FastifyPluginAsyncTypebox<CampaignRouteOptions> = async (
  app,
  options,
) => {
  await app.register(changingRoutes, options)
  await app.register(readingRoutes, options)
}

const changingRoutes: FastifyPluginAsyncTypebox<CampaignRouteOptions> = async (
  app,
  { contacts },
) => {
  app.route({
    method: 'POST',
    url: '/campaigns',
    config: { access: importers },
    schema: {
      ...shared,
      operationId: 'createCampaign',
      summary: 'Create a campaign',
      body: ref(CampaignCreation),
      response: {
        201: answer(ref(Campaign), 'The campaign.'),
        ...problems('campaign-name-taken', ...jsonBodyCodes),
      },
    },
    async handler(request, reply) {
      const campaign = await contacts.createCampaign(request.caller, request.body.name)
      return reply.code(201).send(campaign)
    },
  })
}

const readingRoutes: FastifyPluginAsyncTypebox<CampaignRouteOptions> = async (
  app,
  { contacts },
) => {
  app.route({
    method: 'GET',
    url: '/campaigns',
    config: { access: importers },
    schema: {
      ...shared,
      operationId: 'listCampaigns',
      summary: 'List campaigns',
      querystring: pageOnly,
      response: {
        200: answer(ref(CampaignPage), 'A page of campaigns.'),
        ...problems('request-invalid'),
      },
    },
    handler: request => contacts.listCampaigns(request.caller, request.query),
  })

  app.route({
    method: 'GET',
    url: '/campaigns/:id/contacts',
    config: { access: importers },
    schema: {
      ...shared,
      operationId: 'listCampaignContacts',
      summary: 'List the contacts of a campaign',
      params: decimalParams,
      querystring: pageOnly,
      response: {
        200: answer(ref(ContactPage), 'A page of contacts.'),
        ...problems('request-invalid', 'not-found'),
      },
    },
    handler: ({ caller, params, query }) => contacts.listCampaignContacts(caller, params.id, query),
  })
}
