/**
 * The shape of a language's dictionary of column names. Words are written as people write them; whoever compares
 * them folds them first (`foldText`).
 */

/** Keys of fields and of families: `phone` and `email` stand for every member of theirs. */
export type NamedField =
  | 'firstName'
  | 'lastName'
  | 'fullName'
  | 'title'
  | 'companyName'
  | 'position'
  | 'phone'
  | 'email'
  | 'street'
  | 'houseNumber'
  | 'apartmentNumber'
  | 'postalCode'
  | 'city'
  | 'region'
  | 'country'
  | 'taxId'
  | 'nationalId'
  | 'businessId'
  | 'birthDate'
  | 'gender'
  | 'externalId'
  | 'website'
  | 'language'
  | 'consentPhone'
  | 'consentEmail'
  | 'notes'

export interface HeaderWords {
  /** ISO 639-1 */
  readonly language: string
  /**
   * Names of a field, between bars. A name stands with one field of a language. Before one that a column has only where no
   * other column has a better name of the field stands `~`.
   */
  readonly fields: Readonly<Partial<Record<NamedField, string>>>
  /** Words that may stand beside a name and leave its meaning as it is: "klienta", "number", "private". */
  readonly neutral: string
  /** Words that make the column somebody else's or something else, whatever name stands beside them. */
  readonly foreign: string
}
