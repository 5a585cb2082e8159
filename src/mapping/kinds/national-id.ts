/** `national-id`: the number of a person, by the rules of the row's country. */
import { registerNumberKind } from './register-number.ts'

export const nationalIdKind = registerNumberKind('national-id', 'person')
