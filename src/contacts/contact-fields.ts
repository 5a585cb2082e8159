/** The contact fields that columns can be mapped to, labelled in the caller's language. */
import type { Caller } from '../contracts/caller.ts'
import type { ContactFieldItem } from '../contracts/contact.ts'
import type { Locale } from '../errors.ts'
import type { ContactContext } from './context.ts'

export async function listContactFields(
  { fields: catalogues }: ContactContext,
  caller: Caller,
  locale: Locale,
): Promise<ContactFieldItem[]> {
  const { fields } = await catalogues.of(caller.tenantId)
  return fields.map(({ key, kind, group, lengthMax, example, labels }) => ({
    key,
    label: labels[locale],
    kind,
    group,
    lengthMax,
    example,
    builtIn: true,
  }))
}
