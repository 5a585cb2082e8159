/**
 * Answers `method-not-allowed` for every method that a known path does not take, with the methods that it takes
 * (RFC 9110 §15.5.6). That says no more than the public document of the API, so it needs no token.
 */
import { METHODS } from 'node:http'
import type { FastifyInstance } from 'fastify'
import { AppError } from '../errors.ts'

/** CONNECT names no path and never becomes a request. */
const methods = METHODS.filter(method => method !== 'CONNECT')

/**
 * The paths of all routes that are registered from now on, without those that end in `*`: only their handlers know which
 * files exist below them.
 */
export function collectPaths(app: FastifyInstance): ReadonlySet<string> {
  const paths = new Set<string>()
  app.addHook('onRoute', ({ url }) => {
    if (!url.endsWith('*')) paths.add(url)
  })
  return paths
}

/** Refuses all other methods of the known paths. Call it when all other routes are registered. */
export function refuseOtherMethods(app: FastifyInstance, paths: ReadonlySet<string>): void {
  for (const method of methods) {
    if (!app.supportedMethods.includes(method)) app.addHttpMethod(method)
  }
  for (const url of [...paths]) {
    const isTaken = (method: string) => app.hasRoute({ method: method as 'GET', url })
    const allowed = methods.filter(isTaken).join(', ')
    app.route({
      method: methods.filter(method => !isTaken(method)),
      url,
      schema: { hide: true },
      // This answers before Fastify reads a body, so neither the content nor the size of the body matters.
      onRequest: async (_request, reply) => {
        reply.header('allow', allowed)
        throw new AppError('method-not-allowed', { allowed })
      },
      handler: () => {},
    })
  }
}
