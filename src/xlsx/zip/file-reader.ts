/**
 * Owns the open file: the only place of this folder that reads the workbook's bytes from disk.
 * It must never write, and never read past a range that it was asked for.
 */
import { type FileHandle, open } from 'node:fs/promises'

export class FileReader {
  readonly sizeBytes: number
  readonly #handle: FileHandle

  private constructor(handle: FileHandle, sizeBytes: number) {
    this.#handle = handle
    this.sizeBytes = sizeBytes
  }

  /** Opens `path`. Errors of the file system (no such file, no permission) pass through. */
  static async open(path: string): Promise<FileReader> {
    const handle = await open(path, 'r')
    try {
      return new FileReader(handle, (await handle.stat()).size)
    } catch (error) {
      await handle.close()
      throw error
    }
  }

  /** Reads `length` bytes from `position`; fewer only where the file ends. */
  read(position: number, length: number): Promise<Buffer> {
    const left = Math.max(0, this.sizeBytes - position)
    return this.readInto(Buffer.allocUnsafe(Math.min(length, left)), position)
  }

  /** Fills `target` from `position`; gives back its filled part, shorter only where the file ends. */
  async readInto(target: Buffer, position: number): Promise<Buffer> {
    let filled = 0
    while (filled < target.length) {
      const left = target.length - filled
      const { bytesRead } = await this.#handle.read(target, filled, left, position + filled)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return target.subarray(0, filled)
  }

  close(): Promise<void> {
    return this.#handle.close()
  }
}
