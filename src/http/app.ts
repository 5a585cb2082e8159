/**
 * Builds the HTTP application: plugins, hooks and routes in one visible order. It neither listens nor connects; it knows
 * the product only by the services that it is given.
 */
import type { IncomingMessage } from 'node:http'
import fastifyMultipart from '@fastify/multipart'
import fastifySwagger from '@fastify/swagger'
import fastifySwaggerUi from '@fastify/swagger-ui'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import Fastify, {
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyRequest,
  LogController,
} from 'fastify'
import type { ContactService, ImportService, Metrics, Readiness } from '../contracts/services.ts'
import { AppError } from '../errors.ts'
import { access } from './access.ts'
import { collectPaths, refuseOtherMethods } from './allowed-methods.ts'
import { answerSocket, sendProblem } from './answering.ts'
import type { TokenVerifier } from './auth.ts'
import { documentOptions } from './document.ts'
import { fillLimits, type HttpLimits } from './http-limits.ts'
import { readJsonBody } from './json-body.ts'
import { discardRest } from './linger.ts'
import { bindImportId, chooseRequestId, logAnswer } from './request-log.ts'
import { assignmentRoutes } from './routes/assignments.ts'
import { campaignRoutes } from './routes/campaigns.ts'
import { caseRoutes } from './routes/cases.ts'
import { contactFieldRoutes } from './routes/contact-fields.ts'
import { contactRoutes } from './routes/contacts.ts'
import { documentRoutes } from './routes/document.ts'
import { findingRoutes } from './routes/findings.ts'
import { healthRoutes } from './routes/health.ts'
import { eventRoutes } from './routes/import-events.ts'
import { importRoutes } from './routes/imports.ts'
import { issueSheetRoutes } from './routes/issue-sheet.ts'
import { mappingRoutes } from './routes/mapping.ts'
import { metricsRoutes } from './routes/metrics.ts'
import { outcomeRoutes } from './routes/outcomes.ts'
import { rowRoutes } from './routes/rows.ts'
import { templateRoutes } from './routes/templates.ts'
import { uploadRoutes } from './routes/uploads.ts'
import { validationRoutes } from './routes/validations.ts'
import { namedSchemas } from './schemas.ts'
import { buildSerializer } from './serialization.ts'
import { compileValidator, refuseBrokenQuery } from './validation.ts'

export interface AppOptions {
  readonly imports: ImportService
  readonly contacts: ContactService
  readonly readiness: Readiness
  readonly metrics: Metrics
  /** false for a worker, which answers only about its health and metrics; default true */
  readonly servesApi?: boolean
  readonly auth: TokenVerifier
  /** when absent, the application logs nothing */
  readonly logger?: FastifyBaseLogger
  /** defaults from `limits.ts` */
  readonly limits?: Partial<HttpLimits>
}

/** The application, ready to listen or to be injected into. */
export async function buildApp(options: AppOptions): Promise<FastifyInstance> {
  const limits = fillLimits(options.limits)
  const app = createServer(options, limits)
  app.setValidatorCompiler(compileValidator)
  for (const schema of namedSchemas) app.addSchema(schema)
  app.setErrorHandler(sendProblem)
  app.setNotFoundHandler((request, reply) => sendProblem(new AppError('not-found'), request, reply))
  addHooks(app, options.readiness, limits)
  acceptJson(app, limits)
  const paths = collectPaths(app)
  if (options.servesApi === false) await registerService(app, options)
  else await registerAll(app, options, limits)
  refuseOtherMethods(app, paths)
  return app
}

async function registerAll(app: App, options: AppOptions, limits: HttpLimits): Promise<void> {
  await app.register(fastifySwagger, documentOptions)
  await registerService(app, options)
  await app.register(fastifySwaggerUi, { routePrefix: '/docs', staticCSP: docsPolicy })
  await app.register(documentRoutes)
  await app.register(registerApi, { prefix: '/v1', ...options, limits })
}

