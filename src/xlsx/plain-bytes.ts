/** Owns what scanners of plain spellings share: how they compare, and how they give up. */

/** Four bytes as the little-endian number that a `DataView` reads them as. */
export function fourBytes(text: string): number {
  return Buffer.from(text, 'latin1').readInt32LE(0)
}

/** Returned by a step that met something that is not plain. */
export const NOT_PLAIN = -1
