/** The header `Idempotency-Key`. */
import type { FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { idempotencyKeyCharactersMax } from '../limits.ts'

/** The headers of a route that takes the key; `description` says what a repeated call does. */
export function idempotencyHeaders(description: string) {
  return Type.Object({
    'Idempotency-Key': Type.Optional(
      Type.String({
        pattern: `^[\\x21-\\x7e]{1,${idempotencyKeyCharactersMax}}$`,
        description,
        examples: ['2f0c9d4e-upload-1'],
      }),
    ),
  })
}

/** The key; undefined where the caller sends none. */
export function idempotencyKeyOf(request: FastifyRequest): string | undefined {
  return request.headers['idempotency-key'] as string | undefined
}