/** The routes of every process, also of one that serves no API. */
async function registerService(app: App, { readiness, metrics }: AppOptions): Promise<void> {
  await app.register(healthRoutes, { readiness })
  await app.register(metricsRoutes, { metrics })
}

function createServer(options: AppOptions, limits: HttpLimits) {
  return Fastify({
    ...(options.logger && { loggerInstance: options.logger }),
    genReqId: chooseRequestId,
    requestIdHeader: false,
    logController: new LogController({
      disableRequestLogging: true,
      requestIdLogLabel: 'requestId',
    }),
    bodyLimit: limits.jsonBodyBytesMax,
    schemaController: { compilersFactory: { buildSerializer } },
    // The server still answers requests that arrive while it closes: the services close after it.
    return503OnClosing: false,
    frameworkErrors: (error, request, reply) => sendProblem(error, request, reply),
    clientErrorHandler: answerSocket,
  }).withTypeProvider<TypeBoxTypeProvider>()
}

type App = ReturnType<typeof createServer>

function addHooks(app: App, readiness: Readiness, limits: HttpLimits): void {
  app.decorateReply('problemCode', '')
  app.addHook('onRequest', async (request, reply) => {
    bindImportId(request)
    reply.headers({ ...securityHeaders, 'x-request-id': request.id })
    // A proxy would send its next request on the same connection, which this process is about to close.
    if (readiness.ending) reply.header('connection', 'close')
  })
  app.addHook('preClose', async () => {
    setTimeout(() => app.server.closeAllConnections(), limits.closeRequestsMs).unref()
  })
  app.addHook('preValidation', async request => refuseBrokenQuery(request.url))
  app.addHook('onResponse', async (request, reply) => {
    discardRest(request.raw, limits.lingerMs)
    logAnswer(request, reply)
  })
}

/** Answers are data for one caller: browsers and proxies must not cache them, guess their type, or show them in a frame. */
const securityHeaders = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

/** The documentation page is the only page with scripts and styles, and loads them from this service alone. */
const docsPolicy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
  "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/** Accepts JSON bodies only; uploads have a scope of their own. A call that takes no body may come with an empty one. */
function acceptJson(app: App, limits: HttpLimits): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    'application/json',
    (request: FastifyRequest, payload: IncomingMessage) =>
      readJsonBody(payload, limits, request.routeOptions.schema?.body !== undefined),
  )
}

interface ApiOptions extends AppOptions {
  readonly limits: HttpLimits
}

/** Registers everything below `/v1`, all of which needs a token. */
async function registerApi(app: FastifyInstance, options: ApiOptions): Promise<void> {
  const { imports, contacts, limits } = options
  await app.register(access, { auth: options.auth })
  await app.register(registerUploads, { imports, limits })
  await app.register(importRoutes, { imports })
  await app.register(findingRoutes, { imports })
  await app.register(issueSheetRoutes, { imports, limits })
  await app.register(validationRoutes, { imports })
  await app.register(rowRoutes, { imports, limits })
  await app.register(outcomeRoutes, { imports, limits })
  await app.register(mappingRoutes, { imports })
  await app.register(templateRoutes, { imports })
  await app.register(eventRoutes, { imports, limits })
  await app.register(contactFieldRoutes, { contacts })
  await app.register(contactRoutes, { contacts })
  await app.register(caseRoutes, { contacts })
  await app.register(campaignRoutes, { contacts })
  await app.register(assignmentRoutes, { contacts })
}

/** Registers the only scope that reads multipart bodies; it reads no others. */
async function registerUploads(
  app: FastifyInstance,
  { imports, limits }: Pick<ApiOptions, 'imports' | 'limits'>,
): Promise<void> {
  app.removeAllContentTypeParsers()
  await app.register(fastifyMultipart, { throwFileSizeLimit: false })
  await app.register(uploadRoutes, { imports, limits })
}
