/** Columns of a list of faulty rows before those of its file: the numbers of the rows. */
export const columnsBefore = 1
