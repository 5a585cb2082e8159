/** Refuses an invalid mapping, of an import or of a template, with all its faults and the place of each. */
import type { ContactField } from '../contracts/contact-fields.ts'
import { AppError, type ErrorCode, type ErrorItem } from '../errors.ts'
import { type CheckedMapping, checkMapping, type MappingFault } from '../mapping/check-mapping.ts'
import { isPhoneRegion } from '../mapping/normalise/phone.ts'

interface MappingScope {
  /** columns of the sheet */
  readonly columnCount: number
  readonly fields: readonly Pick<ContactField, 'key' | 'required'>[]
}

/** Throws the first fault, with all of them as its items. */
export function refuseMappingFaults(
  mapping: CheckedMapping & { readonly region?: string },
  { columnCount, fields }: MappingScope,
): void {
  const { faults } = checkMapping(mapping, { columnCount, fields })
  const items = faults.map(fault => faultItem(fault, columnCount))
  const { region } = mapping
  if (region !== undefined && !isPhoneRegion(region)) {
    items.push({ pointer: '/region', code: 'mapping-unknown-region', data: { region } })
  }
  const [first] = items
  if (first) throw new AppError(first.code as ErrorCode, first.data, { items })
}

function faultItem({ pointer, code, column, field }: MappingFault, columns: number): ErrorItem {
  return {
    pointer,
    code,
    data: {
      columns,
      ...(column !== undefined && { column }),
      ...(field !== undefined && { field }),
    },
  }
}
