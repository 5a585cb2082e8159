/** Websites: addresses of pages on the web, kept as they are written. The normaliser refuses other schemes than http and https. */
import type { SheetCell } from '../cell.ts'
import { type CellOutcome, refusal } from './outcome.ts'
import { normaliseText } from './text.ts'

const invalid = refusal('website-invalid')

const scheme = /^https?:\/\//i
const port = /:\d{1,5}$/
/** RFC 1035 §2.3.4: octets of a label. */
const label = /^[\p{L}\p{N}](?:[\p{L}\p{N}\p{M}-]{0,61}[\p{L}\p{N}\p{M}])?$/u
const topLabel = /^(?:\p{L}[\p{L}\p{M}]+|xn--[a-z\d-]+)$/iu

export function normaliseWebsite(cell: SheetCell, lengthMax: number): CellOutcome {
  if (cell.type !== 'string') return invalid
  const outcome = normaliseText(cell.value, lengthMax)
  const text =
    typeof outcome === 'string' ? outcome : outcome && 'value' in outcome && outcome.value
  if (!text) return outcome
  return isWebsite(text) ? outcome : invalid
}

function isWebsite(text: string): boolean {
  if (/\s/.test(text)) return false
  const address = text.replace(scheme, '')
  const end = address.search(/[/?#]/)
  const host = (end < 0 ? address : address.slice(0, end)).replace(port, '').replace(/\.$/, '')
  const labels = host.split('.')
  return (
    labels.length > 1 && labels.every(each => label.test(each)) && topLabel.test(labels.at(-1)!)
  )
}
