/** Custom fields of contacts: how many a tenant has, and how long their parts are. */
import { KiB } from './bytes.ts'

/** Custom fields of one tenant. A list of more would help nobody to map a column. */
export const customFieldsPerTenant = 200

/** Characters of a key. Behind its prefix it stays below the 64 characters of a field in a mapping. */
export const customFieldKeyCharactersMax = 50

/** Characters of the name of a field or of a choice, in one language. */
export const fieldLabelCharactersMax = 100

/** Choices of one field, and characters of the value of each: a person picks one from a list. */
export const choicesMax = 200
export const choiceCharactersMax = 100

/** A field as JSON. All fields of a tenant stay below 4 MiB, which every process may hold for it. */
export const customFieldBytesMax = 16 * KiB

/** Custom fields that one search may name. Each is checked for every contact that the rarest of them finds. */
export const searchedFieldsMax = 5

/** Characters of a value that is searched for. No custom field holds a longer one. */
export const soughtValueCharactersMax = 300

/** Contacts that are counted to find the rarest of the values searched for: some milliseconds. */
export const rarestValueRowsMax = 1_000

/** A process reads a tenant's fields again after this time, in case a notification of PostgreSQL was lost. */
export const customFieldsFreshMs = 5_000

/** Tenants whose fields a process holds. Those of others are read when they are asked for. */
export const customFieldTenantsHeld = 500

/** One step of the removal of a field takes its value from at most this many contacts: some 100 ms. */
export const customValuesPerStep = 5_000

/** The removal of a field looks this often whether the batches that may still write its values have ended. */
export const customFieldSettleMs = 200
