/** Owns small workbooks that tests write by hand. */
import { createWriteStream } from 'node:fs'
import { type SheetValue, writeSheet } from '../../src/sample/sheet-writer.ts'

export async function writeSmallSheet(
  path: string,
  rows: readonly SheetValue[][],
): Promise<string> {
  await writeSheet(createWriteStream(path), rows, { sheetName: 'Arkusz1', strings: 'inline' })
  return path
}
