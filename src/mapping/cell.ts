/**
 * The shape of the sheet rows that mapping reads, and the text of a cell. The shapes are structural, so
 * that mapping depends on no reader; nothing here judges a value.
 */

/**
 * Why a number cell must not be taken as its text says:
 * - `digits-lost`: the file stores a power of ten with more than 15 digits before the point
 *   (`1.1010119900307101E+17`), so the last digits are gone. Text and code fields refuse it;
 * - `digits-beyond-excel`: `text` holds more than 15 digits as the file stores them. They stay as they are,
 *   and are noted: Excel would show other ones;
 * - `format-unknown`: nobody can say what the cell shows. Phone, code and text fields refuse it, and never
 *   fall back to `text`; `shown` is absent.
 */
export type NumberDoubt = 'digits-lost' | 'digits-beyond-excel' | 'format-unknown'

/** The size of a merged range, in rows and columns. */
export interface MergedSize {
  readonly rows: number
  readonly columns: number
}

/**
 * One cell that holds something. `column` is 1-based. `merged` is there on the first cell of a merged range:
 * the other cells of the range show its value and hold none.
 */
export type SheetCell = { readonly column: number; readonly merged?: MergedSize } & (
  | { readonly type: 'string'; readonly value: string }
  /**
   * `text` is the stored number in digits: the shortest decimal text that reads back as `value`, or more digits
   * where the file stores more than a double holds. `shown` is what the cell shows in the locale it was read
   * in, where its format shows anything else than `text`: `+420 601 123 456`, `00-950`, `25%`, `1 234,50 zł`,
   * `Tak`; an empty text where the format hides the number. `shownAsCode` is the same for phones and codes, where
   * it is anything else than `text`: without separators of thousands, without zeros behind the decimal point of a
   * whole number, and without powers of ten (`601 123 456,00` is `601123456`).
   */
  | {
      readonly type: 'number'
      readonly value: number
      readonly text: string
      readonly shown?: string
      readonly shownAsCode?: string
      readonly doubt?: NumberDoubt
    }
  | { readonly type: 'boolean'; readonly value: boolean }
  /**
   * `value` is the error as shown, for example `#N/A`, or the raw text of a cell that is not of its own type:
   * `TAK` of a boolean, `5/7/2026` of an ISO date.
   */
  | { readonly type: 'error'; readonly value: string }
  /** A formula whose result the file does not store; mapped, it is refused as `formula-not-calculated`. */
  | { readonly type: 'uncalculated' }
  /**
   * A picture, or a linked data type whose text the file does not tell; mapped, it is refused as
   * `rich-value-unknown`. `value` is the error that the cell stores in its place, or empty.
   */
  | { readonly type: 'rich'; readonly value: string }
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

/**
 * One sheet row: its 1-based number in the sheet and its cells in column order. `hidden` is true where the row
 * is hidden, by hand or by a filter.
 */
export interface SheetRow {
  readonly number: number
  readonly cells: readonly SheetCell[]
  readonly hidden?: boolean
}

/** The day on which readers place a time that has no date, and day 0 of Excel's calendar. */
const noDay = '1899-12-31T'
const midnight = 'T00:00:00'

/**
 * The text that a cell puts into a text field (and that a preview shows):
 * numbers as their format shows them or in their digits, booleans as `TRUE` and `FALSE`, dates as `YYYY-MM-DD`, with
 * ` HH:MM:SS[.mmm]` behind them unless it is midnight, times of day as `HH:MM:SS[.mmm]`, durations as
 * `H:MM:SS[.mmm]`, errors as shown, nothing for a formula without a result.
 */
export function cellText(cell: SheetCell): string {
  switch (cell.type) {
    case 'number':
      return cell.shown ?? cell.text
    case 'boolean':
      return cell.value ? 'TRUE' : 'FALSE'
    case 'date':
      return dateCellText(cell)
    case 'uncalculated':
      return ''
    default:
      return cell.value
  }
}

/** The text that a cell puts into a phone number or a code: that of `cellText`, numbers as such fields read them. */
export function codeText(cell: SheetCell): string {
  return cell.type === 'number' ? (cell.shownAsCode ?? cell.text) : cellText(cell)
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
