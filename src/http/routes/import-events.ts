/** Live events of one import or of all imports of the tenant, as server-sent events. */
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { ImportEvent } from '../../contracts/events.ts'
import { ref } from '../../contracts/schema.ts'
import type { FollowQuery, ImportService } from '../../contracts/services.ts'
import { importers } from '../access.ts'
import { problems, secured } from '../answers.ts'
import { writeEventStream } from '../event-stream.ts'
import type { HttpLimits } from '../http-limits.ts'
import { Places } from '../places.ts'
import { importParams, localeOf } from '../requests.ts'

interface EventRouteOptions {
  readonly imports: ImportService
  readonly limits: HttpLimits
}

const EventId = Type.String({
  pattern: '^([0-9a-fA-F-]{36}:[0-9]{1,15})?$',
  description:
    '`<importId>:<seq>` of the last event that the reader saw; the stream goes on after it',
})

const resumeHeaders = Type.Object({ 'Last-Event-ID': Type.Optional(EventId) })

const resumeQuery = Type.Object(
  { lastEventId: Type.Optional(EventId) },
  { additionalProperties: false },
)

const streamAnswer = {
  200: {
    description:
      'A stream that stays open. First a message `state` with the current state of each import (of the newest 200, and of ' +
      'those that are validated, queued, running or being deleted), then one message `ready`, then every event: ' +
      '`event:` its type, `id:` its id, `data:` the CloudEvent (schema ImportEvent). With a `Last-Event-ID` that the service ' +
      'still knows there are no states, and the events after that one are sent. `ready` says in `data:` which of the two it ' +
      'is: after `{"resumed":false}` a page that shows further imports reads them again. ' +
      'After 15 s of silence the service sends a comment. The last message is `end`, with the reason in `data:`: ' +
      '`{"reason":"token-expired"}` asks for a new token, `closing` and `failed` for another connection with `Last-Event-ID`. ' +
      'The service cuts off a reader that takes too little for too long, without this message.',
    content: {
      'text/event-stream': {
        schema: Type.String({
          description:
            'the JSON of each `data:` line of an event; that of `state` is an ImportSnapshot',
          contentMediaType: 'application/cloudevents+json',
          contentSchema: ref(ImportEvent),
          examples: [
            'event: contact-import.started.v1\nid: 0198…:4\ndata: {"specversion":"1.0"}\n\n',
          ],
        }),
      },
    },
  },
}

const shared = {
  tags: ['events'],
  security: secured,
  headers: resumeHeaders,
  querystring: resumeQuery,
}

export const eventRoutes: FastifyPluginAsyncTypebox<EventRouteOptions> = async (
  app,
  { imports, limits },
) => {
  const places = new Places({
    inAll: limits.eventStreamsMax,
    perTenant: limits.eventStreamsPerTenant,
    perToken: limits.eventStreamsPerToken,
  })
  const closing = new AbortController()
  // Open streams would hold up the close without end.
  app.addHook('preClose', async () => closing.abort())

  const stream = async (request: FastifyRequest, reply: FastifyReply, query: FollowQuery) => {
    const { caller } = request
    using _place = places.take(caller)
    writeHead(reply)
    try {
      const end = await writeEventStream(reply.raw, {
        limits,
        expiresAt: caller.expiresAt,
        closing: closing.signal,
        open: signal => imports.follow(caller, query, signal),
      })
      request.log.info({ end }, 'event stream ended')
    } catch (error) {
      request.log.error({ err: error }, 'event stream failed')
    }
  }

  app.route({
    method: 'GET',
    url: '/imports/events',
    exposeHeadRoute: false,
    config: { access: importers },
    schema: {
      ...shared,
      operationId: 'followImports',
      summary: 'Follow all imports',
      description: 'One stream for all imports of the tenant, including those uploaded later.',
      response: { ...streamAnswer, ...problems('request-invalid', 'service-busy') },
    },
    handler: (request, reply) => stream(request, reply, readLastEventId(request)),
  })

  app.route({
    method: 'GET',
    url: '/imports/:id/events',
    exposeHeadRoute: false,
    config: { access: importers },
    schema: {
      ...shared,
      operationId: 'followImport',
      summary: 'Follow one import',
      params: importParams,
      response: { ...streamAnswer, ...problems('request-invalid', 'not-found', 'service-busy') },
    },
    async handler(request, reply) {
      const importId = request.params.id
      // Throws `not-found` for an unknown import, before the stream begins.
      await imports.get(request.caller, importId, localeOf(request))
      await stream(request, reply, { importId, ...readLastEventId(request) })
    },
  })
}

/** The header wins over the query, because an EventSource that reconnects by itself repeats the query of its first address. */
function readLastEventId(request: FastifyRequest): FollowQuery {
  const header = request.headers['last-event-id']
  const { lastEventId } = request.query as { lastEventId?: string }
  const given = (typeof header === 'string' && header) || lastEventId
  return given ? { lastEventId: given } : {}
}

function writeHead(reply: FastifyReply): void {
  reply.hijack()
  reply.raw.writeHead(200, {
    ...(reply.getHeaders() as Record<string, string>),
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    // Without this header nginx would buffer events.
    'x-accel-buffering': 'no',
    // A connection kept alive for further requests would hold up the close until the client closes it.
    connection: 'close',
  })
}
