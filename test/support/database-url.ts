/** Owns the names of test databases and the addresses made from them. */

export const templateName = 'contact_import_template'

/** The same server and role, another database. */
export function urlOfDatabase(url: string, database: string): string {
  const other = new URL(url)
  other.pathname = `/${database}`
  return other.href
}
