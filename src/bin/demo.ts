/**
 * The product in one command: starts the service, imports a sheet over its API while showing
 * progress, and keeps serving until Ctrl-C.
 *
 *   node src/bin/demo.ts [--exit] [FILE.xlsx]
 */
import { createApiClient } from '../demo/api-client.ts'
import { readArguments } from '../demo/arguments.ts'
import { describeFault } from '../demo/describe-fault.ts'
import { labelled, nextLines } from '../demo/report.ts'
import { runDemo } from '../demo/run-demo.ts'
import { makeSampleSheet } from '../demo/sample-sheet.ts'
import { demoTenant, type Product, startProduct } from '../demo/start-product.ts'
import { createSpeaker } from '../demo/texts.ts'

const screen = process.stdout
// A reader of the first lines alone (`| head`) ends the printing, not the demo.
screen.on('error', () => {})
const speaker = createSpeaker(Intl.DateTimeFormat().resolvedOptions().locale)
let starting: Promise<Product> | undefined
let isEnding = false

// npm hands Ctrl-C on to a process that has got it already: only the first one counts.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, endDemo)

try {
  await demonstrate()
} catch (fault) {
  if (!isEnding) {
    console.error(describeFault(fault, speaker))
    process.exitCode = 1
    await endDemo()
  }
}

async function demonstrate(): Promise<void> {
  const { exit, sheetPath: given } = readArguments(process.argv.slice(2))
  starting = startProduct(line => print([labelled(speaker, null, line)]))
  const { url, token, config } = await starting
  if (isEnding) return
  print([labelled(speaker, 'service', url)])
  const sheetPath = given ?? (await makeSample(config.dataDir))
  const api = createApiClient({ url, token, locale: speaker.locale })
  const { done, contacts } = await runDemo({ api, screen, speaker, sheetPath })
  if (exit) {
    print(['', speaker.say('rerun')])
    await endDemo()
    return
  }
  const steps = { url, tenant: demoTenant, token, sheetPath, done, contacts }
  print(['', ...nextLines(speaker, steps)])
}

async function makeSample(dataDir: string): Promise<string> {
  const { path, line } = await makeSampleSheet(dataDir, speaker)
  print([line])
  return path
}

function print(lines: string[]): void {
  screen.write(`${lines.join('\n')}\n`)
}

async function endDemo(): Promise<void> {
  if (isEnding) return
  isEnding = true
  // A product that could not start has said why, and holds nothing open.
  const product = await starting?.catch(() => undefined)
  await product?.close()
}
