/** The custom property of a document that holds the id of the import whose rows it corrects (ECMA-376 Part 1 §22.3). */
export const correctsProperty = 'contact-import.corrects'
