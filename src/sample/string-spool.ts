/**
 * The shared strings of a sheet that is being written: gives every text its place in the table
 * and keeps the table in a scratch file, because it follows the sheet in the package. Memory
 * stays bounded: only the first distinct texts are remembered, later ones may stand twice.
 */
import { createReadStream } from 'node:fs'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { textXml } from './sheet-cells.ts'
import { sharedStringsEnd, sharedStringsStart } from './workbook-parts.ts'

/** Distinct texts that are recognised when they come again. */
const rememberedTextsMax = 65_536

/** Longer texts seldom repeat and would make the memory of the map unbounded. */
const rememberedCharactersMax = 256

/** Item text kept before it goes to the scratch file, in characters. */
const pendingCharactersMax = 65_536

export interface StringSpool {
  /** The place of a text in the table, 0-based. */
  place(text: string): number
  /** Writes out what has gathered; call it now and then between `place` calls. */
  flush(): Promise<void>
  /** The XML of the table; call it once, after the last text. */
  xml(): AsyncGenerator<Buffer | string>
  /** Removes the scratch file. */
  close(): Promise<void>
}

/** Opens a table whose scratch file lies in a new folder of `scratchDir`. */
export async function openStringSpool(scratchDir: string): Promise<StringSpool> {
  const folder = await mkdtemp(join(scratchDir, 'sheet-strings-'))
  const path = join(folder, 'items.xml')
  const file = await open(path, 'w')
  const places = new Map<string, number>()
  let pending = ''
  let uses = 0
  let items = 0

  function append(text: string): number {
    pending += `<si>${textXml(text)}</si>`
    items += 1
    return items - 1
  }

  function place(text: string): number {
    uses += 1
    const known = places.get(text)
    if (known !== undefined) return known
    const added = append(text)
    if (places.size < rememberedTextsMax && text.length <= rememberedCharactersMax) {
      places.set(text, added)
    }
    return added
  }

  async function write(): Promise<void> {
    const text = pending
    pending = ''
    await file.appendFile(text)
  }

  return {
    place,
    flush: async () => {
      if (pending.length >= pendingCharactersMax) await write()
    },
    xml: async function* () {
      await write()
      yield sharedStringsStart({ uses, items })
      yield* createReadStream(path)
      yield sharedStringsEnd
    },
    close: async () => {
      await file.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
