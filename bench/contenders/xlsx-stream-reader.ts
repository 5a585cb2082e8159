/** xlsx-stream-reader 1.1.1, as its README shows it. */
import { createReadStream } from 'node:fs'
import { createRequire } from 'node:module'
import { measure } from '../contender.ts'

interface SheetEvents {
  on(event: 'row', listener: (row: { values: unknown[] }) => void): void
  process(): void
}

interface WorkbookEvents extends NodeJS.WritableStream {
  on(event: 'worksheet', listener: (sheet: SheetEvents) => void): this
  on(event: 'end' | 'error', listener: (fault?: Error) => void): this
}

const XlsxStreamReader: new () => WorkbookEvents = createRequire(import.meta.url)(
  'xlsx-stream-reader',
)

await measure(async (path, tally) => {
  const workbook = new XlsxStreamReader()
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  workbook.on('error', fault => reject(fault))
  workbook.on('end', () => resolve())
  workbook.on('worksheet', sheet => {
    sheet.on('row', row => {
      tally.rows += 1
      row.values.forEach(tally.addCell)
    })
    sheet.process()
  })
  createReadStream(path).pipe(workbook)
  await promise
})
