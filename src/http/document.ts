/** The OpenAPI 3.1 document around the routes: its purpose, tokens, errors and languages. */
import type { FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import { examples } from '../contracts/examples.ts'
import { version } from '../version.ts'
import { exampleProblems } from './answers.ts'

const description = `Turns \`.xlsx\` sheets into contacts of a contact center.

**The path of a file**: upload it (\`POST /v1/imports\`), look at its first rows (\`preview\`), take or change the suggested
mapping (\`mapping/suggestion\`, \`mapping\`), start it, follow it (\`events\`), and find its contacts
(\`GET /v1/contacts?importId=\`). An import can be cancelled and continued, renamed, and deleted with all that came from it.

**Errors** are RFC 9457 problem details (\`application/problem+json\`). \`code\` is stable and made for programs; \`title\` and
\`detail\` say what to correct, in English or Polish by \`Accept-Language\`. Faults of a body point into it; faults of a
query or a header point to \`/query/…\` or \`/headers/…\`. A method that a path does not take is answered 405
\`method-not-allowed\`, with the ones that it takes in \`Allow\`. The \`instance\` is the request id, also sent as \`X-Request-Id\`.

**Lists** are keyset pages: pass \`nextCursor\` as \`cursor\` until it is null. A page of large items ends before \`limit\`.

**Tenants**: a token belongs to one tenant and shows nothing of any other: an id of another tenant answers 404.`

const tags = [
  { name: 'imports', description: 'Uploaded files and the groups of contacts made from them' },
  { name: 'mapping', description: 'Which column fills which contact field' },
  { name: 'events', description: 'Changes and progress, live' },
  { name: 'contacts', description: 'What was imported' },
  { name: 'cases', description: 'What is being handled for a contact' },
  { name: 'campaigns', description: 'Groups of contacts to call' },
  { name: 'service', description: 'Health and this document; needs no token' },
]

export const documentOptions: FastifyDynamicSwaggerOptions = {
  mode: 'dynamic',
  convertConstToEnum: false,
  refResolver: {
    buildLocalReference: (json, _baseUri, _fragment, i) =>
      typeof json.$id === 'string' ? json.$id : `Schema${i}`,
  },
  openapi: {
    openapi: '3.1.1',
    info: {
      title: 'contact-import',
      version,
      description,
      license: { name: 'Proprietary', identifier: 'LicenseRef-Proprietary' },
    },
    servers: [{ url: '/', description: 'the service that serves this document' }],
    tags,
    security: [{ bearer: [] }],
    components: {
      examples: exampleProblems(),
      securitySchemes: {
        bearer: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description:
            'Claims `sub`, `tenant` (`[A-Za-z0-9_-]{1,64}`), `roles` and `exp`. `admin` and `manager` may do everything, ' +
            '`agent` may read contacts and work on cases.',
        },
      },
    },
  },
  transformObject: given => {
    if (!('openapiObject' in given)) return given.swaggerObject
    const { openapiObject } = given
    const schemas = openapiObject.components?.schemas ?? {}
    for (const [name, example] of Object.entries(examples)) {
      Object.assign(schemas[name] ?? {}, { examples: [example] })
    }
    const { components, ...rest } = openapiObject
    return { ...rest, components } as typeof openapiObject
  },
}
