/** `business-id`: the number of a business in a register, as REGON and KRS, by the rules of the row's country. */
import { registerNumberKind } from './register-number.ts'

export const businessIdKind = registerNumberKind('business-id', 'business')
