/** Readers that all routes share: language, paging, ids and lists of imports. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import { Type } from 'typebox'
import { ImportId } from '../contracts/import.ts'
import { DecimalId, filledTextPattern } from '../contracts/schema.ts'
import { AppError, type Locale } from '../errors.ts'
import {
  cursorCharactersMax,
  importFilterMax,
  pageItemsDefault,
  pageItemsMax,
  searchCharactersMax,
} from '../limits.ts'
import { readLocale } from './locale.ts'

export function localeOf(request: FastifyRequest): Locale {
  return readLocale(request.headers['accept-language'])
}

/** A signal that aborts with `upload-malformed` when the client closes the connection before it has its answer. */
export function clientSignal(reply: FastifyReply): AbortSignal {
  return goneSignal(reply, new AppError('upload-malformed'))
}

/** Aborts with the reason when the client is gone before it has its answer. */
export function goneSignal(reply: FastifyReply, reason: AppError): AbortSignal {
  const gone = new AbortController()
  reply.raw.once('close', () => {
    if (!reply.raw.writableFinished) gone.abort(reason)
  })
  return gone.signal
}

export const pageQuery = {
  limit: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: pageItemsMax,
      description: `items of a page, default ${pageItemsDefault}`,
    }),
  ),
  cursor: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: cursorCharactersMax,
      description: '`nextCursor` of the page before',
    }),
  ),
}

export const importIdsQuery = Type.Optional(
  Type.Array(ImportId, {
    maxItems: importFilterMax,
    description: 'only what came from these imports; may repeat',
  }),
)

export const searchText = (description: string) =>
  Type.Optional(
    Type.String({ maxLength: searchCharactersMax, pattern: filledTextPattern, description }),
  )

export const importParams = Type.Object({ id: ImportId })
export const decimalParams = Type.Object({ id: DecimalId })
