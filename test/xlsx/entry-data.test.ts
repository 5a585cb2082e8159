/** The data of an entry end where the directory says: no byte behind the file's end stands for a missing one. */
import { randomBytes } from 'node:crypto'
import { truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { defaultLimits } from '../../src/xlsx/index.ts'
import { readZipDirectory, type ZipEntry } from '../../src/xlsx/zip/directory.ts'
import { FileReader } from '../../src/xlsx/zip/file-reader.ts'
import { type ByteSource, openEntry } from '../../src/xlsx/zip/inflate.ts'
import { makeScratchFolder } from '../support/scratch-folder.ts'
import { writeZip, type ZipPart } from '../support/zip-writer.ts'

const MiB = 1024 * 1024

/** An archive of these parts, its open file, and the entry of the first. */
async function openFirst(t: Test, ...parts: [ZipPart, ...ZipPart[]]) {
  const path = join(makeScratchFolder(t), 'a.zip')
  writeFileSync(path, writeZip(parts))
  const file = await FileReader.open(path)
  t.teardown(() => file.close())
  const entry = (await readZipDirectory(file, defaultLimits)).get(parts[0].name) as ZipEntry
  return { path, file, entry }
}

async function drain(source: ByteSource): Promise<void> {
  try {
    while ((await source.read()) !== null);
  } finally {
    await source.close()
  }
}

t.test(
  'an entry that would end behind its file is refused, also when it inflates whole',
  async t => {
    const lying = { name: 'lying', data: 'short', lies: { compressedBytes: 64 * MiB } }
    // Several pieces of input follow, so that the deflated data end long before the file does.
    const { file, entry } = await openFirst(t, lying, {
      name: 'more',
      data: Buffer.alloc(4 * MiB),
      method: 0,
    })
    const read = async () => drain(await openEntry(file, entry, { bytesMax: MiB }))
    await t.rejects(read(), { code: 'truncated' })
  },
)

for (const [name, method] of Object.entries({ stored: 0, deflated: 8 })) {
  t.test(`a file that becomes shorter while an entry is read: ${name}`, async t => {
    const data = randomBytes(2 * MiB)
    const { path, file, entry } = await openFirst(t, { name: 'a', data, method })
    truncateSync(path, MiB)
    const source = await openEntry(file, entry, { bytesMax: 4 * MiB })
    await t.rejects(drain(source), { code: 'truncated' })
  })
}
