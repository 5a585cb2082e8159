/** The library of national numbers, loaded when a column of them is first met: most imports have none, and it is 300 files. */
// biome-ignore lint/style/noRestrictedImports: loading a module late is no I/O of the mapping's own
import { createRequire } from 'node:module'

/** One kind of number; the library's validators are such. */
export interface IdScheme {
  validate(text: string): IdJudgement
}

export interface IdJudgement {
  readonly isValid: boolean
  /** Of a valid number: without separators. */
  readonly compact?: string
  readonly error?: { readonly name: string }
}

interface Stdnum {
  /** all numbers, by region and name */
  readonly stdnum: Readonly<Record<string, Readonly<Record<string, IdScheme>>>>
  readonly personValidators: Readonly<Record<string, IdScheme[]>>
  readonly entityValidators: Readonly<Record<string, IdScheme[]>>
  readonly euVat: Readonly<Record<string, IdScheme[]>>
}

const require = createRequire(import.meta.url)

export const library = (): Stdnum => require('stdnum') as Stdnum
