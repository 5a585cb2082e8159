/**
 * The shape of the sheet rows that mapping reads, and the text of a cell. The shapes are structural, so
 * that mapping depends on no reader; nothing here judges a value.
 */

/** One non-empty cell. `column` is 1-based. */
export type SheetCell = { readonly column: number } & (
  | { readonly type: 'string'; readonly value: string }
  /**
   * `text` is the shortest decimal text that reads back as `value`, `shown` what the cell shows, where its
   * format is a mask of digits as `00-000`.
   */
  | {
      readonly type: 'number'
      readonly value: number
      readonly text: string
      readonly shown?: string
    }
  | { readonly type: 'boolean'; readonly value: boolean }
  /** `value` is the error as shown, for example `#N/A`. */
  | { readonly type: 'error'; readonly value: string }
  /**
   * `value` is `YYYY-MM-DDTHH:MM:SS[.mmm]`, a time without a date is on 1899-12-31; `kind` says what the
   * cell shows: `date` (perhaps with a time), `time`, `elapsed`, `1900-02-29` (a day that Excel counts
   * and no calendar has; its `value` is the next day), or `iso` for a cell that stores ISO 8601 text.
   */
  | {
      readonly type: 'date'
      readonly value: string
      readonly serial: number | null
      readonly kind: string
    }
)

/** One sheet row: its 1-based number in the sheet and its cells in column order. */
export interface SheetRow {
  readonly number: number
  readonly cells: readonly SheetCell[]
}

/** The day on which readers place a time that has no date, and day 0 of Excel's calendar. */
const noDay = '1899-12-31T'
const midnight = 'T00:00:00'

/**
 * The text that a cell puts into a text field (and that a preview shows):
 * numbers in their shortest form or in that of their mask, booleans as `TRUE` and `FALSE`, dates as `YYYY-MM-DD`, with
 * ` HH:MM:SS[.mmm]` behind them unless it is midnight, times of day as `HH:MM:SS[.mmm]`, durations as
 * `H:MM:SS[.mmm]`, errors as shown.
 */
export function cellText(cell: SheetCell): string {
  switch (cell.type) {
    case 'number':
      return cell.shown ?? cell.text
    case 'boolean':
      return cell.value ? 'TRUE' : 'FALSE'
    case 'date':
      return dateCellText(cell)
    default:
      return cell.value
  }
}

/** Whether a date cell shows a day of the calendar; times, durations, day 0 and 1900-02-29 are none. */
export function showsDay(cell: SheetCell & { type: 'date' }): boolean {
  return (cell.kind === 'date' || cell.kind === 'iso') && !cell.value.startsWith(noDay)
}

function dateCellText({ value, kind, serial }: SheetCell & { type: 'date' }): string {
  if (kind === 'elapsed' && serial !== null) return elapsedText(serial)
  if (kind === 'time' || (kind === 'iso' && value.startsWith(noDay))) return value.slice(11)
  const day = kind === '1900-02-29' ? kind : value.slice(0, 10)
  return value.endsWith(midnight) ? day : `${day} ${value.slice(11)}`
}

/** A duration given in days, rounded to milliseconds, as the format `[h]:mm:ss` shows it. */
function elapsedText(days: number): string {
  const ms = Math.round(Math.abs(days) * 86_400_000)
  const seconds = Math.floor(ms / 1000)
  const pad = (part: number, width: number) => String(part).padStart(width, '0')
  const clock = `${Math.floor(seconds / 3600)}:${pad(Math.floor(seconds / 60) % 60, 2)}:${pad(seconds % 60, 2)}`
  const fraction = ms % 1000 === 0 ? '' : `.${pad(ms % 1000, 3)}`
  return `${days < 0 && ms > 0 ? '-' : ''}${clock}${fraction}`
}
