/**
 * Shows how far an import is: on a terminal one line that is written over, elsewhere a line for
 * every quarter. It shows states and keeps none but the last.
 */
import type { Import } from '../contracts/import.ts'
import type { Speaker } from './texts.ts'

export interface ProgressBar {
  show(state: Import): void
  /** Ends the line, so that the next output begins on a line of its own. */
  end(): void
}

/** Standard output, or its replacement in a test. */
export interface Screen {
  isTTY?: boolean
  columns?: number
  write(text: string): unknown
}

const barCells = 28
const quarters = 4

export function createProgressBar(screen: Screen, speaker: Speaker, label: string): ProgressBar {
  let lastQuarter = -1
  let isOpen = false
  return {
    show: state => {
      const line = progressLine(state, speaker, label)
      if (screen.isTTY) {
        // A line longer than the terminal would wrap and could not be written over.
        screen.write(`\r${line.slice(0, (screen.columns || 80) - 1)}\x1b[K`)
        isOpen = true
        return
      }
      const quarter = Math.floor((state.progress.percent * quarters) / 100)
      if (quarter === lastQuarter) return
      lastQuarter = quarter
      screen.write(`${line}\n`)
    },
    end: () => {
      if (isOpen) screen.write('\n')
      isOpen = false
    },
  }
}

function progressLine(state: Import, speaker: Speaker, label: string): string {
  const { percent, rowsPerSecond, etaSeconds } = state.progress
  const { processed, total } = state.rows
  const filled = Math.floor((percent * barCells) / 100)
  const parts = [
    `${label}[${'█'.repeat(filled)}${'░'.repeat(barCells - filled)}]`,
    `${speaker.number(Math.floor(percent)).padStart(3)} %`,
    speaker.say('progress', {
      processed: speaker.number(processed),
      total: speaker.number(total),
    }),
  ]
  if (rowsPerSecond) parts.push(speaker.say('rate', { rate: speaker.number(rowsPerSecond) }))
  if (etaSeconds && state.status === 'running') {
    parts.push(speaker.say('eta', { seconds: speaker.number(Math.ceil(etaSeconds)) }))
  }
  return parts.join('  ')
}
