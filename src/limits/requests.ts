/** Requests and their answers: bodies, headers, tokens, faults, pages. */
import { KiB, MiB } from './bytes.ts'

/** After an early answer the rest of a body is read and thrown away this long, so that the client sees the answer. */
export const lingerMs = 10_000

/** JSON bodies: a mapping of 16,384 columns is the longest, about 60 bytes each. */
export const jsonBodyBytesMax = 1 * MiB

/** Faults that one answer lists; more would help nobody. */
export const requestFaultsMax = 50

/** Ranges of `Accept-Language` that are read: more than a browser sends. */
export const languageRangesMax = 20

/** Callers that are turned away for now may come back after this. */
export const retryAfterSeconds = 5

/** Longest token that is looked at: real ones stay below 4 KiB. */
export const tokenCharactersMax = 8 * KiB

/** Clocks of two machines, of which one signed a token, may differ by this much. */
export const tokenClockToleranceSeconds = 5

/** RFC 7518 §3.2: a key of HS256 has at least the 256 bits of its hash. */
export const secretBytesMin = 32

/** A tenant's identifier, as the token carries it. */
export const tenantPattern = /^[A-Za-z0-9_-]{1,64}$/

export const idempotencyKeyCharactersMax = 200

/** Keyset pages. */
export const pageItemsDefault = 50
export const pageItemsMax = 200

/** JSON of a page, but for its first item: a page ends early where items are large, as contacts with long notes are. */
export const pageBytesMax = 1 * MiB

/** The longest cursor of ours holds a company of 300 characters in UTF-8 and base64; a longer text is none of them. */
export const cursorCharactersMax = 2_048
