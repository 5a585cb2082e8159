/** Assignments of whole imports to a campaign: ask for one, read, list, remove. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { Type } from 'typebox'
import { Assignment, AssignmentPage, AssignmentRequest } from '../../contracts/campaign.ts'
import { DecimalId, ref } from '../../contracts/schema.ts'
import type { ContactService } from '../../contracts/services.ts'
import { importers } from '../access.ts'
import { answer, jsonBodyCodes, problems, secured } from '../answers.ts'
import { decimalParams, pageQuery } from '../requests.ts'

interface AssignmentRouteOptions {
  readonly contacts: ContactService
}

const shared = { tags: ['campaigns'], security: secured }
const assignmentParams = Type.Object({ id: DecimalId, assignmentId: DecimalId })

export const assignmentRoutes: FastifyPluginAsyncTypebox<AssignmentRouteOptions> = async (
  app,
  options,
) => {
  await app.register(changingRoutes, options)
  await app.register(readingRoutes, options)
}

const changingRoutes: FastifyPluginAsyncTypebox<AssignmentRouteOptions> = async (
  app,
  { contacts },
) => {
  app.route({
    method: 'POST',
    url: '/campaigns/:id/assignments',
    config: { access: importers },
    schema: {
      ...shared,
      operationId: 'assignImport',
      summary: 'Assign a whole import to a campaign',
      description:
        'The contacts join in the background, and those that the import still brings follow until it is completed. ' +
        'The same call once more answers the same assignment and adds nobody twice.',
      params: decimalParams,
      body: ref(AssignmentRequest),
      response: {
        202: answer(ref(Assignment), 'The assignment; `Location` is where to read it.'),
        ...problems(
          'not-found',
          'import-not-started',
          'import-state-conflict',
          'correction-without-contacts',
          'assignment-being-removed',
          ...jsonBodyCodes,
        ),
      },
    },
    async handler({ caller, params, body }, reply) {
      const assignment = await contacts.assignImport(caller, params.id, body.importId)
      return reply
        .code(202)
        .header('location', `/v1/campaigns/${params.id}/assignments/${assignment.id}`)
        .send(assignment)
    },
  })

  app.route({
    method: 'DELETE',
    url: '/campaigns/:id/assignments/:assignmentId',
    config: { access: importers },
    schema: {
      ...shared,
      operationId: 'removeAssignment',
      summary: 'Take out of a campaign what an assignment put in',
      description:
        'Removes the contacts in the background, and also while contacts still join. A contact that was in the campaign ' +
        'before stays in it. After the removal the assignment is gone and answers 404.',
      params: assignmentParams,
      response: {
        202: answer(ref(Assignment), 'The assignment, which is being removed.'),
        ...problems('not-found'),
      },
    },
    async handler({ caller, params }, reply) {
      return reply
        .code(202)
        .send(await contacts.removeAssignment(caller, params.id, params.assignmentId))
    },
  })
}

const readingRoutes: FastifyPluginAsyncTypebox<AssignmentRouteOptions> = async (
  app,
  { contacts },
) => {
  app.route({
    method: 'GET',
    url: '/campaigns/:id/assignments',
    config: { access: importers },
    schema: {
      ...shared,
      operationId: 'listAssignments',
      summary: 'List the assignments of a campaign',
      description: 'Newest first.',
      params: decimalParams,
      querystring: Type.Object(pageQuery, { additionalProperties: false }),
      response: {
        200: answer(ref(AssignmentPage), 'A page of assignments.'),
        ...problems('request-invalid', 'not-found'),
      },
    },
    handler: ({ caller, params, query }) => contacts.listAssignments(caller, params.id, query),
  })

  app.route({
    method: 'GET',
    url: '/campaigns/:id/assignments/:assignmentId',
    config: { access: importers },
    schema: {
      ...shared,
      operationId: 'getAssignment',
      summary: 'Read an assignment',
      params: assignmentParams,
      response: { 200: answer(ref(Assignment), 'The assignment.'), ...problems('not-found') },
    },
    handler: ({ caller, params }) => contacts.getAssignment(caller, params.id, params.assignmentId),
  })
}
