/** Lengths of texts that callers write, and of the lists that they make of them. */

/** Combining marks in a row: the bound of Unicode's Stream-Safe Text Format (UAX #15, section 13). */
export const combiningMarksMax = 30

export const importNameCharactersMax = 200
export const campaignNameCharactersMax = 200
export const caseSubjectCharactersMax = 500

/** Texts that a mapping may declare to stand for no value, and characters of each: a list that a person writes. */
export const emptyValuesMax = 100
export const emptyValueCharactersMax = 100

/** Fields that a mapping may require. */
export const requiredFieldsMax = 100
