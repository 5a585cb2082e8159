/** `website`: the address of a page, as it is written. */
import { normaliseWebsite } from '../normalise/website.ts'
import type { FieldKind } from './field-kind.ts'

export const websiteKind: FieldKind = {
  name: 'website',
  sqlType: 'text',
  lengthMax: 300,
  emptyWords: 'any',
  reaches: false,
  isFamily: false,
  headerName: null,
  prepare({ lengthMax }) {
    return cell => normaliseWebsite(cell, lengthMax)
  },
}
