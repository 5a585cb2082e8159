/** Lengths of texts that callers write, and of the lists that they make of them. */

/**
 * Combining marks in a row, as in Unicode's Stream-Safe Text Format (UAX #15, section 13): normalising more of them takes
 * quadratic time.
 */
export const combiningMarksMax = 30

/** Characters of names that people type. */
export const importNameCharactersMax = 200
export const campaignNameCharactersMax = 200
export const caseSubjectCharactersMax = 500

/** Texts that a mapping may declare to mean "no value", and characters of each: a person writes this list. */
export const emptyValuesMax = 100
export const emptyValueCharactersMax = 100

/** Fields that a mapping may require. */
export const requiredFieldsMax = 100
