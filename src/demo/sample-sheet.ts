/** The sheet that the demo imports when it is given none; made anew each time, always the same. */
import { mkdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { writeContactSheet } from '../sample/contact-sheet.ts'
import { labelled, sizeText } from './report.ts'
import { DemoError, type Speaker } from './texts.ts'

const sampleRows = 20_000

/** Writes the sheet below `dataDir`; DemoError `sample-unwritable` when that is not allowed. */
export async function makeSampleSheet(
  dataDir: string,
  speaker: Speaker,
): Promise<{ path: string; line: string }> {
  const folder = join(dataDir, 'demo')
  const path = join(folder, 'contacts.xlsx')
  const start = performance.now()
  try {
    mkdirSync(folder, { recursive: true })
    const { rows, columns } = await writeContactSheet(path, { rows: sampleRows })
    const text = speaker.say('sampleMade', {
      rows: speaker.number(rows),
      columns,
      size: sizeText(speaker, statSync(path).size),
      seconds: speaker.number((performance.now() - start) / 1000, 1),
    })
    return { path, line: labelled(speaker, 'sample', text) }
  } catch (fault) {
    const reason = (fault as NodeJS.ErrnoException).code
    if (reason === undefined) throw fault
    throw new DemoError('sample-unwritable', { path, reason }, fault)
  }
}
