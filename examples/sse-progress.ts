/**
 * Live progress of imports by server-sent events, as a front end shows it; it survives reloads and outages:
 * `node examples/sse-progress.ts BASE_URL TOKEN [IMPORT_ID]`. With an import it ends when that import does.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { ImportEvent } from '../src/contracts/events.ts'
import type { ImportSnapshot } from '../src/contracts/import.ts'
import { createEventTable } from './event-table.ts'

/** Asking again would be answered the same: the token is over, or there is no such import. */
class RefusedError extends Error {
  static async of(response: Response): Promise<RefusedError> {
    const problem = (await response.json()) as { title: string; detail: string }
    return new RefusedError(`${problem.title}: ${problem.detail}`)
  }
}

const [baseUrl, token, importId] = process.argv.slice(2)
if (baseUrl === undefined || token === undefined) {
  console.error('usage: node examples/sse-progress.ts BASE_URL TOKEN [IMPORT_ID]')
  process.exit(1)
}
const url = `${baseUrl}/v1/imports/${importId === undefined ? '' : `${importId}/`}events`
const ends = ['completed', 'failed', 'cancelled', 'deleting']
const table = createEventTable(process.stdout)
let retryMs = 1_000
let lastEventId = ''
let isOver = false

while (!isOver) {
  try {
    await follow()
  } catch (error) {
    if (error instanceof RefusedError) {
      console.error(error.message)
      process.exit(1)
    }
    table.note('the connection is interrupted; it is taken up again')
  }
  if (!isOver) await sleep(retryMs)
}

/** One connection. The events missed since the last one come first. */
async function follow(): Promise<void> {
  const response = await fetch(url, {
    headers: {
      accept: 'text/event-stream',
      authorization: `Bearer ${token}`,
      ...(lastEventId && { 'last-event-id': lastEventId }),
    },
  })
  if (response.status >= 400 && response.status < 500) throw await RefusedError.of(response)
  if (!response.ok) throw new Error(`status ${response.status}`)
  for await (const block of readBlocks(response.body!)) {
    handle(block)
    if (isOver) return
  }
}

/** The format is that of WHATWG HTML §9.2.5; the service puts all data of a message on one line. */
async function* readBlocks(body: ReadableStream<Uint8Array>): AsyncGenerator<Map<string, string>> {
  let text = ''
  for await (const chunk of body.pipeThrough(new TextDecoderStream())) {
    const blocks = (text + chunk).split('\n\n')
    text = blocks.pop()!
    for (const block of blocks) {
      yield new Map(block.split('\n').map(line => /^([a-z]*): ?(.*)$/s.exec(line)!.slice(1)) as [])
    }
  }
}

function handle(block: Map<string, string>): void {
  if (block.has('retry')) retryMs = Number(block.get('retry'))
  const data = block.get('data')
  if (data === undefined) return
  const kind = block.get('event')
  if (kind === 'ready') table.note(readyText(JSON.parse(data)))
  else if (kind === 'end') table.note(`the stream ended: ${JSON.parse(data).reason}`)
  else if (kind === 'state') showState(JSON.parse(data))
  else showEvent(JSON.parse(data))
}

function showState(state: ImportSnapshot): void {
  table.showState(state)
  isOver = importId !== undefined && ends.includes(state.status)
}

function showEvent(event: ImportEvent): void {
  table.show(event)
  lastEventId = event.id
  isOver = importId !== undefined && ends.includes(event.data.status)
}

/** A page that shows imports of an earlier connection would read those again that no state told of. */
function readyText({ resumed }: { resumed: boolean }): string {
  return resumed
    ? 'going on after the last event'
    : 'these are the imports; now their events follow'
}
