/**
 * The yardstick: inflates the worksheet and its shared strings and looks at nothing. The
 * bytes of an output chunk are the second argument: 16 KiB, which is Node's default and what yauzl
 * inflates in, are not its fastest.
 */
import { finished } from 'node:stream/promises'
import { createInflateRaw } from 'node:zlib'
import { openPromise } from 'yauzl'
import { measure } from '../contender.ts'
import { isRead } from '../sheets.ts'

const chunkSize = Number(process.argv[3])

await measure(async path => {
  const zip = await openPromise(path)
  for await (const entry of zip.eachEntry()) {
    if (!isRead(entry.fileName)) continue
    const deflated = await zip.openReadStreamPromise(entry, { decodeFileData: false })
    const inflated = deflated.pipe(createInflateRaw({ chunkSize }))
    let bytes = 0
    inflated.on('data', (chunk: Buffer) => {
      bytes += chunk.length
    })
    await finished(inflated)
    if (bytes !== entry.uncompressedSize) throw new Error(`${entry.fileName}: ${bytes} bytes`)
  }
})
