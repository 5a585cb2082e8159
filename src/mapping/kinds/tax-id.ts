/** `tax-id`: the number of a tax payer, by the rules of the row's country. */
import { registerNumberKind } from './register-number.ts'

export const taxIdKind = registerNumberKind('tax-id', 'tax')
