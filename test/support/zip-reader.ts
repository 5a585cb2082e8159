/** Owns how tests look into the parts of a package, by a library and not by the service's own reader. */
import yauzl from 'yauzl'

/** The text of a part; throws where there is none. */
export function readZipText(path: string, name: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  yauzl.open(path, { lazyEntries: true }, (error, zip) => {
    if (error) return reject(error)
    zip.on('entry', entry => {
      if (entry.fileName !== name) return zip.readEntry()
      zip.openReadStream(entry, async (fault, stream) => {
        if (fault) return reject(fault)
        const pieces: Buffer[] = []
        for await (const piece of stream) pieces.push(piece)
        zip.close()
        resolve(Buffer.concat(pieces).toString())
      })
    })
    zip.on('end', () => reject(new Error(`${path} has no part ${name}`)))
    zip.readEntry()
  })
  return promise
}
