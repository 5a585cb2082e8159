/** Shows imports as their events tell of them: on a terminal a table that is drawn over, else a line an event. */
import type { ImportEvent } from '../src/contracts/events.ts'
import type { ImportProgress } from '../src/contracts/import.ts'

export interface EventTable {
  show(event: ImportEvent): void
  /** What is known without an event. */
  showState(state: ImportProgress): void
  note(text: string): void
}

interface Screen {
  readonly isTTY?: boolean
  readonly rows?: number
  write(text: string): unknown
}

const rowsShown = 20
const nameWidth = 28

export function createEventTable(screen: Screen): EventTable {
  const lines = new Map<string, string>()
  let drawn = 0
  let footer = ''

  function draw(): void {
    const head = `${'import'.padEnd(nameWidth)} status          rows            done  rows/s`
    const text = [head, ...[...lines.values()].slice(-rowsShown), footer]
    screen.write(`${drawn > 0 ? `\x1b[${drawn}F` : ''}\x1b[J${text.join('\n')}\n`)
    drawn = text.length
  }

  function put(state: ImportProgress, event: string): void {
    const line = lineOf(state)
    if (!screen.isTTY) return void screen.write(`${event.padEnd(10)} ${line}\n`)
    lines.delete(state.id)
    if (event !== 'deleted') lines.set(state.id, line)
    draw()
  }

  return {
    show: event => put(shownOf(event), event.type.split('.')[1]!),
    showState: state => put(state, 'state'),
    note(text) {
      if (!screen.isTTY) return void screen.write(`${text}\n`)
      footer = text
      draw()
    },
  }
}

/** While an import is validated, its own rows stand still: those of the validation are shown. */
function shownOf({ type, data }: ImportEvent): ImportProgress {
  const validation = 'validation' in data ? data.validation : null
  if (!validation || !type.startsWith('contact-import.validation-')) return data
  return { ...data, rows: validation.rows, progress: validation.progress }
}

function lineOf({ name, status, rows, progress }: ImportProgress): string {
  return [
    name.slice(0, nameWidth).padEnd(nameWidth),
    status.padEnd(10),
    `${rows.processed}/${rows.total}`.padStart(15),
    `${progress.percent.toFixed(1)} %`.padStart(8),
    String(progress.rowsPerSecond ?? '').padStart(8),
  ].join(' ')
}
