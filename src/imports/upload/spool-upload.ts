/** Streams a file into the scratch folder, and counts and hashes it on the way. When that fails, it removes the file. */
import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { SpooledFile } from '../../contracts/services.ts'
import { AppError } from '../../errors.ts'
import { isDiskFull } from '../../storage/postgres/faults.ts'
import type { ImportContext } from '../context.ts'

/** Spools one file. Throws `file-too-large` beyond the configured size, `storage-full`, and errors of `source` as they are. */
export async function spoolUpload(
  { scratch, config }: ImportContext,
  source: AsyncIterable<Uint8Array>,
): Promise<SpooledFile> {
  const path = scratch.newPath()
  const hash = createHash('sha256')
  let sizeBytes = 0

  async function* measured(): AsyncGenerator<Uint8Array> {
    for await (const chunk of source) {
      sizeBytes += chunk.length
      if (sizeBytes > config.uploadBytesMax) {
        throw new AppError('file-too-large', { bytesMax: config.uploadBytesMax })
      }
      hash.update(chunk)
      yield chunk
    }
  }

  try {
    await pipeline(measured, createWriteStream(path, { mode: 0o600 }))
  } catch (error) {
    await rm(path, { force: true })
    if (isDiskFull(error)) throw new AppError('storage-full', {}, { cause: error })
    throw error
  }
  return {
    path,
    sizeBytes,
    sha256: hash.digest('hex'),
    [Symbol.asyncDispose]: () => rm(path, { force: true }),
  }
}
