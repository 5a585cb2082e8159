/** How a transaction makes PostgreSQL walk indexes. */
import type { Settings } from './session-settings.ts'

/**
 * What a search or a page must be run with, so that PostgreSQL walks indexes in their order and stops when
 * a page is full. Left to itself the planner takes a common prefix for a rare one, or a tenant that it does not know
 * for an empty one, and fetches and sorts all that there is. The transaction begins with it: beside a running import
 * each way to PostgreSQL and back costs more than a statement.
 */
export const walkSettings: Settings = { enable_bitmapscan: 'off', enable_sort: 'off' }
