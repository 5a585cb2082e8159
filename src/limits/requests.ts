/** Requests and their answers: bodies, headers, tokens, faults, pages. */
import { KiB, MiB } from './bytes.ts'

/**
 * After an early answer the service reads and discards the rest of the body this long. Otherwise the client would see a
 * connection reset in place of the answer.
 */
export const lingerMs = 10_000

/** The longest JSON body is a mapping of 16,384 columns, at about 60 bytes each. */
export const jsonBodyBytesMax = 1 * MiB

/** Faults that one answer lists. A caller mends no more than these at once. */
export const requestFaultsMax = 50

/** Language ranges of `Accept-Language` that the service reads; browsers send fewer. */
export const languageRangesMax = 20

/** Media ranges of `Accept` that the service reads; browsers send fewer. */
export const mediaRangesMax = 20

/** `Retry-After` of every answer 503. */
export const retryAfterSeconds = 5

/** The service refuses a longer token unread. Identity providers stay below 4 KiB. */
export const tokenCharactersMax = 8 * KiB

/** The clocks of the service and of the machine that signed a token may differ by this much. */
export const tokenClockToleranceSeconds = 5

/** RFC 7518 §3.2: a key of HS256 has at least the 256 bits of its hash. */
export const secretBytesMin = 32

/** The tenant's identifier in a token. */
export const tenantPattern = /^[A-Za-z0-9_-]{1,64}$/

/** Characters of the header `Idempotency-Key`. */
export const idempotencyKeyCharactersMax = 200

/** Items of a page. */
export const pageItemsDefault = 50
export const pageItemsMax = 200

/** JSON of a page. A page ends before the item that would exceed it, but always holds one item. */
export const pageBytesMax = 1 * MiB

/** The longest cursor holds a company of 300 characters as base64 of UTF-8. The service refuses a longer one unread. */
export const cursorCharactersMax = 2_048
